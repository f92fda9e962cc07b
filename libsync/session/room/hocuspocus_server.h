#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/web_socket_channel.h"
#include "libsync/protocol/hocuspocus.h"
#include "libsync/session/room/channel_guest.h"
#include "libsync/session/room/guest_connection.h"

#include <QHostAddress>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cowrite::session {

/// What a server lets providers of Hocuspocus do.
struct HocuspocusPolicy {
    /// Whom `token` (empty for none), shown by somebody at `peer`, lets into `room`; nothing for
    /// nobody. The name of the room is well-formed.
    std::function<std::optional<Visitor>(const QString &room, const std::string &token,
                                         const QHostAddress &peer)>
        admits;
    /// Somebody came in; takes the connection over.
    std::function<void(const QString &room, std::unique_ptr<GuestConnection> guest)> enter;
};

/// The sockets of a server that speak Hocuspocus: each brings its documents into their rooms, as so
/// many guests. Rooms and their sync machines do not know of the dialect.
class HocuspocusServer : public QObject {
    Q_OBJECT

public:
    /// `clock` outlives the server.
    HocuspocusServer(HocuspocusPolicy policy, const Clock &clock, QObject *parent = nullptr);
    /// Closes the sockets; they say goodbye on their own time.
    ~HocuspocusServer() override;

    /// Takes over an open socket. `frame` has come over it already, if it is not empty.
    void accept(net::WebSocketChannel *channel, const QByteArray &frame = {});
    /// The same for those who come to the address of a room; outlives the server.
    [[nodiscard]] ChannelGuest::OnHocuspocus entrance();
    [[nodiscard]] int socketCount() const { return static_cast<int>(m_sockets.size()); }

private:
    class Guest;
    class Socket;

    void relay(const Socket &from, const std::string &address, const std::string &payload);
    void onGone(Socket &socket);

    HocuspocusPolicy m_policy;
    const Clock &m_clock;
    std::vector<std::unique_ptr<Socket, QScopedPointerDeleteLater>> m_sockets;
    QTimer m_ticker;
};

} // namespace cowrite::session
