#include "libsync/session/channel_guest.h"

#include "libsync/net/subprotocol.h"

namespace cowrite::session {

ChannelGuest::ChannelGuest(net::WebSocketChannel *channel) : m_channel(channel)
{
    // Its parent may have been the listener, which guests outlive.
    m_channel->setParent(this);
    connect(m_channel, &net::WebSocketChannel::received, this, &GuestConnection::received);
    connect(m_channel, &net::WebSocketChannel::closed, this, &GuestConnection::closed);
}

protocol::Acknowledgements ChannelGuest::acknowledgements() const
{
    return m_channel->subprotocol() == QLatin1String(net::kCowriteProtocol)
               ? protocol::Acknowledgements::Negotiated
               : protocol::Acknowledgements::Off;
}

void ChannelGuest::close(protocol::CloseCode code, const QString &reason)
{
    m_channel->close(static_cast<int>(code), reason);
}

} // namespace cowrite::session
