#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/limits.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

class QSslSocket;
class QTcpSocket;
class QWebSocket;

namespace cowrite::net {

class FrameBatch;
class FrameWriter;
class MessageAllowance;

/// The bytes of a Qt array; valid as long as the array is.
[[nodiscard]] inline ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

/// The bounds of one connection. QWebSocket has none of its own (reliability.md, "Facts").
struct ChannelLimits {
    std::size_t maxMessageBytes = limits::kMaxMessageBytes;
    std::size_t maxUnsentBytes = limits::kMaxUnsentBytes;
    /// Of a message that is still coming, so many bytes must come in each such time: a slow line
    /// takes minutes for a large one, somebody who holds a buffer open sends next to nothing.
    std::chrono::milliseconds partialMessageDeadline = limits::kPartialMessageDeadline;
    std::size_t partialMessageBytes = std::size_t{8} << 10;
    /// A ping this often measures the round trip and finds half-open connections ...
    std::chrono::milliseconds pingInterval{10'000};
    /// ... which are those where nothing came in for so long.
    std::chrono::milliseconds silenceLimit{25'000};
    /// A peer that does not answer our wish to close is cut off after this.
    std::chrono::milliseconds closeDeadline{2'000};
};

/// Codes of RFC 6455 that we give, or see, ourselves.
inline constexpr int kCloseNormal = 1000;
inline constexpr int kCloseGoingAway = 1001;
inline constexpr int kCloseUnsupportedData = 1003;
inline constexpr int kCloseAbnormal = 1006;
inline constexpr int kCloseTooBig = 1009;

/// Which end of a connection a channel is. What the accepting one sends is not masked.
enum class ChannelEnd { Connecting, Accepting };

/// One open WebSocket, either end, with every buffer bounded: messages out, messages in. It is cut
/// when the peer stops reading, leaves a message half-sent, or has gone without saying so.
class WebSocketChannel : public QObject {
    Q_OBJECT

public:
    /// Takes over `socket`, which is connected. `transport` is what it runs on: without it, a
    /// half-sent message is not seen, nor what waits behind encryption. The accepting end sends by
    /// the outbox of its thread.
    WebSocketChannel(std::unique_ptr<QWebSocket> socket, QTcpSocket *transport,
                     ChannelLimits limits = {}, QObject *parent = nullptr,
                     ChannelEnd end = ChannelEnd::Connecting);
    /// Cuts the connection, without signals.
    ~WebSocketChannel() override;

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    /// The address that was asked for, with path and query as they were sent.
    [[nodiscard]] QUrl url() const;
    /// The sub-protocol both ends agreed on, or empty.
    [[nodiscard]] QString subprotocol() const;
    /// `address:port` of the other end, for logs.
    [[nodiscard]] QString peer() const;
    [[nodiscard]] QHostAddress peerAddress() const { return m_peer; }
    /// For a peer that comes through a proxy.
    void setPeerAddress(const QHostAddress &address) { m_peer = address; }
    /// What the peer may say. What goes beyond it waits, and meanwhile nothing is read, so that the
    /// peer cannot send more than the network holds. Of those on a transport. May be called again.
    void setAllowance(std::shared_ptr<MessageAllowance> allowance);
    /// The last measured time there and back; nothing before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTrip() const { return m_roundTrip; }

    /// Sends one binary message. False if the channel is closed, or was cut because the peer does
    /// not read.
    bool send(ByteView message);
    /// The same with the messages from `first` to before `last` of a batch, at once.
    bool send(const FrameBatch &batch, std::size_t first, std::size_t last);
    /// Closes in both directions; closed() follows, at the latest when the deadline has passed.
    void close(int code, const QString &reason);
    /// Cuts the connection; closed(1006) follows at once.
    void abort(const QString &reason);

Q_SIGNALS:
    /// One whole binary message. Never after closed().
    void received(const QByteArray &message);
    /// Once, whoever closed. The channel can be deleted then, by deleteLater(). `code` is the
    /// peer's, or 1006 when there was none.
    void closed(int code, const QString &reason);
    void roundTripMeasured();
    /// So much came at once that it would wait for longer than the allowance bears. It is dropped,
    /// and nothing comes any more: close the channel.
    void overran();

private:
    void onMessage(const QByteArray &message);
    [[nodiscard]] std::optional<std::chrono::milliseconds> waitFor(const QByteArray &message);
    void hold(const QByteArray &message);
    void release();
    void stopReading();
    void readOn();
    void onBinaryFrame(const QByteArray &frame, bool isLast);
    void onTransportRead();
    void onPong(quint64 elapsedMilliseconds);
    void onPingDue();
    void onSilenceDue();
    void onDisconnected();
    void finish(int code, const QString &reason);
    /// What was unsent before a message of this size.
    [[nodiscard]] std::size_t countIn(std::size_t size);
    /// False if it was cut, as the peer does not read.
    bool keepsUp(std::size_t unsentBefore);
    void watchPartialMessage();
    void onPartialDue();
    /// What the peer has not read, as far as it lies with us.
    [[nodiscard]] std::size_t unsent() const;
    [[nodiscard]] bool isTooFarBehind() const;
    /// Of the message that is still coming.
    [[nodiscard]] std::size_t partialBytes() const;

    std::unique_ptr<QWebSocket> m_socket;
    QHostAddress m_peer;
    QPointer<QTcpSocket> m_transport;
    const QSslSocket *m_encrypted; ///< The transport, if it is one.
    ChannelLimits m_limits;
    /// Of the accepting end.
    std::unique_ptr<FrameWriter> m_writer;
    std::chrono::steady_clock::time_point m_lastHeard = std::chrono::steady_clock::now();
    std::shared_ptr<MessageAllowance> m_allowance;
    /// Messages that wait for the allowance, in order; while there are any, nothing is read.
    QList<QByteArray> m_waiting;
    std::size_t m_waitingBytes = 0;
    QTimer m_waitTimer;
    bool m_hasCaughtUp = false;
    bool m_hasOverrun = false;
    QTimer m_pingTimer;
    QTimer m_silenceTimer;
    QTimer m_partialTimer;
    QTimer m_closeTimer;
    std::optional<std::chrono::milliseconds> m_roundTrip;
    QString m_closeReason;
    /// The largest message since there was last nothing unsent.
    std::size_t m_largestUnsent = 0;
    bool m_isOpen = true;
    bool m_isClosing = false;
    bool m_hasFragments = false;
    std::size_t m_fragmentBytes = 0;
    std::size_t m_partialBytesSeen = 0;
};

} // namespace cowrite::net
