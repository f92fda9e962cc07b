#include "fixture.h"
#include "libsync/session/document/chat.h"
#include "tests/support/http_request.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;
using protocol::Access;

namespace {

QString kRoom()
{
    return QStringLiteral("plans");
}

/// The events of an audit log, in order.
QStringList eventsIn(const QString &name)
{
    QFile file(name);
    QStringList events;
    if (file.open(QFile::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty()) {
                events.append(QJsonDocument::fromJson(line).object()[u"event"].toString());
            }
        }
    }
    return events;
}

} // namespace

class EntranceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>();
        m_server->requireInvitations();
        m_server->start();
    }

    void cleanup() { m_server.reset(); }

    void nobodyComesInWithoutAnInvitation();
    void badTokensAreSlowedDownAndGoodOnesAreNot();
    void aTokenInAQueryIsRefusedWithAnExplanation_data();
    void aTokenInAQueryIsRefusedWithAnExplanation();
    void aPageGetsItsSessionByItsToken();
    void whoMayOnlyViewReadsAndWritesNothing();
    void whatSomebodyMayDoIsKnownBeforeTheServerIs();
    void anInvitationThatEndsClosesItsGuests();
    void aWithdrawnInvitationClosesItsGuestsAtOnce();
    void aStreamOfEventsEndsWithItsInvitation();
    void aRightIsGivenAndTakenInMidSession();
    void aPersonWhoIsRemovedStaysOut();
    void theTokenIsNowhereOnTheServersDisk();

private:
    QString link(Access access, std::optional<std::chrono::seconds> life = 1h)
    {
        const auto minted =
            m_server->invitations().mint({kRoom().toStdString(), access, 0s, life, {}});
        m_last = minted->record.invitation.id;
        m_token = QByteArray::fromStdString(minted->token);
        return m_server->address(kRoom()) + QStringLiteral("#.") + QString::fromLatin1(m_token);
    }

    QByteArray knock(const QByteArray &token, const QByteArray &path = "/r/plans")
    {
        return answerTo(getRequest(path, m_server->port(),
                                   "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                   "Sec-WebSocket-Protocol: cowrite.v1" +
                                       (token.isEmpty() ? "" : ", cowrite.token." + token) +
                                       "\r\n"),
                        m_server->port());
    }

    std::unique_ptr<TestServer> m_server;
    InvitationId m_last = 0;
    QByteArray m_token;
};

void EntranceTest::nobodyComesInWithoutAnInvitation()
{
    const QByteArray answer = knock({});
    QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
    QVERIFY(answer.contains("needs an invitation"));
    TestPerson ann(QStringLiteral("Ann"));
    Replica &replica = ann.join(m_server->address(kRoom()));
    QTRY_COMPARE(replica.link(), LinkState::Refused);
    QCOMPARE(m_server->rooms().openRooms(), 0);
    QCOMPARE(eventsIn(m_server->auditFile()).value(0), QStringLiteral("turned-away"));
    // With one it is the same document.
    ann.join(link(Access::Edit));
    QTRY_COMPARE(replica.link(), LinkState::Online);
    QVERIFY(!replica.isReadOnly());
}

void EntranceTest::badTokensAreSlowedDownAndGoodOnesAreNot()
{
    for (int i = 0; i < 5; ++i) {
        const QByteArray answer = knock("AQID");
        QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
    }
    const QByteArray answer = knock("AQID");
    QVERIFY2(answer.startsWith("HTTP/1.1 429 "), answer.constData());
    QVERIFY2(answer.contains("Retry-After: "), answer.constData());
    QCOMPARE(eventsIn(m_server->auditFile()).count(QStringLiteral("turned-away")), 5);
    TestPerson ann(QStringLiteral("Ann"));
    Replica &replica = ann.join(link(Access::Edit));
    QTRY_COMPARE(replica.link(), LinkState::Online);
}

void EntranceTest::aTokenInAQueryIsRefusedWithAnExplanation_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("as y-websocket has it") << QByteArray("token=x");
    QTest::newRow("encoded") << QByteArray("a=b&t%6fken=x");
    QTest::newRow("under another name") << QByteArray("key=TOKEN");
    QTest::newRow("alone") << QByteArray("TOKEN");
}

void EntranceTest::aTokenInAQueryIsRefusedWithAnExplanation()
{
    QFETCH(QByteArray, query);
    (void)link(Access::Edit);
    const QByteArray answer = knock(m_token, "/r/plans?" + query.replace("TOKEN", m_token));
    QVERIFY2(answer.startsWith("HTTP/1.1 400 "), answer.constData());
    QVERIFY(answer.contains("cowrite.token."));
    QVERIFY(!answer.contains(m_token));
}

void EntranceTest::aPageGetsItsSessionByItsToken()
{
    const auto session = [&](const QByteArray &body) {
        return answerTo(postRequest("/r/plans/session", m_server->port(), body), m_server->port());
    };
    (void)link(Access::View);
    QByteArray answer = session('.' + m_token);
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    QVERIFY(answer.contains("{\"role\":\"view\"}"));
    QVERIFY(m_server->invitations().withdraw(m_last).has_value());
    answer = session('.' + m_token);
    QVERIFY2(answer.contains("{\"reason\":\"revoked\"}"), answer.constData());
    QVERIFY(session(".AQID").contains("{\"reason\":\"invalid\"}"));
}

void EntranceTest::whoMayOnlyViewReadsAndWritesNothing()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(link(Access::Edit));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"hers");
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(link(Access::View));
    QTRY_COMPARE(textOf(his), QStringLiteral("hers"));
    QVERIFY(his.isReadOnly());
    QVERIFY(his.access() == Access::View);
    QTRY_VERIFY(namesIn(hers).contains(QStringLiteral("Bob")));
    // What a program of his own would send, the server does not take.
    type(his, 0, u"his");
    (void)his.chat().send(his.self(), QStringLiteral("hello"));
    type(hers, 4, u"!");
    QTRY_COMPARE(textOf(his), QStringLiteral("hishers!"));
    QCOMPARE(textOf(hers), QStringLiteral("hers!"));
    QVERIFY(hers.chat().messages().empty());
    QVERIFY(his.edits().waiting > 0);
}

void EntranceTest::whatSomebodyMayDoIsKnownBeforeTheServerIs()
{
    TestPerson bob(QStringLiteral("Bob"));
    {
        Replica &his = bob.join(link(Access::View));
        QTRY_VERIFY(his.isReadOnly());
        QTRY_COMPARE(his.link(), LinkState::Online);
    }
    QSignalSpy flushed(&bob.profile(), &Profile::flushed);
    bob.profile().closeAll();
    QTRY_COMPARE(flushed.size(), 1);
    bob.restart();
    m_server->stop();
    Replica &again = bob.join(m_server->address(kRoom()));
    QTRY_VERIFY(again.isLoaded());
    QVERIFY(again.isReadOnly());
}

void EntranceTest::anInvitationThatEndsClosesItsGuests()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(link(Access::Edit, 2s));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE_WITH_TIMEOUT(hers.link(), LinkState::Refused, 7'000);
    QCOMPARE(hers.linkMessage(), sentenceFor(InvitationProblem::Expired));
    QVERIFY(eventsIn(m_server->auditFile()).contains(QStringLiteral("closed")));
}

void EntranceTest::aWithdrawnInvitationClosesItsGuestsAtOnce()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(link(Access::Edit));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_server->invitations().withdraw(m_last).has_value());
    type(hers, 0, u"too late");
    QTRY_COMPARE(hers.link(), LinkState::Refused);
    QVERIFY(timer.elapsed() < 1'000);
    QCOMPARE(hers.linkMessage(), sentenceFor(InvitationProblem::Withdrawn));

    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(link(Access::Edit));
    QTRY_COMPARE(his.link(), LinkState::Online);
    QCOMPARE(textOf(his), QString());
    // She comes back with another invitation, and nothing of hers is lost.
    ann.join(link(Access::Edit));
    QTRY_COMPARE(textOf(his), QStringLiteral("too late"));
}

void EntranceTest::aStreamOfEventsEndsWithItsInvitation()
{
    const QByteArray path = "/rooms/plans/events";
    QVERIFY(
        answerTo(getRequest(path, m_server->port()), m_server->port()).startsWith("HTTP/1.1 401 "));
    (void)link(Access::View);
    const QByteArray bearer = "Authorization: Bearer " + m_token + "\r\n";
    QTcpSocket reader;
    QSignalSpy gone(&reader, &QTcpSocket::disconnected);
    reader.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->port());
    reader.write(getRequest(path, m_server->port(), bearer));
    QTRY_VERIFY(reader.bytesAvailable() > 0);
    QVERIFY2(reader.peek(13) == "HTTP/1.1 200 ", reader.peek(200).constData());
    QVERIFY(answerTo(postRequest("/rooms/plans/chat", m_server->port(),
                                 R"({"name":"Ann","text":"hello"})", bearer),
                     m_server->port())
                .startsWith("HTTP/1.1 403 "));
    QVERIFY(m_server->invitations().withdraw(m_last).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 5'000);
}

void EntranceTest::aRightIsGivenAndTakenInMidSession()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(link(Access::Edit));
    Replica &his = bob.join(link(Access::View));
    const InvitationId bobs = m_last;
    QTRY_VERIFY(his.isReadOnly());
    QVERIFY(m_server->invitations().setAccess(bobs, Access::Edit).has_value());
    QTRY_VERIFY(!his.isReadOnly());
    QTRY_COMPARE(his.link(), LinkState::Online);
    type(his, 0, u"mine");
    QTRY_COMPARE(textOf(hers), QStringLiteral("mine"));
    QTRY_COMPARE(his.edits().waiting, quint64(0));

    QVERIFY(m_server->invitations().setAccess(bobs, Access::View).has_value());
    QTRY_VERIFY(his.isReadOnly());
    QCOMPARE(his.link(), LinkState::Online);
    type(his, 0, u"not ");
    type(hers, 4, u"!");
    QTRY_COMPARE(textOf(his), QStringLiteral("not mine!"));
    QCOMPARE(textOf(hers), QStringLiteral("mine!"));
}

void EntranceTest::aPersonWhoIsRemovedStaysOut()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString shared = link(Access::Edit);
    Replica &hers = ann.join(shared);
    Replica &his = bob.join(shared);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    Room *const room = m_server->rooms().room(kRoom());
    QVERIFY(room);
    quint64 bobs = 0;
    QTRY_VERIFY([&] {
        for (const Room::GuestInfo &guest : room->guests()) {
            bobs = guest.name == "Bob" ? guest.id : bobs;
        }
        return bobs != 0;
    }());
    QVERIFY(room->remove(bobs));
    QVERIFY(!room->remove(99));
    QTRY_COMPARE(his.link(), LinkState::Refused);
    QCOMPARE(his.linkMessage(), QStringLiteral("You were removed from this session."));
    his.connectNow();
    QTRY_VERIFY(his.link() != LinkState::Refused);
    QTRY_COMPARE(his.link(), LinkState::Refused);
    QCOMPARE(hers.link(), LinkState::Online);
    QVERIFY(eventsIn(m_server->auditFile()).contains(QStringLiteral("removed")));
}

void EntranceTest::theTokenIsNowhereOnTheServersDisk()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(link(Access::Edit));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"text");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    (void)knock(m_token, "/r/plans?token=" + m_token);
    (void)knock(m_token + "x");
    m_server->stop();
    int files = 0;
    for (const QFileInfo &entry : QDir(m_server->folder()).entryInfoList(QDir::Files)) {
        QFile file(entry.filePath());
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY2(!file.readAll().contains(m_token), qPrintable(entry.fileName()));
        ++files;
    }
    QVERIFY(files >= 3);
}

QTEST_GUILESS_MAIN(EntranceTest)
#include "entrance_test.moc"
