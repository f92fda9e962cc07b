#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/admission/invitations.h"
#include "libsync/session/profile/profile.h"
#include "libsync/session/room/room.h"
#include "libsync/session/server/room_server.h"
#include "libsync/session/server/server_rooms.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace cowrite::session {

/// A dead connection is noticed within a second and a half instead of half a minute.
inline net::ChannelLimits quickChannel()
{
    net::ChannelLimits limits;
    limits.pingInterval = std::chrono::milliseconds(500);
    limits.silenceLimit = std::chrono::milliseconds(1500);
    return limits;
}

/// A server of rooms in this process, in a folder of its own.
class TestServer {
public:
    explicit TestServer(ServerRooms::Options options = {},
                        net::ChannelLimits channel = quickChannel())
        : m_options(std::move(options))
    {
        m_listenerOptions.channel = channel;
    }

    /// From the next start() on nobody comes in without an invitation.
    void requireInvitations() { m_admission = Admission::Invited; }

    /// From the next start() on.
    void limitRooms(std::size_t documentBytes, int guestsPerRoom)
    {
        m_documentBytes = documentBytes;
        m_guestsPerRoom = guestsPerRoom;
    }

    /// From the next start() on, also those who come from this machine, by that clock.
    void limitUsers(const UserLimits &limits, const Clock &clock)
    {
        m_userLimits = limits;
        m_doorClock = &clock;
    }

    /// Listens on that port, or on the one of the last time if there was one.
    void start(quint16 port = 0)
    {
        m_port = port != 0 ? port : m_port;
        m_invitations =
            Invitations::open(m_folder.filePath(QStringLiteral("invitations.json")), m_clock, m_rng)
                .value();
        m_audit = AuditLog::open(auditFile(), m_clock).value();
        auto rooms = ServerRooms::open(m_folder.path().toStdString(), m_clock, m_rng, m_options);
        if (!rooms) {
            qFatal("%s", rooms.error().message.c_str());
        }
        m_rooms = std::move(*rooms);
        m_rooms->setRules(
            {{}, m_invitations.get(), m_audit.get(), m_documentBytes, m_guestsPerRoom});
        m_server = std::make_unique<RoomServer>(
            RoomPolicy{
                [this](const QString &room) { return m_rooms->answerFor(room); },
                [this](const QString &room, std::unique_ptr<GuestConnection> guest) {
                    m_rooms->enter(room, std::move(guest));
                },
                [this] { return m_rooms->figures(); },
                [this](const QString &room, const QByteArray &lastEventId,
                       net::EventStream *stream) { m_rooms->follow(room, lastEventId, stream); },
                [this](const QString &room, const ChatPost &post,
                       std::function<void(Result<QString>)> done) {
                    m_rooms->say(room, post, std::move(done));
                }},
            *m_doorClock, m_listenerOptions);
        if (m_userLimits) {
            m_server->setUserLimits(*m_userLimits);
            m_server->entrance().setLoopback(net::HandshakeLimits::Loopback::Counted);
        }
        m_server->entrance().set(m_admission, m_invitations.get(), m_audit.get());
        const auto listening =
            m_server->listen(QHostAddress(QHostAddress::LocalHost), m_port, Exposure::Encrypted);
        if (!listening) {
            qFatal("%s", listening.error().message.c_str());
        }
        m_port = m_server->port();
    }

    void stop()
    {
        m_server.reset();
        m_rooms.reset();
        m_invitations.reset();
        m_audit.reset();
    }

    RoomServer &server() { return *m_server; }
    ServerRooms &rooms() { return *m_rooms; }
    Invitations &invitations() { return *m_invitations; }
    QString folder() const { return m_folder.path(); }
    QString auditFile() const { return m_folder.filePath(QStringLiteral("audit.log")); }
    quint16 port() const { return m_port; }
    QString address(const QString &room) const
    {
        return QStringLiteral("cowrite://127.0.0.1:%1/r/%2").arg(m_port).arg(room);
    }

private:
    ServerRooms::Options m_options;
    net::ListenerOptions m_listenerOptions;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    const Clock *m_doorClock = &m_clock;
    std::optional<UserLimits> m_userLimits;
    std::size_t m_documentBytes = kMaxDocumentBytes;
    int m_guestsPerRoom = kMaxGuests;
    SystemRng m_rng;
    quint16 m_port = 0;
    Admission m_admission = Admission::Everybody;
    std::unique_ptr<Invitations> m_invitations;
    std::unique_ptr<AuditLog> m_audit;
    std::unique_ptr<ServerRooms> m_rooms;
    std::unique_ptr<RoomServer> m_server;
};

/// Reconnecting without making a test wait.
inline ProfileOptions quickOptions()
{
    ProfileOptions options;
    options.smallestReconnectDelay = std::chrono::milliseconds(5);
    options.largestReconnectDelay = std::chrono::milliseconds(50);
    options.pingInterval = quickChannel().pingInterval;
    options.silenceLimit = quickChannel().silenceLimit;
    return options;
}

/// A person with a profile of their own.
class TestPerson {
public:
    explicit TestPerson(const QString &name, const std::string &vfs = {})
        : TestPerson(name, vfs, quickOptions())
    {}
    TestPerson(const QString &name, const std::string &vfs, ProfileOptions options)
        : m_options(std::move(options))
    {
        m_options.vfs = vfs;
        open();
        Identity identity = m_profile->identity();
        identity.name = name;
        m_profile->setIdentity(identity);
    }

    void open()
    {
        auto profile = Profile::open(m_folder.path(), m_clock, m_rng, m_options);
        if (!profile) {
            qFatal("%s", profile.error().message.c_str());
        }
        m_profile = std::move(*profile);
    }

    void close() { m_profile.reset(); }

    /// As when the program ends and starts again.
    void restart()
    {
        close();
        open();
    }

    Profile &profile() { return *m_profile; }
    QString folder() const { return m_folder.path(); }

    Replica &join(const QString &address)
    {
        const auto joined = m_profile->join(address);
        if (!joined) {
            qFatal("%s", joined.error().message.c_str());
        }
        return **joined;
    }

    /// Opens a file and waits for that.
    Result<Replica *> import(const QString &path)
    {
        std::optional<Result<Replica *>> imported;
        m_profile->importFile(path, [&](Result<Replica *> done) { imported = std::move(done); });
        if (!QTest::qWaitFor([&] { return imported.has_value(); }, 20'000)) {
            qFatal("%s was not opened", qPrintable(path));
        }
        return *imported;
    }

    Replica &create(const QString &title, const std::u16string &text = {})
    {
        const auto created = m_profile->createDocument(title, DocumentKind::Text, text);
        if (!created) {
            qFatal("%s", created.error().message.c_str());
        }
        return **created;
    }

private:
    ProfileOptions m_options;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRng m_rng;
    std::unique_ptr<Profile> m_profile;
};

inline QString textOf(Replica &replica)
{
    return QString::fromStdU16String(replica.content().toString());
}

inline void type(Replica &replica, std::uint32_t at, const std::u16string &text)
{
    QVERIFY(replica.content().insert(at, text).has_value());
}

inline QStringList namesIn(const Replica &replica)
{
    QStringList names;
    for (const protocol::Presence &presence : replica.people()) {
        names.append(QString::fromStdString(presence.name));
    }
    return names;
}

} // namespace cowrite::session
