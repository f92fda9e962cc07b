#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/net/handshake_limit.h"
#include "libsync/net/listener.h"
#include "libsync/session/admission/entrance.h"
#include "libsync/session/admission/exposure.h"
#include "libsync/session/admission/users.h"
#include "libsync/session/admission/web_entrance.h"
#include "libsync/session/room/guest_connection.h"
#include "libsync/session/room/hocuspocus_server.h"
#include "libsync/session/room/room_entrance.h"
#include "libsync/session/room/stream_watch.h"
#include "libsync/session/server/loop_lag.h"
#include "libsync/session/server/room_answer.h"
#include "libsync/session/server/status_entrance.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace cowrite::session {

/// What a server does with the rooms people ask for.
struct RoomPolicy {
    /// Before any upgrade, of whoever was let in; the name is well-formed.
    std::function<RoomAnswer(const QString &room)> answerFor;
    /// Somebody came in, whose visitor() is set; takes the connection over.
    std::function<void(const QString &room, std::unique_ptr<GuestConnection> guest)> enter;
    /// How the rooms are doing.
    std::function<Figures()> figures;
    /// What RoomEntrance does with a room; null where that is not offered.
    std::function<void(const QString &room, const QByteArray &lastEventId,
                       net::EventStream *stream)>
        follow = nullptr;
    std::function<void(const QString &room, const ChatPost &post,
                       std::function<void(Result<QString>)> done)>
        say = nullptr;
    RoomEntrance::Rooms::Knock knock = nullptr;
};

/// The port of a server of rooms: `/r/<room>`, `/<room>` for clients that know no better, `/` for
/// providers of Hocuspocus, which name their rooms later (and are known by their first message
/// elsewhere), the page for browsers, `/rooms/` for
/// programs that are no editors, `/healthz`, and how it is doing for who runs it. The same in
/// `cowrited` and in the app.
class RoomServer : public QObject {
    Q_OBJECT

public:
    /// `clock` outlives the server.
    RoomServer(RoomPolicy policy, const Clock &clock, net::ListenerOptions options = {},
               QObject *parent = nullptr);

    /// What who comes from now on is encrypted with. Errors as net::Listener::setCertificate().
    Result<void> setCertificate(const net::Certificate &certificate)
    {
        return m_listener.setCertificate(certificate);
    }
    [[nodiscard]] bool isEncrypting() const { return m_listener.isEncrypting(); }

    /// Port 0 picks one. Errors, each a sentence: Denied for an address beyond loopback without a
    /// certificate, unless it is for OpenNetwork; those of net::Listener::listen().
    Result<void> listen(const QHostAddress &address, quint16 port, Exposure exposure);
    void close();
    /// What this server is called, and whose pages may connect, beyond what goes without saying.
    void setTrustedNames(net::TrustedNames names) { m_listener.setTrustedNames(std::move(names)); }
    /// How often one address may come, for those who come from now on.
    void setHandshakeLimits(net::HandshakeLimits limits) { m_handshakes.setLimits(limits); }
    /// Who is believed when they say for whom they ask; see net::senderOf().
    void setTrustedProxies(QList<net::Network> proxies)
    {
        m_listener.setTrustedProxies(std::move(proxies));
    }
    /// What each user may take of the server.
    void setUserLimits(const UserLimits &limits) { m_users.setLimits(limits); }
    /// How many rooms one address may make in a minute.
    void setNewRoomLimits(net::HandshakeLimits limits) { m_newRooms.setLimits(limits); }
    /// How the rooms and the port are doing.
    [[nodiscard]] Figures figures() const;
    /// Who is let in.
    [[nodiscard]] Entrance &entrance() { return m_entrance; }
    [[nodiscard]] bool isListening() const { return m_listener.isListening(); }
    [[nodiscard]] quint16 port() const { return m_listener.port(); }
    [[nodiscard]] QHostAddress address() const { return m_listener.address(); }

private:
    [[nodiscard]] tl::expected<WebAccess, WebRefusal>
    accessTo(const QString &room, const QByteArray &token, const QHostAddress &peer);
    [[nodiscard]] RoomEntrance::Rooms::Follow follower();
    [[nodiscard]] bool isAdministrator(const net::Request &request);
    /// Why this visitor does not come into the room; nothing if they do.
    [[nodiscard]] std::optional<net::HttpReply> refusal(const QString &room,
                                                        const Visitor &visitor);
    [[nodiscard]] net::Verdict admit(const net::Request &request);
    [[nodiscard]] net::Verdict route(const net::Request &request);
    /// Goes on with `enter`, if this visitor may have one more connection.
    [[nodiscard]] net::Verdict upgrade(const Visitor &visitor,
                                       std::function<void(net::WebSocketChannel *)> enter);

    RoomPolicy m_policy;
    Entrance m_entrance;
    Users m_users;
    StreamWatch m_streams;
    WebEntrance m_web;
    HocuspocusServer m_hocuspocus;
    RoomEntrance m_rooms;
    StatusEntrance m_status;
    LoopLag m_lag;
    net::HandshakeLimit m_handshakes;
    net::HandshakeLimit m_newRooms;
    net::Listener m_listener;
};

} // namespace cowrite::session
