#include "fixture.h"

#include "libsync/net/client_connector.h"
#include "libsync/protocol/hocuspocus.h"
#include "libsync/protocol/messages.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::session;
namespace hocuspocus = cowrite::protocol::hocuspocus;

namespace {

/// A socket without a path, which says what a test tells it to.
class Socket {
public:
    explicit Socket(const TestServer &server, const QString &path = {})
        : m_connector(m_clock, m_rng, [](int) { return true; })
    {
        QObject::connect(&m_connector, &net::ClientConnector::received, &m_connector,
                         [this](const QByteArray &frame) { frames.append(frame.toHex(' ')); });
        net::RoomAddress address =
            net::parseRoomAddress(server.address(QStringLiteral("x"))).value();
        address.form = net::RoomAddress::Form::Plain;
        address.room = path;
        m_connector.start(address);
    }

    bool isOpen() const { return m_connector.state() == net::ClientConnector::State::Open; }
    bool isClosed() const { return m_connector.state() == net::ClientConnector::State::Refused; }

    void say(std::string_view document, const hocuspocus::Message &message)
    {
        m_connector.send(hocuspocus::writeFrame(document, message));
    }
    void sayMessage(std::string_view document, const Bytes &message)
    {
        say(document, hocuspocus::Wrapped{message});
    }
    void sayRaw(const QByteArray &hex)
    {
        const QByteArray frame = QByteArray::fromHex(hex);
        m_connector.send(net::viewOf(frame));
    }
    /// Whether such a frame has come.
    bool heard(std::string_view document, const hocuspocus::Message &message) const
    {
        const Bytes frame = hocuspocus::writeFrame(document, message);
        return frames.contains(QByteArray(reinterpret_cast<const char *>(frame.data()),
                                          static_cast<qsizetype>(frame.size()))
                                   .toHex(' '));
    }

    QByteArrayList frames;

private:
    SystemClock m_clock;
    SeededRng m_rng{3};
    net::ClientConnector m_connector;
};

constexpr hocuspocus::Authenticated kLetIn{hocuspocus::Scope::ReadWrite};
const Bytes kUpdate{0x01, 0x01, 0x05, 0x00, 0x04, 0x01, 0x07, 'c', 'o',
                    'n',  't',  'e',  'n',  't',  0x02, 'h',  'i', 0x00};

} // namespace

class HocuspocusServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDocumentIsReachedByItsName()
    {
        TestServer server;
        server.start();
        TestPerson ann(QStringLiteral("Ann"));
        Replica &replica = ann.join(server.address(QStringLiteral("plan")));
        QTRY_COMPARE(replica.link(), LinkState::Online);

        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        socket.sayMessage("plan", protocol::encodeSyncStep1({}));
        socket.say("plan", hocuspocus::Token{});
        QTRY_VERIFY(socket.heard("plan", kLetIn));
        socket.sayMessage("plan", protocol::encodeSyncUpdate(kUpdate));
        QTRY_VERIFY(socket.heard("plan", hocuspocus::SyncStatus{true}));
        QTRY_COMPARE(textOf(replica), QStringLiteral("hi"));
        QCOMPARE(server.rooms().guestCount(), 2);

        // The document is closed, the socket is not.
        socket.say("plan", hocuspocus::Close{});
        QTRY_COMPARE(server.rooms().guestCount(), 1);
        QVERIFY(socket.isOpen());
    }

    void aProviderMayComeToTheAddressOfARoomToo()
    {
        // Many servers have their sockets at some path.
        TestServer server;
        server.start();
        Socket socket(server, QStringLiteral("collaboration"));
        QTRY_VERIFY(socket.isOpen());
        socket.say("plan", hocuspocus::Token{});
        socket.sayMessage("plan", protocol::encodeSyncUpdate(kUpdate));
        QTRY_VERIFY(socket.heard("plan", kLetIn));
        QTRY_VERIFY(socket.heard("plan", hocuspocus::SyncStatus{true}));
        QTRY_COMPARE(server.rooms().guestCount(), 1);
        TestPerson ann(QStringLiteral("Ann"));
        Replica &replica = ann.join(server.address(QStringLiteral("plan")));
        QTRY_COMPARE(textOf(replica), QStringLiteral("hi"));
    }

    void severalDocumentsShareASocketAndEndWithIt()
    {
        TestServer server;
        server.start();
        {
            Socket socket(server);
            QTRY_VERIFY(socket.isOpen());
            for (const char *document : {"a", "b", "c"}) {
                socket.say(document, hocuspocus::Token{});
                QTRY_VERIFY(socket.heard(document, kLetIn));
            }
            QTRY_COMPARE(server.rooms().guestCount(), 3);
        }
        QTRY_COMPARE(server.rooms().guestCount(), 0);
    }

    void onlyAnInvitationLetsIn()
    {
        TestServer server;
        server.requireInvitations();
        server.start();
        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        const hocuspocus::PermissionDenied denied{"permission-denied"};
        socket.say("plan", hocuspocus::Token{});
        QTRY_VERIFY(socket.heard("plan", denied));
        socket.frames.clear();
        socket.say("plan",
                   hocuspocus::Token{tokenFor(server, "elsewhere", protocol::Access::Edit)});
        QTRY_VERIFY(socket.heard("plan", denied));
        QCOMPARE(server.rooms().openRooms(), 0);
        // It may try again, on the same socket.
        socket.say("plan", hocuspocus::Token{tokenFor(server, "plan", protocol::Access::Edit)});
        QTRY_VERIFY(socket.heard("plan", kLetIn));
        socket.sayMessage("plan", protocol::encodeSyncUpdate(kUpdate));
        QTRY_VERIFY(socket.heard("plan", hocuspocus::SyncStatus{true}));
    }

    void whoMayOnlyViewIsToldThatNothingWasStored()
    {
        TestServer server;
        server.requireInvitations();
        server.start();
        Socket writer(server);
        Socket reader(server);
        QTRY_VERIFY(writer.isOpen() && reader.isOpen());
        writer.say("plan", hocuspocus::Token{tokenFor(server, "plan", protocol::Access::Edit)});
        reader.say("plan", hocuspocus::Token{tokenFor(server, "plan", protocol::Access::View)});
        QTRY_VERIFY(writer.heard("plan", kLetIn));
        QTRY_VERIFY(reader.heard("plan", hocuspocus::Authenticated{hocuspocus::Scope::ReadOnly}));
        // Nothing new in the answer to our question is no edit.
        reader.sayMessage("plan", protocol::encodeSyncStep2(Bytes{0, 0}));
        QTRY_VERIFY(reader.heard("plan", hocuspocus::SyncStatus{true}));
        reader.sayMessage("plan", protocol::encodeSyncUpdate(kUpdate));
        QTRY_VERIFY(reader.heard("plan", hocuspocus::SyncStatus{false}));
        writer.sayMessage("plan", protocol::encodeSyncStep1({}));
        const Bytes nothing = protocol::encodeSyncStep2(Bytes{0, 0});
        QTRY_VERIFY(writer.heard("plan", hocuspocus::Wrapped{nothing}));
        // What others write reaches them.
        writer.sayMessage("plan", protocol::encodeSyncUpdate(kUpdate));
        const Bytes update = protocol::encodeSyncUpdate(kUpdate);
        QTRY_VERIFY(reader.heard("plan", hocuspocus::Wrapped{update}));
    }

    void anInvitationThatIsWithdrawnEndsItsDocument()
    {
        TestServer server;
        server.requireInvitations();
        server.start();
        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        socket.say("a", hocuspocus::Token{tokenFor(server, "a", protocol::Access::Edit)});
        socket.say("b", hocuspocus::Token{tokenFor(server, "b", protocol::Access::Edit)});
        QTRY_VERIFY(socket.heard("a", kLetIn) && socket.heard("b", kLetIn));
        QVERIFY(server.invitations().withdraw(m_last).has_value());
        QTRY_COMPARE(server.rooms().guestCount(), 1);
        // The other document goes on.
        QVERIFY(socket.isOpen());
        socket.sayMessage("a", protocol::encodeSyncUpdate(kUpdate));
        QTRY_VERIFY(socket.heard("a", hocuspocus::SyncStatus{true}));
    }

    void wordsOfApplicationsGoToTheOthersInTheDocument()
    {
        TestServer server;
        server.start();
        Socket first(server);
        Socket second(server);
        QTRY_VERIFY(first.isOpen() && second.isOpen());
        for (Socket *socket : {&first, &second}) {
            socket->say("a", hocuspocus::Token{});
            QTRY_VERIFY(socket->heard("a", kLetIn));
        }
        first.say("a", hocuspocus::Stateless{"hi"});
        QTRY_VERIFY(second.heard("a", hocuspocus::Stateless{"hi"}));
        QVERIFY(!first.heard("a", hocuspocus::Stateless{"hi"}));
    }

    void aNameThatIsNoRoomIsDenied()
    {
        TestServer server;
        server.start();
        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        for (const char *name : {"../etc", "a b", "."}) {
            socket.say(name, hocuspocus::Token{});
            QTRY_VERIFY(socket.heard(name, hocuspocus::PermissionDenied{"permission-denied"}));
        }
        QVERIFY(socket.isOpen());
        QCOMPARE(server.rooms().openRooms(), 0);
    }

    void whoeverBreaksTheRulesIsClosedAndTheRoomIsUnchanged()
    {
        TestServer server;
        server.start();
        TestPerson ann(QStringLiteral("Ann"));
        Replica &replica = ann.join(server.address(QStringLiteral("a")));
        QTRY_COMPARE(replica.link(), LinkState::Online);
        type(replica, 0, u"hers");
        QTRY_COMPARE(replica.edits().waiting, quint64(0));
        for (const char *frames : {"0000", "01610200 00", "01610002 03 010101"}) {
            Socket socket(server);
            QTRY_VERIFY(socket.isOpen());
            socket.sayRaw("0161020000");
            socket.sayRaw(frames);
            socket.sayRaw("016100020301010101");
            QTRY_VERIFY(socket.isClosed());
        }
        QTRY_COMPARE(server.rooms().guestCount(), 1);
        QCOMPARE(textOf(replica), QStringLiteral("hers"));
        QCOMPARE(replica.link(), LinkState::Online);
    }

    void everybodyIsSentAwayWhenTheServerStops()
    {
        TestServer server;
        server.start();
        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        socket.say("a", hocuspocus::Token{});
        QTRY_VERIFY(socket.heard("a", kLetIn));
        bool isDone = false;
        server.rooms().dismissEverybody([&] { isDone = true; });
        QTRY_VERIFY(isDone);
        QVERIFY(socket.heard("a", hocuspocus::Close{"going away"}));
        QTRY_VERIFY(!socket.isOpen());
    }

    void aServerMayGoWhileItsSocketsAreOpen()
    {
        TestServer server;
        server.start();
        Socket socket(server);
        QTRY_VERIFY(socket.isOpen());
        socket.say("a", hocuspocus::Token{});
        QTRY_VERIFY(socket.heard("a", kLetIn));
        server.stop();
        QTRY_VERIFY(!socket.isOpen());
    }

private:
    std::string tokenFor(TestServer &server, const char *room, protocol::Access access)
    {
        const auto minted =
            server.invitations().mint({room, access, std::chrono::seconds(0), {}, {}});
        m_last = minted->record.invitation.id;
        return minted->token;
    }

    InvitationId m_last = 0;
};

QTEST_GUILESS_MAIN(HocuspocusServerTest)
#include "hocuspocus_server_test.moc"
