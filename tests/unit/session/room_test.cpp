#include "fixture.h"

#include "libsync/codec/update_codec.h"
#include "libsync/net/client_connector.h"
#include "libsync/protocol/messages.h"
#include "libsync/session/document/chat.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>

#include <array>
#include <memory>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// A connection that says what a test tells it to.
class RawGuest {
public:
    RawGuest(const QString &address, bool isPlain)
        : connector(m_clock, m_rng, [](int code) { return code >= 4400 && code < 4500; })
    {
        QObject::connect(&connector, &net::ClientConnector::received, &connector,
                         [this](const QByteArray &message) { frames.append(message); });
        net::RoomAddress target = net::parseRoomAddress(address).value();
        if (isPlain) {
            // Plain clients know nothing of /r/.
            target.form = net::RoomAddress::Form::Plain;
        }
        connector.start(target);
    }

    bool wasSent(const QByteArray &frame) const { return frames.contains(frame); }

    QList<QByteArray> frames;

private:
    SystemClock m_clock;
    SeededRng m_rng{3};

public:
    net::ClientConnector connector;
};

/// A guest without a socket, who says what a test tells it to and notes what it hears.
class NearGuest : public GuestConnection {
public:
    protocol::Greeting greeting() const override { return protocol::Greeting::WhenAsked; }
    protocol::Acknowledgements acknowledgements() const override
    {
        return protocol::Acknowledgements::Off;
    }
    QString peer() const override { return {}; }
    using GuestConnection::send;
    void send(ByteView message) override
    {
        heard.append(QByteArray(reinterpret_cast<const char *>(message.data()),
                                static_cast<qsizetype>(message.size())));
        if (leavesWhenTold) {
            leave();
        }
    }
    void close(protocol::CloseCode, const QString &) override { leave(); }

    void leave() { Q_EMIT closed(); }
    /// One more letter at the end of what it wrote.
    void write()
    {
        crdt::Text text = *m_doc.text("content");
        QVERIFY(text.insert(text.length(), u"x").has_value());
        const Bytes message = protocol::encodeSyncUpdate(codec::encodeStateAsUpdate(m_doc));
        Q_EMIT received(QByteArray(reinterpret_cast<const char *>(message.data()),
                                   static_cast<qsizetype>(message.size())));
    }

    QList<QByteArray> heard;
    /// As somebody who is cut for not reading.
    bool leavesWhenTold = false;

private:
    SystemRng m_rng;
    crdt::Doc m_doc{m_rng};
};

} // namespace

class RoomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guestsSeeWhatEachOtherWrites();
    void everybodyHearsAllButTheirOwnInOneOrder();
    void guestsHearTheLastOfARoomThatIsClosed();
    void presenceEndsWithItsConnection();
    void twoWhoComeIntoAnEmptyRoomAtOnceShareOneDocument();
    void theServerSpeaksFirst();
    void whoeverBreaksTheRulesIsClosedAndTheRoomIsUnchanged();
    void emptyRoomsArePutAwayAndComeBack();
    void theFirstGuestOfAnEmptyRoomNamesIt();
    void guestsWaitForADocumentThatIsStillLoading();
};

void RoomTest::guestsSeeWhatEachOtherWrites()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(his.link(), LinkState::Online);
    type(hers, 0, u"Hello");
    QTRY_COMPARE(textOf(his), QStringLiteral("Hello"));
    type(his, 5, u" there");
    QTRY_COMPARE(textOf(hers), QStringLiteral("Hello there"));
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    QVERIFY(hers.serverConfirms());
    QTRY_COMPARE(namesIn(hers), (QStringList{QStringLiteral("Ann"), QStringLiteral("Bob")}));
    QTRY_COMPARE(namesIn(his), (QStringList{QStringLiteral("Bob"), QStringLiteral("Ann")}));

    hers.setCursor(2, 4);
    hers.setTyping(protocol::Typing::Chat);
    const auto seen = [&]() -> std::optional<protocol::Presence> {
        const auto people = his.people();
        return people.size() == 2 && people[1].cursor ? std::optional(people[1]) : std::nullopt;
    };
    QTRY_VERIFY(seen().has_value());
    const auto head = crdt::resolve(his.doc(), seen()->cursor->head);
    QVERIFY(head.has_value());
    QCOMPARE(head->index, 4u);
    QVERIFY(seen()->typing == protocol::Typing::Chat);
}

void RoomTest::everybodyHearsAllButTheirOwnInOneOrder()
{
    TestServer server;
    server.start();
    std::array<NearGuest *, 4> guests{};
    for (NearGuest *&guest : guests) {
        auto connection = std::make_unique<NearGuest>();
        guest = connection.get();
        server.rooms().enter(QStringLiteral("x"), std::move(connection));
    }
    const auto [ann, bob, cy, dan] = guests;
    for (int moment = 0; moment < 3; ++moment) {
        for (NearGuest *const guest : guests) {
            guest->heard.clear();
        }
        const Traffic before = server.rooms().figures().traffic;
        for (NearGuest *const guest : {ann, bob, ann, cy}) {
            guest->write();
        }
        const QList<QByteArray> &all = dan->heard;
        QTRY_COMPARE(all.size(), 4);
        QCOMPARE(ann->heard, (QList{all[1], all[3]}));
        QCOMPARE(bob->heard, (QList{all[0], all[2], all[3]}));
        QCOMPARE(cy->heard, (QList{all[0], all[1], all[2]}));
        std::uint64_t bytes = 0;
        for (const NearGuest *const guest : guests) {
            for (const QByteArray &message : guest->heard) {
                bytes += static_cast<std::uint64_t>(message.size());
            }
        }
        const Traffic traffic = server.rooms().figures().traffic;
        QCOMPARE(traffic.messagesSent - before.messagesSent, std::uint64_t{12});
        QCOMPARE(traffic.bytesSent - before.bytesSent, bytes);
    }
}

void RoomTest::guestsHearTheLastOfARoomThatIsClosed()
{
    TestServer server;
    server.start();
    std::array<NearGuest *, 3> guests{};
    for (NearGuest *&guest : guests) {
        auto connection = std::make_unique<NearGuest>();
        guest = connection.get();
        server.rooms().enter(QStringLiteral("x"), std::move(connection));
    }
    const auto [ann, bob, cy] = guests;
    ann->write();
    ann->leave();
    bob->leavesWhenTold = true;
    cy->leavesWhenTold = true;
    QVERIFY(cy->heard.isEmpty());
    // They are deleted when the loop runs again.
    QVERIFY(server.rooms().close());
    QCOMPARE(bob->heard.size(), 1);
    QCOMPARE(cy->heard.size(), 1);
}

void RoomTest::presenceEndsWithItsConnection()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(namesIn(hers).size(), 2);
    his.disconnectLink();
    QTRY_COMPARE(namesIn(hers), QStringList{QStringLiteral("Ann")});
    QTRY_COMPARE(namesIn(his), QStringList{QStringLiteral("Bob")});
    his.connectNow();
    QTRY_COMPARE(namesIn(hers).size(), 2);
    QTRY_COMPARE(namesIn(his).size(), 2);
}

void RoomTest::twoWhoComeIntoAnEmptyRoomAtOnceShareOneDocument()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    // Who of them makes it a document is decided by microseconds.
    for (int i = 0; i < 40; ++i) {
        const QString room = server.address(QStringLiteral("room-%1").arg(i));
        Replica &hers = ann.join(room);
        Replica &his = bob.join(room);
        QTRY_VERIFY(!hers.identityKey().isEmpty() && !his.identityKey().isEmpty());
        type(hers, 0, u"hers ");
        type(his, 0, u"his ");
        QTRY_COMPARE(textOf(hers).size(), 9);
        QTRY_COMPARE(textOf(his), textOf(hers));
        QTRY_COMPARE(his.identityKey(), hers.identityKey());
        QTRY_COMPARE(hers.link(), LinkState::Online);
        QTRY_COMPARE(his.link(), LinkState::Online);
    }
}

void RoomTest::theServerSpeaksFirst()
{
    // yjs-compat.md 7.10 and section 11, case 79: step 1 to every client, whatever it speaks.
    TestServer server;
    server.start();
    for (const bool isPlain : {false, true}) {
        RawGuest guest(server.address(QStringLiteral("empty")), isPlain);
        QTRY_VERIFY(guest.frames.size() >= 2);
        // What it may do, to those who understand it; then the question.
        QCOMPARE(guest.frames.at(0), QByteArray::fromHex("6503"));
        QCOMPARE(guest.frames.at(1), QByteArray::fromHex("00000100"));
        // Step 1 is answered, even if there is nothing to tell.
        QVERIFY(guest.connector.send(net::viewOf(QByteArray::fromHex("00000100"))));
        QTRY_VERIFY(guest.wasSent(QByteArray::fromHex("0001020000")));
    }
}

void RoomTest::whoeverBreaksTheRulesIsClosedAndTheRoomIsUnchanged()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"safe");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    const crdt::StateVector before = hers.doc().stateVector();
    for (const char *frame : {"000203010105", "0002ffffffffff", "00", "01ff"}) {
        RawGuest guest(server.address(QStringLiteral("x")), true);
        QTRY_VERIFY(!guest.frames.isEmpty());
        QVERIFY(guest.connector.send(net::viewOf(QByteArray::fromHex(frame))));
        QTRY_COMPARE(guest.connector.state(), net::ClientConnector::State::Refused);
    }
    QCOMPARE(hers.link(), LinkState::Online);
    QVERIFY(hers.doc().stateVector() == before);
}

void RoomTest::emptyRoomsArePutAwayAndComeBack()
{
    ServerRooms::Options options;
    options.idleDelay = std::chrono::milliseconds(10);
    TestServer server(options);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"kept");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    hers.disconnectLink();
    QTRY_COMPARE(server.rooms().openRooms(), 0);
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his), QStringLiteral("kept"));
}

void RoomTest::theFirstGuestOfAnEmptyRoomNamesIt()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("notes")));
    QCOMPARE(hers.identityKey(), QString());
    QTRY_VERIFY(!hers.identityKey().isEmpty());
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("notes")));
    QTRY_COMPARE(his.identityKey(), hers.identityKey());
    QCOMPARE(his.title(), QStringLiteral("notes"));
    hers.setTitle(QStringLiteral("Minutes"));
    QTRY_COMPARE(his.title(), QStringLiteral("Minutes"));
}

void RoomTest::guestsWaitForADocumentThatIsStillLoading()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    for (std::uint32_t i = 0; i < 3000; ++i) {
        type(hers, i, u"x");
    }
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    hers.disconnectLink();
    server.stop();
    server.start();
    TestPerson bob(QStringLiteral("Bob"));
    TestPerson eve(QStringLiteral("Eve"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    Replica &theirs = eve.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his).size(), 3000);
    QTRY_COMPARE(textOf(theirs).size(), 3000);
}

QTEST_GUILESS_MAIN(RoomTest)
#include "room_test.moc"
