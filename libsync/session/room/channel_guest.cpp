#include "libsync/session/room/channel_guest.h"

#include "libsync/net/subprotocol.h"
#include "libsync/protocol/hocuspocus.h"

#include <utility>

namespace cowrite::session {

ChannelGuest::ChannelGuest(net::WebSocketChannel *channel, OnHocuspocus onHocuspocus)
    : m_channel(channel), m_onHocuspocus(std::move(onHocuspocus))
{
    // Its parent may have been the listener, which guests outlive.
    m_channel->setParent(this);
    connect(m_channel, &net::WebSocketChannel::received, this, &ChannelGuest::onReceived);
    connect(m_channel, &net::WebSocketChannel::closed, this, &GuestConnection::closed);
}

protocol::Acknowledgements ChannelGuest::acknowledgements() const
{
    return m_channel && m_channel->subprotocol() == QLatin1String(net::kCowriteProtocol)
               ? protocol::Acknowledgements::Negotiated
               : protocol::Acknowledgements::Off;
}

QString ChannelGuest::peer() const
{
    return m_channel ? m_channel->peer() : QString();
}

void ChannelGuest::send(ByteView message)
{
    if (m_channel) {
        m_channel->send(message);
    }
}

void ChannelGuest::send(const net::FrameBatch &batch, std::size_t first, std::size_t last)
{
    if (m_channel) {
        m_channel->send(batch, first, last);
    }
}

void ChannelGuest::close(protocol::CloseCode code, const QString &reason)
{
    if (m_channel) {
        m_channel->close(static_cast<int>(code), reason);
    }
}

void ChannelGuest::onReceived(const QByteArray &message)
{
    const OnHocuspocus onHocuspocus = std::exchange(m_onHocuspocus, {});
    if (!onHocuspocus || !protocol::hocuspocus::isFirstWord(net::viewOf(message))) {
        Q_EMIT received(message);
        return;
    }
    net::WebSocketChannel *const channel = std::exchange(m_channel, nullptr);
    channel->disconnect(this);
    channel->setParent(nullptr);
    Q_EMIT closed();
    onHocuspocus(channel, message);
}

} // namespace cowrite::session
