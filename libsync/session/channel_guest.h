#pragma once

#include "libsync/net/web_socket_channel.h"
#include "libsync/session/guest_connection.h"

namespace cowrite::session {

/// A guest with a socket of its own that speaks as y-websocket does: Cowrite, and plain Yjs
/// clients.
class ChannelGuest : public GuestConnection {
    Q_OBJECT

public:
    /// Takes over `channel`.
    explicit ChannelGuest(net::WebSocketChannel *channel);

    [[nodiscard]] protocol::Greeting greeting() const override
    {
        return protocol::Greeting::AtOnce;
    }
    [[nodiscard]] protocol::Acknowledgements acknowledgements() const override;
    [[nodiscard]] QString peer() const override { return m_channel->peer(); }
    void send(ByteView message) override { m_channel->send(message); }
    void close(protocol::CloseCode code, const QString &reason) override;

private:
    net::WebSocketChannel *m_channel;
};

} // namespace cowrite::session
