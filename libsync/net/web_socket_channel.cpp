#include "libsync/net/web_socket_channel.h"

#include "libsync/net/frame_batch.h"
#include "libsync/net/frame_writer.h"
#include "libsync/net/message_allowance.h"
#include "libsync/net/socket_bytes.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace cowrite::net {

namespace {

/// What is read of a peer that has to wait; the rest stays with the network.
constexpr qint64 kWaitingReadBytes = qint64{64} << 10;
/// Nobody types more at once. The first larger message of a connection is what was written offline.
constexpr qsizetype kCatchUpBytes = qsizetype{64} << 10;

} // namespace

WebSocketChannel::WebSocketChannel(std::unique_ptr<QWebSocket> socket, QTcpSocket *transport,
                                   ChannelLimits limits, QObject *parent, ChannelEnd end)
    : QObject(parent),
      m_socket(std::move(socket)),
      m_peer(m_socket->peerAddress()),
      m_transport(transport),
      m_encrypted(qobject_cast<QSslSocket *>(transport)),
      m_limits(limits)
{
    if (transport && end == ChannelEnd::Accepting) {
        m_writer = std::make_unique<FrameWriter>(transport);
    }
    m_socket->setParent(nullptr);
    m_socket->setMaxAllowedIncomingFrameSize(m_limits.maxMessageBytes);
    m_socket->setMaxAllowedIncomingMessageSize(m_limits.maxMessageBytes);
    connect(m_socket.get(), &QWebSocket::binaryFrameReceived, this,
            &WebSocketChannel::onBinaryFrame);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, &WebSocketChannel::onMessage);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, [this] {
        close(kCloseUnsupportedData, QStringLiteral("Only binary messages are understood here."));
    });
    connect(m_socket.get(), &QWebSocket::pong, this, &WebSocketChannel::onPong);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &WebSocketChannel::onDisconnected);
    if (m_transport) {
        // Connected after the web socket's own slot, so this runs when that one has had its bytes.
        connect(m_transport, &QTcpSocket::readyRead, this, &WebSocketChannel::onTransportRead);
    }
    m_waitTimer.setSingleShot(true);
    connect(&m_waitTimer, &QTimer::timeout, this, &WebSocketChannel::release);
    m_pingTimer.setInterval(m_limits.pingInterval);
    connect(&m_pingTimer, &QTimer::timeout, this, &WebSocketChannel::onPingDue);
    m_pingTimer.start();
    m_silenceTimer.setSingleShot(true);
    connect(&m_silenceTimer, &QTimer::timeout, this, &WebSocketChannel::onSilenceDue);
    m_silenceTimer.start(m_limits.silenceLimit);
    m_partialTimer.setSingleShot(true);
    m_partialTimer.setInterval(m_limits.partialMessageDeadline);
    connect(&m_partialTimer, &QTimer::timeout, this, &WebSocketChannel::onPartialDue);
    m_closeTimer.setSingleShot(true);
    m_closeTimer.setInterval(m_limits.closeDeadline);
    connect(&m_closeTimer, &QTimer::timeout, this, [this] { abort(m_closeReason); });
}

WebSocketChannel::~WebSocketChannel()
{
    m_writer.reset();
    m_isOpen = false;
    m_waiting.clear();
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

QString WebSocketChannel::peer() const
{
    return m_socket->peerAddress().toString() + u':' + QString::number(m_socket->peerPort());
}

bool WebSocketChannel::send(ByteView message)
{
    if (!m_isOpen || m_isClosing) {
        return false;
    }
    const std::size_t before = countIn(message.size());
    if (m_writer) {
        m_writer->send(message);
    } else {
        m_socket->sendBinaryMessage(
            QByteArray::fromRawData(reinterpret_cast<const char *>(message.data()),
                                    static_cast<qsizetype>(message.size())));
    }
    return keepsUp(before);
}

bool WebSocketChannel::send(const FrameBatch &batch, std::size_t first, std::size_t last)
{
    if (!m_writer) {
        bool isSent = true;
        for (std::size_t i = first; i < last && isSent; ++i) {
            isSent = send(batch.message(i));
        }
        return isSent;
    }
    if (!m_isOpen || m_isClosing) {
        return false;
    }
    const std::size_t before = countIn(batch.frames(first, last).size());
    m_writer->send(batch, first, last);
    return keepsUp(before);
}

std::size_t WebSocketChannel::countIn(std::size_t size)
{
    // One message as large as a whole document may be on its way for a while, with small ones
    // behind it; what may not happen is that they pile up.
    const std::size_t before = m_writer ? m_writer->unsent() : unsent();
    m_largestUnsent = before == 0 ? size : std::max(m_largestUnsent, size);
    return before;
}

bool WebSocketChannel::keepsUp(std::size_t before)
{
    if (before > m_limits.maxUnsentBytes && isTooFarBehind()) {
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
    if (m_writer) {
        m_writer->writeNow();
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
    return (m_writer ? m_writer->waiting() : 0) +
           (m_transport ? unsentBytes(*m_transport, m_encrypted)
                        : static_cast<std::size_t>(m_socket->bytesToWrite()));
}

bool WebSocketChannel::isTooFarBehind() const
{
    return unsent() > m_limits.maxUnsentBytes + m_largestUnsent;
}

void WebSocketChannel::setAllowance(std::shared_ptr<MessageAllowance> allowance)
{
    m_allowance = std::move(allowance);
}

void WebSocketChannel::onMessage(const QByteArray &message)
{
    if (!m_isOpen || m_isClosing || m_hasOverrun) {
        return;
    }
    if (!m_waiting.isEmpty() || waitFor(message)) {
        hold(message);
    } else {
        Q_EMIT received(message);
    }
}

std::optional<std::chrono::milliseconds> WebSocketChannel::waitFor(const QByteArray &message)
{
    if (!m_allowance) {
        return std::nullopt;
    }
    const bool isCatchUp = !m_hasCaughtUp && message.size() > kCatchUpBytes;
    const auto wait = m_allowance->take(isCatchUp ? 0 : static_cast<std::size_t>(message.size()));
    m_hasCaughtUp = m_hasCaughtUp || (isCatchUp && !wait);
    return wait;
}

void WebSocketChannel::hold(const QByteArray &message)
{
    if (m_waiting.isEmpty()) {
        stopReading();
    }
    m_waiting.append(message);
    m_waitingBytes += static_cast<std::size_t>(message.size());
    if (!m_allowance->bears(static_cast<std::size_t>(m_waiting.size()), m_waitingBytes)) {
        m_hasOverrun = true;
        m_waitTimer.stop();
        Q_EMIT overran();
    }
}

void WebSocketChannel::release()
{
    while (m_isOpen && !m_isClosing && !m_waiting.isEmpty()) {
        if (const auto wait = waitFor(m_waiting.first())) {
            m_waitTimer.start(*wait);
            return;
        }
        const QByteArray message = m_waiting.takeFirst();
        m_waitingBytes -= static_cast<std::size_t>(message.size());
        Q_EMIT received(message);
    }
    if (m_isOpen && !m_isClosing) {
        readOn();
    }
}

void WebSocketChannel::stopReading()
{
    m_silenceTimer.stop();
    m_partialTimer.stop();
    // QWebSocket reads whatever its transport says is there, and cannot be told to wait; so the
    // transport does not say it, and fills its buffer up to the bound.
    if (m_transport) {
        m_transport->setReadBufferSize(kWaitingReadBytes);
        m_transport->blockSignals(true);
    }
    m_waitTimer.start(std::chrono::milliseconds(1));
}

void WebSocketChannel::readOn()
{
    m_lastHeard = std::chrono::steady_clock::now();
    m_silenceTimer.start(m_limits.silenceLimit);
    if (!m_transport) {
        return;
    }
    m_transport->blockSignals(false);
    m_transport->setReadBufferSize(0);
    // Nobody else tells what came meanwhile, nor that it was the last.
    if (m_transport->bytesAvailable() > 0) {
        Q_EMIT m_transport->readyRead();
    }
    if (m_isOpen && m_waiting.isEmpty() && m_transport &&
        m_transport->state() == QAbstractSocket::UnconnectedState) {
        abort(QStringLiteral("The connection was lost."));
    }
}

void WebSocketChannel::onBinaryFrame(const QByteArray &frame, bool isLast)
{
    m_hasFragments = !isLast;
    m_fragmentBytes = isLast ? 0 : m_fragmentBytes + static_cast<std::size_t>(frame.size());
    if (isLast) {
        m_partialTimer.stop();
    }
    if (m_waiting.isEmpty()) {
        m_lastHeard = std::chrono::steady_clock::now();
        watchPartialMessage();
    }
}

void WebSocketChannel::onTransportRead()
{
    if (!m_isOpen || !m_waiting.isEmpty()) {
        return;
    }
    m_lastHeard = std::chrono::steady_clock::now();
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
    m_lastHeard = std::chrono::steady_clock::now();
    m_roundTrip = std::chrono::milliseconds(elapsedMilliseconds);
    Q_EMIT roundTripMeasured();
}

void WebSocketChannel::onSilenceDue()
{
    // Not begun anew whenever something comes, which is often.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        m_lastHeard + m_limits.silenceLimit - std::chrono::steady_clock::now());
    if (left.count() > 0) {
        m_silenceTimer.start(left);
    } else {
        abort(QStringLiteral("The other side has gone silent."));
    }
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
    if (m_writer) {
        m_writer->drop();
    }
    m_waiting.clear();
    m_waitTimer.stop();
    m_pingTimer.stop();
    m_silenceTimer.stop();
    m_partialTimer.stop();
    m_closeTimer.stop();
    Q_EMIT closed(code, reason);
}

} // namespace cowrite::net
