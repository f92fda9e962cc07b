#pragma once

#include "libsync/net/web_socket_channel.h"
#include "libsync/session/room/guest_connection.h"

#include <functional>

namespace cowrite::session {

/// A guest with a socket of its own that speaks as y-websocket does: Cowrite, and plain Yjs
/// clients.
class ChannelGuest : public GuestConnection {
    Q_OBJECT

public:
    /// Somebody came to the address of a room and speaks Hocuspocus: takes the channel over, of
    /// which `frame` is the first message. This guest has closed then.
    using OnHocuspocus =
        std::function<void(net::WebSocketChannel *channel, const QByteArray &frame)>;

    /// Takes over `channel`.
    ChannelGuest(net::WebSocketChannel *channel, OnHocuspocus onHocuspocus);

    [[nodiscard]] protocol::Greeting greeting() const override
    {
        return protocol::Greeting::AtOnce;
    }
    [[nodiscard]] protocol::Acknowledgements acknowledgements() const override;
    [[nodiscard]] QString peer() const override;
    void send(ByteView message) override;
    void send(const net::FrameBatch &batch, std::size_t first, std::size_t last) override;
    void close(protocol::CloseCode code, const QString &reason) override;

private:
    void onReceived(const QByteArray &message);

    /// Null once it was handed over.
    net::WebSocketChannel *m_channel;
    /// Null once the first message has come.
    OnHocuspocus m_onHocuspocus;
};

} // namespace cowrite::session
