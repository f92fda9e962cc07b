#include "libsync/net/listener.h"

#include "libsync/net/origin_check.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

namespace cowrite::net {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Error";
    }
}

QByteArray toBytes(const HttpReply &reply, bool withBody)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' +
                      reasonPhrase(reply.status) + "\r\nContent-Type: " + reply.contentType +
                      "\r\nContent-Length: " + QByteArray::number(reply.body.size()) +
                      "\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n";
    if (reply.status == 426) {
        head += "Upgrade: websocket\r\n";
    }
    return head + "\r\n" + (withBody ? reply.body : QByteArray());
}

HttpReply refusal(int status, const std::string &sentence)
{
    return {status, QByteArray::fromStdString(sentence) + '\n'};
}

} // namespace

/// A connection that has not shown its whole request yet.
class Listener::Door : public QObject {
public:
    Door(Listener &listener, QTcpSocket *socket)
        : QObject(&listener), m_listener(listener), m_socket(socket)
    {
        m_socket->setParent(this);
        // What lies beyond a head must wait in the kernel, whoever sends it.
        m_socket->setReadBufferSize(static_cast<qint64>(kMaxRequestHeadBytes) * 2);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, &Door::drop);
        connect(m_socket, &QTcpSocket::readyRead, this, &Door::onReadyRead);
        connect(m_socket, &QTcpSocket::disconnected, this, &Door::drop);
        m_deadline.start(m_listener.m_options.handshakeDeadline);
        m_listener.m_doors.append(this);
        if (m_socket->bytesAvailable() > 0) {
            onReadyRead();
        }
    }

    ~Door() override { m_listener.m_doors.removeOne(this); }

    void drop()
    {
        m_listener.m_doors.removeOne(this);
        if (m_socket) {
            m_socket->disconnect(this);
            m_socket->abort();
        }
        deleteLater();
    }

private:
    void onReadyRead()
    {
        if (m_isAnswered) {
            m_socket->skip(m_socket->bytesAvailable());
            return;
        }
        const auto head =
            parseRequestHead(m_socket->peek(static_cast<qint64>(kMaxRequestHeadBytes) + 4));
        if (!head) {
            return;
        }
        if (!head->has_value()) {
            const Error &error = head->error();
            answer(refusal(error.code == ErrorCode::LimitExceeded ? 431 : 400, error.message),
                   true);
            return;
        }
        const Verdict verdict = m_listener.judge(**head);
        if (const auto *reply = std::get_if<HttpReply>(&verdict)) {
            answer(*reply, (*head)->method != "HEAD");
            return;
        }
        QTcpSocket *const socket = m_socket;
        m_socket = nullptr;
        socket->disconnect(this);
        socket->setParent(nullptr);
        socket->setReadBufferSize(0);
        m_listener.m_doors.removeOne(this);
        deleteLater();
        m_listener.m_transports.append(socket);
        m_listener.m_upgrader->handleConnection(socket);
    }

    void answer(const HttpReply &reply, bool withBody)
    {
        m_isAnswered = true;
        m_socket->skip(m_socket->bytesAvailable());
        m_socket->write(toBytes(reply, withBody));
        // Ends when the last byte has left, or with the deadline.
        m_socket->disconnectFromHost();
    }

    Listener &m_listener;
    QTcpSocket *m_socket;
    QTimer m_deadline;
    bool m_isAnswered = false;
};

Listener::Listener(Router router, ListenerOptions options, QObject *parent)
    : QObject(parent),
      m_router(std::move(router)),
      m_options(options),
      m_upgrader(
          std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode, nullptr))
{
    m_upgrader->setSupportedSubprotocols({QLatin1String(kCowriteProtocol)});
    m_upgrader->setHandshakeTimeout(m_options.handshakeDeadline);
    connect(m_upgrader.get(), &QWebSocketServer::newConnection, this, &Listener::onUpgraded);
    connect(&m_server, &QTcpServer::newConnection, this, &Listener::onNewConnection);
    m_server.setListenBacklogSize(511);
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

void Listener::close()
{
    m_server.close();
    const QList<Door *> doors = m_doors;
    for (Door *door : doors) {
        door->drop();
    }
}

Verdict Listener::judge(const RequestHead &head) const
{
    if (head.method != "GET" && head.method != "HEAD") {
        return refusal(405, "Only GET is understood here.");
    }
    if (const auto allowed = checkOrigin(head, m_server.serverAddress()); !allowed) {
        return refusal(403, allowed.error().message);
    }
    Verdict verdict = m_router(head);
    if (std::holds_alternative<Upgrade>(verdict) &&
        (!head.wantsWebSocket() || head.method != "GET")) {
        return refusal(426, "This is the address of a shared document. Open it with Cowrite.");
    }
    return verdict;
}

void Listener::onNewConnection()
{
    while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (m_doors.size() >= m_options.maxPendingHeads) {
            m_doors.first()->drop();
        }
        new Door(*this, socket);
    }
}

QTcpSocket *Listener::takeTransport(const QWebSocket &socket)
{
    QTcpSocket *found = nullptr;
    m_transports.removeIf([&](const QPointer<QTcpSocket> &transport) {
        if (!transport) {
            return true;
        }
        const bool isIt = transport->peerPort() == socket.peerPort() &&
                          transport->peerAddress() == socket.peerAddress();
        found = isIt ? transport.data() : found;
        return isIt;
    });
    return found;
}

void Listener::onUpgraded()
{
    while (QWebSocket *const socket = m_upgrader->nextPendingConnection()) {
        auto *const channel = new WebSocketChannel(std::unique_ptr<QWebSocket>(socket),
                                                   takeTransport(*socket), m_options.channel, this);
        Q_EMIT channelOpened(channel);
    }
}

} // namespace cowrite::net
