#include "libsync/net/listener.h"

#include "libsync/net/origin_check.h"
#include "libsync/net/subprotocol.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace cowrite::net {

Listener::Listener(Router router, ListenerOptions options, QObject *parent)
    : QObject(parent),
      m_router(std::move(router)),
      m_options(options),
      m_server(m_tls),
      m_upgrader(
          std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode, nullptr)),
      m_house{[this](const Request &request) { return judge(request); },
              [this](QTcpSocket *socket, const Upgrade &upgrade) {
                  m_upgrading.append({socket, upgrade});
                  m_upgrader->handleConnection(socket);
              },
              [this](QTcpSocket *socket, const StreamEvents &stream) {
                  stream.begin(new EventStream(socket, m_options.events));
              },
              m_options.handshakeDeadline, m_options.answerDeadline}
{
    m_upgrader->setSupportedSubprotocols({QLatin1String(kCowriteProtocol)});
    m_upgrader->setHandshakeTimeout(m_options.handshakeDeadline);
    connect(m_upgrader.get(), &QWebSocketServer::newConnection, this, &Listener::onUpgraded);
    connect(&m_server, &QTcpServer::newConnection, this, &Listener::onNewConnection);
    // When a crowd comes at once, who finds no room in the queue comes back a whole second later.
    m_server.setListenBacklogSize(4096);
    m_server.setMaxPendingConnections(1024);
}

Listener::~Listener()
{
    const QList<Door *> doors = m_doors;
    qDeleteAll(doors);
}

Result<void> Listener::listen(const QHostAddress &address, quint16 port)
{
    if (m_server.listen(address, port)) {
        return {};
    }
    const std::string where = address.toString().toStdString() + ", port " + std::to_string(port);
    switch (m_server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return fail(ErrorCode::Busy, "Port " + std::to_string(port) +
                                         " is in use by another program. Choose another port, "
                                         "or 0 for any free one.");
    case QAbstractSocket::SocketAccessError:
        return fail(ErrorCode::Denied, "This user may not listen on port " + std::to_string(port) +
                                           ". Choose a port above 1023.");
    case QAbstractSocket::SocketAddressNotAvailableError:
        return fail(ErrorCode::Network, "This computer does not have the address " +
                                            address.toString().toStdString() + ".");
    default:
        return fail(ErrorCode::Network, "Cannot listen on " + where + ": " +
                                            m_server.errorString().toStdString() + ".");
    }
}

Result<void> Listener::setCertificate(const Certificate &certificate)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(certificate.chain);
    QSslKey key(certificate.key, QSsl::Ec);
    if (key.isNull()) {
        key = QSslKey(certificate.key, QSsl::Rsa);
    }
    if (chain.isEmpty() || key.isNull()) {
        return fail(ErrorCode::Malformed,
                    "This certificate and its key cannot be used. Keys may be "
                    "of the kinds RSA and EC.");
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(key);
    m_tls = tls;
    return {};
}

void Listener::Port::incomingConnection(qintptr descriptor)
{
    std::unique_ptr<QTcpSocket> socket;
    if (m_tls) {
        auto encrypted = std::make_unique<QSslSocket>();
        encrypted->setSslConfiguration(*m_tls);
        socket = std::move(encrypted);
    } else {
        socket = std::make_unique<QTcpSocket>();
    }
    if (socket->setSocketDescriptor(descriptor)) {
        socket->setParent(this);
        addPendingConnection(socket.release());
    }
}

void Listener::close()
{
    m_server.close();
    const QList<Door *> doors = m_doors;
    for (Door *door : doors) {
        door->drop();
    }
}

Verdict Listener::judge(const Request &request) const
{
    const QByteArray &method = request.head.method;
    if (method != "GET" && method != "HEAD" && method != "POST") {
        return HttpReply{
            405, "Only GET and POST are understood here.\n", {}, {{"Allow", "GET, HEAD, POST"}}};
    }
    if (m_tls && !request.isEncrypted && m_plainPeers == PlainPeers::OnThisMachine &&
        !request.peer.isLoopback()) {
        return HttpReply{403, "This server is reached only with encryption: https, or wss.\n"};
    }
    if (const auto allowed = checkOrigin(request.head, m_server.serverAddress(), m_options.trusted);
        !allowed) {
        return HttpReply{403, QByteArray::fromStdString(allowed.error().message) + '\n'};
    }
    if (m_options.trustedProxies.isEmpty()) {
        return m_router(request);
    }
    Request forwarded = request;
    forwarded.peer = senderOf(request.head, request.peer, m_options.trustedProxies);
    return m_router(forwarded);
}

void Listener::onNewConnection()
{
    while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (m_doors.size() >= m_options.maxPendingHeads) {
            // A crowd comes in one turn of the loop: its requests are there, and nobody looked yet.
            Door *const oldest = m_doors.first();
            oldest->readNow();
            if (!m_doors.isEmpty() && m_doors.first() == oldest) {
                oldest->drop();
            }
        }
        auto *const door = new Door(m_house, socket, this);
        m_doors.append(door);
        connect(door, &Door::gone, this, [this, door] { m_doors.removeOne(door); });
    }
}

Listener::Upgrading Listener::takeUpgrading(const QWebSocket &socket)
{
    Upgrading found;
    m_upgrading.removeIf([&](const Upgrading &upgrading) {
        if (!upgrading.socket) {
            return true;
        }
        const bool isIt = upgrading.socket->peerPort() == socket.peerPort() &&
                          upgrading.socket->peerAddress() == socket.peerAddress();
        if (isIt) {
            found = upgrading;
        }
        return isIt;
    });
    return found;
}

void Listener::onUpgraded()
{
    while (QWebSocket *const socket = m_upgrader->nextPendingConnection()) {
        std::unique_ptr<QWebSocket> owned(socket);
        const Upgrading upgrading = takeUpgrading(*socket);
        if (!upgrading.socket) {
            continue;
        }
        upgrading.upgrade.enter(new WebSocketChannel(
            std::move(owned), upgrading.socket, m_options.channel, nullptr, ChannelEnd::Accepting));
    }
}

} // namespace cowrite::net
