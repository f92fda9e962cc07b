#include "libsync/net/web_socket_channel.h"

#include "libsync/net/socket_bytes.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QWebSocket>

#include <algorithm>

namespace cowrite::net {

WebSocketChannel::WebSocketChannel(std::unique_ptr<QWebSocket> socket, QTcpSocket *transport,
                                   ChannelLimits limits, QObject *parent)
    : QObject(parent), m_socket(std::move(socket)), m_transport(transport), m_limits(limits)
{
    m_socket->setParent(nullptr);
    m_socket->setMaxAllowedIncomingFrameSize(m_limits.maxMessageBytes);
    m_socket->setMaxAllowedIncomingMessageSize(m_limits.maxMessageBytes);
    connect(m_socket.get(), &QWebSocket::binaryFrameReceived, this,
            &WebSocketChannel::onBinaryFrame);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &message) {
                if (m_isOpen && !m_isClosing) {
                    Q_EMIT received(message);
                }
            });
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, [this] {
        close(kCloseUnsupportedData, QStringLiteral("Only binary messages are understood here."));
    });
    connect(m_socket.get(), &QWebSocket::pong, this, &WebSocketChannel::onPong);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &WebSocketChannel::onDisconnected);
    if (m_transport) {
        // Connected after the web socket's own slot, so this runs when that one has had its bytes.
        connect(m_transport, &QTcpSocket::readyRead, this, &WebSocketChannel::onTransportRead);
    }
    m_pingTimer.setInterval(m_limits.pingInterval);
    connect(&m_pingTimer, &QTimer::timeout, this, &WebSocketChannel::onPingDue);
    m_pingTimer.start();
    m_silenceTimer.setSingleShot(true);
    m_silenceTimer.setInterval(m_limits.silenceLimit);
    connect(&m_silenceTimer, &QTimer::timeout, this,
            [this] { abort(QStringLiteral("The other side has gone silent.")); });
    m_silenceTimer.start();
    m_partialTimer.setSingleShot(true);
    m_partialTimer.setInterval(m_limits.partialMessageDeadline);
    connect(&m_partialTimer, &QTimer::timeout, this, &WebSocketChannel::onPartialDue);
    m_closeTimer.setSingleShot(true);
    m_closeTimer.setInterval(m_limits.closeDeadline);
    connect(&m_closeTimer, &QTimer::timeout, this, [this] { abort(m_closeReason); });
}

WebSocketChannel::~WebSocketChannel()
{
    m_isOpen = false;
    m_socket->disconnect(this);
    m_socket->abort();
    // Nobody else deletes the transport if the listener that accepted it went first. The web socket
    // goes before it, as it uses it to the end.
    m_socket.reset();
    if (m_transport) {
        m_transport->deleteLater();
    }
}

QUrl WebSocketChannel::url() const
{
    return m_socket->requestUrl();
}

QString WebSocketChannel::subprotocol() const
{
    return m_socket->subprotocol();
}

QHostAddress WebSocketChannel::peerAddress() const
{
    return m_socket->peerAddress();
}

QString WebSocketChannel::peer() const
{
    return m_socket->peerAddress().toString() + u':' + QString::number(m_socket->peerPort());
}

bool WebSocketChannel::send(ByteView message)
{
    if (!m_isOpen || m_isClosing) {
        return false;
    }
    // One message as large as a whole document may be on its way for a while, with small ones
    // behind it; what may not happen is that they pile up.
    m_largestUnsent = unsent() == 0 ? message.size() : std::max(m_largestUnsent, message.size());
    m_socket->sendBinaryMessage(QByteArray::fromRawData(
        reinterpret_cast<const char *>(message.data()), static_cast<qsizetype>(message.size())));
    if (isTooFarBehind()) {
        abort(QStringLiteral("The other side does not read."));
        return false;
    }
    return true;
}

void WebSocketChannel::close(int code, const QString &reason)
{
    if (!m_isOpen || m_isClosing) {
        return;
    }
    m_isClosing = true;
    m_closeReason = reason;
    m_closeTimer.start();
    // A close frame holds 123 bytes of text at most.
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason.left(60));
}

void WebSocketChannel::abort(const QString &reason)
{
    if (!m_isOpen) {
        return;
    }
    m_socket->disconnect(this);
    m_socket->abort();
    finish(kCloseAbnormal, reason);
}

std::size_t WebSocketChannel::unsent() const
{
    return m_transport ? unsentBytes(*m_transport)
                       : static_cast<std::size_t>(m_socket->bytesToWrite());
}

bool WebSocketChannel::isTooFarBehind() const
{
    return unsent() > m_limits.maxUnsentBytes + m_largestUnsent;
}

void WebSocketChannel::onBinaryFrame(const QByteArray &frame, bool isLast)
{
    m_hasFragments = !isLast;
    m_fragmentBytes = isLast ? 0 : m_fragmentBytes + static_cast<std::size_t>(frame.size());
    if (isLast) {
        m_partialTimer.stop();
    }
    m_silenceTimer.start();
    watchPartialMessage();
}

void WebSocketChannel::onTransportRead()
{
    if (!m_isOpen) {
        return;
    }
    m_silenceTimer.start();
    // Answers to pings pile up here when the peer sends them and never reads.
    if (isTooFarBehind()) {
        abort(QStringLiteral("The other side does not read."));
        return;
    }
    watchPartialMessage();
}

void WebSocketChannel::watchPartialMessage()
{
    const bool isPartial = m_hasFragments || (m_transport && m_transport->bytesAvailable() > 0);
    if (!isPartial) {
        m_partialTimer.stop();
    } else if (!m_partialTimer.isActive()) {
        m_partialBytesSeen = partialBytes();
        m_partialTimer.start();
    }
}

std::size_t WebSocketChannel::partialBytes() const
{
    return m_fragmentBytes +
           (m_transport ? static_cast<std::size_t>(m_transport->bytesAvailable()) : 0);
}

void WebSocketChannel::onPartialDue()
{
    const std::size_t bytes = partialBytes();
    if (bytes < m_partialBytesSeen + m_limits.partialMessageBytes) {
        abort(QStringLiteral("A message was begun and not finished."));
        return;
    }
    m_partialBytesSeen = bytes;
    m_partialTimer.start();
}

void WebSocketChannel::onPong(quint64 elapsedMilliseconds)
{
    m_silenceTimer.start();
    m_roundTrip = std::chrono::milliseconds(elapsedMilliseconds);
    Q_EMIT roundTripMeasured();
}

void WebSocketChannel::onPingDue()
{
    if (m_isOpen && !m_isClosing) {
        m_socket->ping();
    }
}

void WebSocketChannel::onDisconnected()
{
    if (m_isClosing) {
        finish(m_socket->closeCode(), m_closeReason);
        return;
    }
    // Qt reports a connection that broke without a close frame as "normal" with no reason; only
    // the peer's close frame sets both. Errors come with a text of their own.
    const bool broke = m_socket->error() != QAbstractSocket::UnknownSocketError;
    finish(broke && m_socket->closeCode() == QWebSocketProtocol::CloseCodeNormal
               ? kCloseAbnormal
               : static_cast<int>(m_socket->closeCode()),
           m_socket->closeReason());
}

void WebSocketChannel::finish(int code, const QString &reason)
{
    m_isOpen = false;
    m_pingTimer.stop();
    m_silenceTimer.stop();
    m_partialTimer.stop();
    m_closeTimer.stop();
    Q_EMIT closed(code, reason);
}

} // namespace cowrite::net
