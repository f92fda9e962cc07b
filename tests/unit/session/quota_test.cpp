#include "fixture.h"
#include "libsync/lib0/encoder.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QWebSocket>

using namespace cowrite;
using namespace cowrite::session;

namespace {

QByteArray asQt(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

} // namespace

class QuotaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFullDocumentIsReadAndShortenedAndTakesNoMore();
    void whatDoesNotFillADocumentIsTaken();
    void aRoomHoldsSoManyGuests();
    void onlySoManyRoomsAreMade();
    void whoLooksIntoARoomThatIsNoneLeavesNone();
    void aProviderThatWantsAnotherRoomLeavesNone();

private:
    QUrl url(const TestServer &server, const QString &room)
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/r/%2").arg(server.port()).arg(room));
    }

    ManualClock m_clock;
};

void QuotaTest::aFullDocumentIsReadAndShortenedAndTakesNoMore()
{
    TestServer server;
    server.limitRooms(20'000, 10);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, std::u16string(25'000, u'x'));
    QTRY_COMPARE(hers.edits().waiting, quint64{0});
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his).size(), 25'000);

    type(his, 0, u"more");
    QTRY_COMPARE(his.link(), LinkState::Refused);
    QVERIFY2(his.linkMessage().endsWith(u'.'), qPrintable(his.linkMessage()));
    // Nothing of it is lost here, and nothing of it is there.
    QCOMPARE(textOf(his).left(4), QStringLiteral("more"));
    QVERIFY(his.edits().waiting > 0);
    QCOMPARE(textOf(hers).size(), 25'000);
    QCOMPARE(hers.link(), LinkState::Online);

    QVERIFY(hers.content().remove(0, 24'000).has_value());
    QTRY_COMPARE(hers.edits().waiting, quint64{0});
    QCOMPARE(hers.link(), LinkState::Online);
    // The server finds out within a moment that there is room.
    const bool isBack = QTest::qWaitFor(
        [&] {
            if (his.link() == LinkState::Refused) {
                his.connectNow();
            }
            return his.edits().waiting == 0;
        },
        20'000);
    QVERIFY(isBack);
    QTRY_COMPARE(textOf(hers).left(4), QStringLiteral("more"));
}

void QuotaTest::whatDoesNotFillADocumentIsTaken()
{
    TestServer server;
    server.limitRooms(20'000, 10);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    // Ten times as much goes through as the document holds at any time.
    for (int i = 0; i < 20; ++i) {
        type(hers, 0, std::u16string(10'000, u'x'));
        QTRY_COMPARE(hers.edits().waiting, quint64{0});
        QVERIFY(hers.content().remove(0, 10'000).has_value());
        QTRY_COMPARE(hers.edits().waiting, quint64{0});
    }
    QCOMPARE(hers.link(), LinkState::Online);
}

void QuotaTest::aRoomHoldsSoManyGuests()
{
    TestServer server;
    server.limitRooms(kMaxDocumentBytes, 1);
    server.limitUsers({}, m_clock);
    server.start();
    QWebSocket first;
    first.open(url(server, QStringLiteral("x")));
    QTRY_COMPARE(server.rooms().guestCount(), 1);
    QWebSocket second;
    QSignalSpy closed(&second, &QWebSocket::disconnected);
    second.open(url(server, QStringLiteral("x")));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(static_cast<int>(second.closeCode()), 4429);
    QVERIFY(second.closeReason().endsWith(u'.'));
    QCOMPARE(server.rooms().guestCount(), 1);
}

void QuotaTest::onlySoManyRoomsAreMade()
{
    TestServer server;
    server.start();
    server.rooms().setMostRooms(1);
    TestPerson ann(QStringLiteral("Ann"));
    Replica &first = ann.join(server.address(QStringLiteral("first")));
    QTRY_COMPARE(first.link(), LinkState::Online);
    type(first, 0, u"x");
    QTRY_COMPARE(first.edits().waiting, quint64{0});
    QVERIFY(server.rooms().answerFor(QStringLiteral("first")) == RoomAnswer::Known);
    QVERIFY(server.rooms().answerFor(QStringLiteral("second")) == RoomAnswer::NoMore);
    Replica &second = ann.join(server.address(QStringLiteral("second")));
    QTRY_COMPARE(second.link(), LinkState::Offline);
    QCOMPARE(server.rooms().list().size(), std::size_t{1});
}

void QuotaTest::whoLooksIntoARoomThatIsNoneLeavesNone()
{
    TestServer server;
    server.start();
    {
        QWebSocket onlooker;
        onlooker.open(url(server, QStringLiteral("x")));
        QTRY_COMPARE(server.rooms().guestCount(), 1);
        QCOMPARE(server.rooms().list().size(), std::size_t{1});
    }
    QTRY_VERIFY(server.rooms().list().empty());
}

void QuotaTest::aProviderThatWantsAnotherRoomLeavesNone()
{
    TestServer server;
    server.start();
    QWebSocket provider;
    provider.open(url(server, QStringLiteral("path")));
    QTRY_COMPARE(provider.state(), QAbstractSocket::ConnectedState);
    // Hocuspocus: the name of the document, an authentication, a token.
    lib0::Encoder encoder;
    encoder.writeVarString("wanted");
    encoder.writeVarUint(2);
    encoder.writeVarUint(0);
    encoder.writeVarString("");
    provider.sendBinaryMessage(asQt(std::move(encoder).take()));
    const auto names = [&] {
        QStringList names;
        for (const RoomListing &room : server.rooms().list()) {
            names.append(room.name);
        }
        return names;
    };
    QTRY_COMPARE(names(), QStringList{QStringLiteral("wanted")});
}

QTEST_GUILESS_MAIN(QuotaTest)
#include "quota_test.moc"
