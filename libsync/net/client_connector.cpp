#include "libsync/net/client_connector.h"

#include "libsync/net/connection_attempt.h"
#include "libsync/net/subprotocol.h"

#include <QTcpSocket>
#include <QWebSocket>

namespace cowrite::net {

ClientConnector::ClientConnector(const Clock &clock, Rng &rng,
                                 std::function<bool(int code)> isFinal, ConnectorOptions options,
                                 QObject *parent)
    : QObject(parent),
      m_clock(clock),
      m_isFinal(std::move(isFinal)),
      m_options(options),
      m_backoff(rng, options.smallestDelay, options.largestDelay)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &ClientConnector::connectToServer);
}

ClientConnector::~ClientConnector()
{
    if (m_attempt) {
        m_attempt.release()->abandon();
    }
}

void ClientConnector::start(const RoomAddress &address)
{
    stop();
    m_address = address;
    m_wasOpen = false;
    m_backoff.reset();
    connectToServer();
}

void ClientConnector::connectNow()
{
    if (m_state == State::Open || m_address.host.isEmpty()) {
        return;
    }
    m_backoff.reset();
    connectToServer();
}

void ClientConnector::onNetworkBack(std::chrono::milliseconds slept)
{
    if (m_state == State::Open && slept >= m_options.channel.silenceLimit) {
        dropAndRetry(QStringLiteral("The connection to %1 was lost.").arg(m_address.server()));
    }
    if (m_state == State::Waiting) {
        connectNow();
    }
}

void ClientConnector::stop()
{
    m_retryTimer.stop();
    const bool wasOpen = m_state == State::Open;
    leave(kCloseNormal);
    if (m_state != State::Idle) {
        setState(State::Idle);
    }
    if (wasOpen) {
        Q_EMIT closed();
    }
}

void ClientConnector::dropAndRetry(const QString &message)
{
    if (m_state != State::Open) {
        return;
    }
    dropChannel();
    wait(message);
    Q_EMIT closed();
}

void ClientConnector::refuse(int code, const QString &message)
{
    const bool wasOpen = m_state == State::Open;
    m_retryTimer.stop();
    leave(code);
    setState(State::Refused, message);
    if (wasOpen) {
        Q_EMIT closed();
    }
}

std::optional<std::chrono::milliseconds> ClientConnector::nextAttempt() const
{
    if (m_state != State::Waiting) {
        return std::nullopt;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_retryAt - m_clock.steadyNow());
    return std::max(left, std::chrono::milliseconds(0));
}

std::optional<std::chrono::milliseconds> ClientConnector::roundTrip() const
{
    return m_channel ? m_channel->roundTrip() : std::nullopt;
}

bool ClientConnector::speaksCowrite() const
{
    return m_channel && m_channel->subprotocol() == QLatin1String(kCowriteProtocol);
}

bool ClientConnector::send(ByteView message)
{
    return m_channel && m_channel->send(message);
}

void ClientConnector::connectToServer()
{
    m_retryTimer.stop();
    if (m_attempt) {
        m_attempt.release()->abandon();
    }
    setState(State::Connecting);
    m_attempt = std::make_unique<ConnectionAttempt>(
        m_address, m_wasOpen ? Known::Yes : Known::NotYet,
        ConnectionAttempt::Ends{
            [this] { onConnected(); },
            [this](const QString &message, bool isFinal) { onFailed(message, isFinal); }});
    m_attempt->start(m_options.connectDeadline, m_options.channel.maxMessageBytes);
}

void ClientConnector::onConnected()
{
    QTcpSocket *const transport = m_attempt->transport();
    std::unique_ptr<QWebSocket> socket = m_attempt->takeSocket();
    m_isReadOnly = m_attempt->isReadOnly();
    m_attempt.release()->abandon();
    m_channel = std::make_unique<WebSocketChannel>(std::move(socket), transport, m_options.channel);
    connect(m_channel.get(), &WebSocketChannel::received, this, &ClientConnector::received);
    connect(m_channel.get(), &WebSocketChannel::closed, this, &ClientConnector::onChannelClosed);
    connect(m_channel.get(), &WebSocketChannel::roundTripMeasured, this,
            &ClientConnector::stateChanged);
    m_openedAt = m_clock.steadyNow();
    m_wasOpen = true;
    setState(State::Open);
    Q_EMIT opened();
}

void ClientConnector::onFailed(const QString &message, bool isFinal)
{
    m_attempt.release()->abandon();
    if (isFinal) {
        setState(State::Refused, message);
    } else {
        wait(message);
    }
}

void ClientConnector::onChannelClosed(int code, const QString &reason)
{
    dropChannel();
    if (m_isFinal(code)) {
        setState(State::Refused,
                 reason.isEmpty()
                     ? QStringLiteral("%1 has ended the connection.").arg(m_address.server())
                     : reason);
    } else {
        wait(QStringLiteral("The connection to %1 was lost.").arg(m_address.server()));
    }
    Q_EMIT closed();
}

void ClientConnector::leave(int code)
{
    if (m_channel) {
        // It says goodbye on its own time.
        WebSocketChannel *const channel = m_channel.release();
        channel->disconnect(this);
        connect(channel, &WebSocketChannel::closed, channel, &QObject::deleteLater);
        channel->close(code, {});
    }
    if (m_attempt) {
        m_attempt.release()->abandon();
    }
}

void ClientConnector::dropChannel()
{
    // Never destroyed within its own signal.
    m_channel->disconnect(this);
    m_channel->abort({});
    m_channel.release()->deleteLater();
}

void ClientConnector::wait(const QString &message)
{
    if (m_state == State::Open && m_clock.steadyNow() - m_openedAt >= m_options.healthyAfter) {
        m_backoff.reset();
    }
    const auto delay = m_backoff.next();
    m_retryAt = m_clock.steadyNow() + delay;
    m_retryTimer.start(delay);
    setState(State::Waiting, message);
}

void ClientConnector::setState(State state, const QString &message)
{
    m_state = state;
    m_message = message;
    Q_EMIT stateChanged();
}

} // namespace cowrite::net
