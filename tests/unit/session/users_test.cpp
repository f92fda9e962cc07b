#include "fixture.h"
#include "tests/support/http_request.h"
#include "tests/support/manual_clock.h"

#include <QFile>
#include <QSignalSpy>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

UserLimits limitsWith(const net::MessageLimits &messages)
{
    UserLimits limits;
    limits.messages = messages;
    return limits;
}

/// As text is typed, one message for each character.
void typeSlowly(Replica &replica, int count)
{
    for (int i = 0; i < count; ++i) {
        type(replica, static_cast<std::uint32_t>(textOf(replica).size()), u"x");
    }
}

} // namespace

class UsersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatGoesBeyondTheWindowWaitsAndComesInOrder();
    void whoWaitsIsStillHeardOfTheEnd();
    void aFloodIsClosedWithTooManyAndNobodyElseIs();
    void programsOfThisMachineAreNotHeldToIt();
    void newLimitsCountForThoseWhoAreHere();
    void whatWasWrittenOfflineIsFree();
    void oneUserHasSoManyConnections();
    void aSeatIsFreeWhenItsConnectionIsGone();
    void eachInvitationAndEachAddressIsAUser();
    void guestsOfATrustedProxyAreCountedByThemselves();

private:
    /// Lets time pass for the limits until something is so.
    bool passesUntil(const std::function<bool()> &isSo)
    {
        for (int i = 0; i < 200; ++i) {
            m_clock.advance(250ms);
            if (QTest::qWaitFor(isSo, 50)) {
                return true;
            }
        }
        return false;
    }

    ManualClock m_clock;
};

void UsersTest::whatGoesBeyondTheWindowWaitsAndComesInOrder()
{
    TestServer server;
    // Until the clock goes on, the window does not.
    server.limitUsers(limitsWith({200ms, 30, 1'000'000, 10min}), m_clock);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    const QString text = QStringLiteral("0123456789").repeated(10);
    for (const QChar character : text) {
        type(hers, static_cast<std::uint32_t>(textOf(hers).size()),
             std::u16string(1, static_cast<char16_t>(character.unicode())));
    }
    // The end of what is let through has come, and nothing after it.
    Room *const room = server.rooms().room(QStringLiteral("x"));
    QTRY_COMPARE(room->traffic().messagesReceived, std::uint64_t{30});
    QVERIFY(hers.edits().waiting > 0);
    m_clock.advance(250ms);
    QTRY_COMPARE(room->traffic().messagesReceived, std::uint64_t{60});
    QVERIFY(hers.edits().waiting > 0);
    QVERIFY(passesUntil([&] { return hers.edits().waiting == 0; }));
    QCOMPARE(hers.link(), LinkState::Online);
    QCOMPARE(textOf(hers), text);
    // Who comes anew reads what has come.
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QVERIFY(passesUntil([&] { return textOf(his) == text; }));
}

void UsersTest::whoWaitsIsStillHeardOfTheEnd()
{
    TestServer server;
    server.limitUsers(limitsWith({200ms, 10, 1'000'000, 10min}), m_clock);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    typeSlowly(hers, 40);
    Room *const room = server.rooms().room(QStringLiteral("x"));
    QTRY_COMPARE(room->traffic().messagesReceived, std::uint64_t{10});
    QCOMPARE(room->guestCount(), 1);
    ann.close();
    QVERIFY(passesUntil([&] { return room->guestCount() == 0; }));
}

void UsersTest::aFloodIsClosedWithTooManyAndNobodyElseIs()
{
    TestServer server;
    server.limitUsers(limitsWith({10s, 50, 1'000'000, 10s}), m_clock);
    server.start();
    QWebSocket flooder;
    QSignalSpy connected(&flooder, &QWebSocket::connected);
    QSignalSpy closed(&flooder, &QWebSocket::disconnected);
    const QUrl url(QStringLiteral("ws://127.0.0.1:%1/r/x").arg(server.port()));
    flooder.open(url);
    QVERIFY(connected.wait());
    // Empty updates, which are no offence.
    const QByteArray nothing = QByteArray::fromHex("0002020000");
    for (int i = 0; i < 5'000; ++i) {
        flooder.sendBinaryMessage(nothing);
    }
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(static_cast<int>(flooder.closeCode()), 4429);
    QVERIFY(flooder.closeReason().endsWith(u'.'));
    QFile audit(server.auditFile());
    QVERIFY(audit.open(QFile::ReadOnly));
    QVERIFY(audit.readAll().contains("\"flooded\""));
    QVERIFY(server.rooms().room(QStringLiteral("x"))->traffic().messagesReceived <= 50);
}

void UsersTest::programsOfThisMachineAreNotHeldToIt()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    typeSlowly(hers, 5'000);
    QTRY_COMPARE(hers.edits().waiting, quint64{0});
}

void UsersTest::newLimitsCountForThoseWhoAreHere()
{
    TestServer server;
    server.limitUsers(limitsWith({10s, 10'000, 1'000'000, 10min}), m_clock);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    Room *const room = server.rooms().room(QStringLiteral("x"));
    const std::uint64_t before = room->traffic().messagesReceived;
    server.server().setUserLimits(limitsWith({10s, 5, 1'000'000, 10min}));
    typeSlowly(hers, 20);
    QTRY_COMPARE(room->traffic().messagesReceived, before + 5);
    server.server().setUserLimits(limitsWith({100ms, 500, 1'000'000, 10min}));
    m_clock.advance(10s);
    typeSlowly(hers, 1);
    QVERIFY(hers.edits().waiting > 0);
}

void UsersTest::whatWasWrittenOfflineIsFree()
{
    TestServer server;
    server.limitUsers(limitsWith({10s, 100, 100'000, 10min}), m_clock);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    hers.disconnectLink();
    type(hers, 0, std::u16string(500'000, u'x'));
    hers.connectNow();
    QTRY_COMPARE(hers.edits().waiting, quint64{0});
    type(hers, 0, u"and on it goes");
    QTRY_COMPARE(hers.edits().waiting, quint64{0});
}

void UsersTest::oneUserHasSoManyConnections()
{
    TestServer server;
    UserLimits limits;
    limits.connectionsPerUser = 2;
    server.limitUsers(limits, m_clock);
    server.start();
    std::vector<std::unique_ptr<QWebSocket>> sockets;
    const auto join = [&] {
        auto &socket = *sockets.emplace_back(std::make_unique<QWebSocket>());
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/r/x").arg(server.port())));
        const auto isOver = [&] { return socket.error() != QAbstractSocket::UnknownSocketError; };
        return QTest::qWaitFor([&] { return connected.size() == 1 || isOver(); }) && !isOver();
    };
    QVERIFY(join());
    QVERIFY(join());
    QVERIFY(!join());
    const QByteArray answer =
        answerTo(getRequest("/r/y", server.port(),
                            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
                 server.port());
    QCOMPARE(answer.left(12), QByteArray("HTTP/1.1 429"));
    QVERIFY(answer.contains("Retry-After: "));
    QVERIFY(answer.trimmed().endsWith('.'));

    sockets.front()->close();
    QTRY_COMPARE(server.rooms().guestCount(), 1);
    QVERIFY(QTest::qWaitFor(join));
}

void UsersTest::aSeatIsFreeWhenItsConnectionIsGone()
{
    Users users(m_clock);
    UserLimits limits;
    limits.connections = 1;
    users.setLimits(limits);
    const Visitor visitor{protocol::Access::Edit, {}, QStringLiteral("192.0.2.1")};
    auto seat = users.seat(visitor);
    QVERIFY(users.crowding(visitor) == Crowd::Everybody);
    seat.reset();
    QVERIFY(!users.crowding(visitor));
}

void UsersTest::eachInvitationAndEachAddressIsAUser()
{
    Users users(m_clock);
    UserLimits limits;
    limits.messages.messages = 1;
    limits.connectionsPerUser = 1;
    limits.connectionsPerAddress = 3;
    users.setLimits(limits);
    const auto visitor = [](const char *address, InvitationId invitation) {
        Visitor visitor{protocol::Access::Edit, {}, QLatin1String(address)};
        visitor.pass = Pass{1, invitation, protocol::Access::Edit, {}};
        return visitor;
    };
    const auto first = users.seat(visitor("2001:db8::1", 1));
    QVERIFY(users.crowding(visitor("2001:db8::2", 1)) == Crowd::User);
    QVERIFY(!users.crowding(visitor("2001:db8::2", 2)));
    QVERIFY(!users.crowding(visitor("2001:db8:0:1::1", 1)));
    const auto second = users.seat(visitor("2001:db8::2", 2));
    const auto third = users.seat(visitor("2001:db8::3", 3));
    QVERIFY(users.crowding(visitor("2001:db8::3", 4)) == Crowd::Address);
    QVERIFY(!first->take(1) && first->take(1));
    QVERIFY(!second->take(1));
}

void UsersTest::guestsOfATrustedProxyAreCountedByThemselves()
{
    TestServer server;
    UserLimits limits;
    limits.connectionsPerUser = 1;
    server.limitUsers(limits, m_clock);
    server.requireInvitations();
    server.start();
    server.server().setTrustedProxies({*net::networkFrom(QStringLiteral("127.0.0.1"))});
    const auto knock = [&](const QByteArray &from) {
        return answerTo(getRequest("/r/x", server.port(),
                                   "Sec-WebSocket-Protocol: cowrite.token.AAAA\r\n"
                                   "X-Forwarded-For: " +
                                       from + "\r\n"),
                        server.port())
            .mid(9, 3);
    };
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(knock("192.0.2.1"), QByteArray("401"));
    }
    QCOMPARE(knock("192.0.2.1"), QByteArray("429"));
    QCOMPARE(knock("192.0.2.2"), QByteArray("401"));
    QFile audit(server.auditFile());
    QVERIFY(audit.open(QFile::ReadOnly));
    QVERIFY(audit.readAll().contains("\"192.0.2.2\""));
}

QTEST_GUILESS_MAIN(UsersTest)
#include "users_test.moc"
