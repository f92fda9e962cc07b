#include "libsync/net/connection_attempt.h"

#include "libsync/net/certificate.h"
#include "libsync/net/subprotocol.h"

#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <utility>

namespace cowrite::net {

namespace {

/// The HTTP status with which a server declined the upgrade, or 0. Qt has it in a text only.
int declinedStatus(const QString &errorString)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    const auto match = pattern.match(errorString);
    return match.hasMatch() ? match.captured(1).toInt() : 0;
}

/// For a server that has answered with this HTTP status, and does not let us in.
QString sentenceFor(int status, const RoomAddress &address)
{
    switch (status) {
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
}

QString sentenceFor(QAbstractSocket::SocketError error, const QString &errorString,
                    const RoomAddress &address)
{
    // Qt reports a declined upgrade as a refused connection, so the status comes first.
    if (const int status = declinedStatus(errorString); status != 0) {
        return sentenceFor(status, address);
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
    case QAbstractSocket::SslHandshakeFailedError:
        return QStringLiteral("%1 does not speak an encryption that is safe.")
            .arg(address.server());
    default:
        return QStringLiteral("The connection to %1 was lost.").arg(address.server());
    }
}

QWebSocketHandshakeOptions handshakeOptions(const RoomAddress &address)
{
    QWebSocketHandshakeOptions options;
    if (address.form == RoomAddress::Form::Cowrite || address.form == RoomAddress::Form::Plain) {
        // Plain Yjs servers (the `ws` package) agree to whatever is named first, so that must not
        // be the one that promises something.
        QStringList protocols{QStringLiteral("yjs"), QLatin1String(kCowriteProtocol)};
        if (!address.token.isEmpty()) {
            protocols.append(QLatin1String(kTokenProtocolPrefix) + address.token);
        }
        options.setSubprotocols(protocols);
    }
    return options;
}

QSslConfiguration tlsConfiguration(const RoomAddress &address)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!address.fingerprint.isEmpty()) {
        // The pin replaces the authorities: none of them can vouch for another key.
        tls.setCaCertificates({});
    }
    return tls;
}

bool isFinalStatus(int status, Known known)
{
    return status == 400 || status == 401 || status == 403 ||
           (status == 404 && known == Known::NotYet);
}

bool isPinned(const QSslSocket &socket, const RoomAddress &address)
{
    const auto shown = fingerprintOfDer(socket.peerCertificate().toDer());
    return !address.fingerprint.isEmpty() && shown && *shown == address.fingerprint;
}

} // namespace

ConnectionAttempt::ConnectionAttempt(RoomAddress address, Known known, Ends ends)
    : m_address(std::move(address)),
      m_known(known),
      m_ends(std::move(ends)),
      m_socket(std::make_unique<QWebSocket>())
{
    connect(m_socket.get(), &QWebSocket::connected, this, [this] { m_ends.connected(); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto errorSignal = &QWebSocket::errorOccurred;
#else
    const auto errorSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
    connect(m_socket.get(), errorSignal, this, [this](QAbstractSocket::SocketError error) {
        const QString text = m_socket->errorString();
        fail(sentenceFor(error, text, m_address),
             error == QAbstractSocket::SslHandshakeFailedError ||
                 isFinalStatus(declinedStatus(text), m_known));
    });
    // Some failures come with an error after this signal, some without any.
    connect(
        m_socket.get(), &QWebSocket::disconnected, this,
        [this] { fail(sentenceFor(m_socket->error(), m_socket->errorString(), m_address), false); },
        Qt::QueuedConnection);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail(sentenceFor(QAbstractSocket::SocketTimeoutError, {}, m_address), false);
    });
}

ConnectionAttempt::~ConnectionAttempt()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

void ConnectionAttempt::start(std::chrono::milliseconds deadline, std::size_t maxMessageBytes)
{
    m_deadline.start(deadline);
    m_socket->setMaxAllowedIncomingFrameSize(maxMessageBytes);
    m_socket->setMaxAllowedIncomingMessageSize(maxMessageBytes);
    // What Qt finds wrong with the address it says before open() returns.
    m_isStarting = true;
    locate();
    m_isStarting = false;
}

void ConnectionAttempt::locate()
{
    if (!m_address.encrypted && !m_address.fingerprint.isEmpty()) {
        fail(QStringLiteral("The link to %1 says which key the server has, and its address does "
                            "without encryption. Ask for a new link.")
                 .arg(m_address.server()),
             true);
        return;
    }
    m_locator.locate(m_address, [this](const auto &located) {
        if (m_hasFailed) {
            return;
        }
        if (located) {
            open(*located);
        } else if (located.error().status == 0) {
            fail(sentenceFor(QAbstractSocket::ConnectionRefusedError, {}, m_address), false);
        } else {
            const RoomLocator::Failure &failure = located.error();
            fail(failure.message.isEmpty() ? sentenceFor(failure.status, m_address)
                                           : failure.message,
                 isFinalStatus(failure.status, m_known));
        }
    });
}

void ConnectionAttempt::open(const RoomEndpoint &endpoint)
{
    m_isReadOnly = endpoint.isReadOnly;
    QNetworkRequest request(endpoint.url);
    if (!endpoint.authorization.isEmpty()) {
        request.setRawHeader("Authorization", endpoint.authorization);
    }
    if (m_address.encrypted) {
        m_socket->setSslConfiguration(tlsConfiguration(m_address));
    }
    m_socket->open(request, handshakeOptions(m_address));
    if (m_address.encrypted) {
        watchCertificate();
    }
}

void ConnectionAttempt::watchCertificate()
{
    auto *const socket = qobject_cast<QSslSocket *>(transport());
    if (!socket) {
        m_socket->abort();
        fail(QStringLiteral("This computer cannot encrypt connections."), true);
        return;
    }
    // Nothing of the request, the invitation least of all, leaves before the server has shown who
    // it is: what is written waits for the end of the TLS handshake, and both signals come before
    // that.
    connect(socket, &QSslSocket::sslErrors, this, [this, socket](const QList<QSslError> &errors) {
        if (isPinned(*socket, m_address)) {
            socket->ignoreSslErrors();
        } else {
            refuse(errors.constFirst().errorString());
        }
    });
    connect(socket, &QSslSocket::encrypted, this, [this, socket] {
        if (!m_address.fingerprint.isEmpty() && !isPinned(*socket, m_address)) {
            socket->abort();
            refuse({});
        }
    });
}

void ConnectionAttempt::refuse(const QString &why)
{
    if (m_address.fingerprint.isEmpty()) {
        fail(QStringLiteral("%1 cannot show that it is the one it says (%2). Ask its host for a "
                            "link.")
                 .arg(m_address.server(), why),
             true);
        return;
    }
    fail(QStringLiteral("%1 has another key than this link says. Either it is not the one that the "
                        "link is from, or its key was made anew: ask its host for a new link.")
             .arg(m_address.server()),
         true);
}

void ConnectionAttempt::abandon()
{
    m_hasFailed = true;
    m_isAbandoned = true;
    m_deadline.stop();
    if (m_socket) {
        m_socket->disconnect(this);
    }
    deleteLater();
}

QTcpSocket *ConnectionAttempt::transport() const
{
    return m_socket->findChild<QTcpSocket *>();
}

std::unique_ptr<QWebSocket> ConnectionAttempt::takeSocket()
{
    m_deadline.stop();
    m_socket->disconnect(this);
    return std::move(m_socket);
}

void ConnectionAttempt::fail(const QString &message, bool isFinal)
{
    if (std::exchange(m_hasFailed, true)) {
        return;
    }
    if (!m_isStarting) {
        m_ends.failed(message, isFinal);
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this, message, isFinal] {
            if (!m_isAbandoned) {
                m_ends.failed(message, isFinal);
            }
        },
        Qt::QueuedConnection);
}

} // namespace cowrite::net
