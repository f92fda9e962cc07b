#include "libsync/net/client_connector.h"

#include "libsync/net/subprotocol.h"

#include <QNetworkRequest>
#include <QRegularExpression>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace cowrite::net {

namespace {

/// The HTTP status with which a server declined the upgrade, or 0. Qt has it in a text only.
int declinedStatus(const QString &errorString)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    const auto match = pattern.match(errorString);
    return match.hasMatch() ? match.captured(1).toInt() : 0;
}

QString sentenceFor(QAbstractSocket::SocketError error, const QString &errorString,
                    const RoomAddress &address)
{
    // Qt reports a declined upgrade as a refused connection, so the status comes first.
    switch (declinedStatus(errorString)) {
    case 0:
        break;
    case 400:
    case 404:
        return QStringLiteral("%1 has no document at this address.").arg(address.server());
    case 401:
    case 403:
        return QStringLiteral("%1 does not let you in with this link.").arg(address.server());
    case 429:
        return QStringLiteral("%1 has too many visitors just now.").arg(address.server());
    default:
        return QStringLiteral("%1 does not share documents.").arg(address.server());
    }
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return QStringLiteral("There is no computer called “%1”. Check the address.")
            .arg(address.host);
    case QAbstractSocket::ConnectionRefusedError:
        return QStringLiteral("Nothing answers at %1. Is the session still running?")
            .arg(address.server());
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::UnfinishedSocketOperationError:
        return QStringLiteral("The network does not reach %1.").arg(address.server());
    case QAbstractSocket::SocketTimeoutError:
        return QStringLiteral("%1 does not answer.").arg(address.server());
    default:
        return QStringLiteral("The connection to %1 was lost.").arg(address.server());
    }
}

/// What was found once comes back: its host may just have closed the document for a while.
bool isFinalStatus(int status, bool wasFound)
{
    return status == 400 || status == 401 || status == 403 || (status == 404 && !wasFound);
}

} // namespace

/// One attempt to connect; reports once, never within start(), and destroys what it has when it
/// goes.
class ClientConnector::Attempt : public QObject {
public:
    Attempt(ClientConnector &owner, const RoomAddress &address)
        : m_owner(owner), m_address(address), m_socket(std::make_unique<QWebSocket>())
    {
        connect(m_socket.get(), &QWebSocket::connected, this, [this] { m_owner.onConnected(); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        const auto errorSignal = &QWebSocket::errorOccurred;
#else
        const auto errorSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
        connect(m_socket.get(), errorSignal, this, [this](QAbstractSocket::SocketError error) {
            const QString text = m_socket->errorString();
            fail(sentenceFor(error, text, m_address),
                 isFinalStatus(declinedStatus(text), m_owner.m_wasOpen));
        });
        // Some failures come with an error after this signal, some without any.
        connect(
            m_socket.get(), &QWebSocket::disconnected, this,
            [this] {
                fail(sentenceFor(m_socket->error(), m_socket->errorString(), m_address), false);
            },
            Qt::QueuedConnection);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            fail(sentenceFor(QAbstractSocket::SocketTimeoutError, {}, m_address), false);
        });
        m_socket->setMaxAllowedIncomingFrameSize(m_owner.m_options.channel.maxMessageBytes);
        m_socket->setMaxAllowedIncomingMessageSize(m_owner.m_options.channel.maxMessageBytes);
    }

    void start()
    {
        m_deadline.start(m_owner.m_options.connectDeadline);
        // Plain Yjs servers (the `ws` package) agree to whatever is named first, so that must not
        // be the one that promises something.
        QWebSocketHandshakeOptions options;
        QStringList protocols{QStringLiteral("yjs"), QLatin1String(kCowriteProtocol)};
        if (!m_address.token.isEmpty()) {
            protocols.append(QLatin1String(kTokenProtocolPrefix) + m_address.token);
        }
        options.setSubprotocols(protocols);
        // What Qt finds wrong with the address it says before open() returns.
        m_isStarting = true;
        m_socket->open(QNetworkRequest(m_address.webSocketUrl()), options);
        m_isStarting = false;
    }

    ~Attempt() override
    {
        if (m_socket) {
            m_socket->disconnect(this);
            m_socket->abort();
        }
    }

    /// Nothing is reported from here on. Safe within a signal of the socket.
    void abandon()
    {
        m_hasFailed = true;
        m_isAbandoned = true;
        m_deadline.stop();
        if (m_socket) {
            m_socket->disconnect(this);
        }
        deleteLater();
    }

    std::unique_ptr<QWebSocket> takeSocket()
    {
        m_deadline.stop();
        m_socket->disconnect(this);
        return std::move(m_socket);
    }

private:
    void fail(const QString &message, bool isFinal)
    {
        if (std::exchange(m_hasFailed, true)) {
            return;
        }
        if (!m_isStarting) {
            m_owner.onFailed(message, isFinal);
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [this, message, isFinal] {
                if (!m_isAbandoned) {
                    m_owner.onFailed(message, isFinal);
                }
            },
            Qt::QueuedConnection);
    }

    ClientConnector &m_owner;
    RoomAddress m_address;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_deadline;
    bool m_hasFailed = false;
    bool m_isStarting = false;
    bool m_isAbandoned = false;
};

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
    m_attempt = std::make_unique<Attempt>(*this, m_address);
    m_attempt->start();
}

void ClientConnector::onConnected()
{
    std::unique_ptr<QWebSocket> socket = m_attempt->takeSocket();
    m_attempt.release()->abandon();
    m_channel = std::make_unique<WebSocketChannel>(std::move(socket), nullptr, m_options.channel);
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
