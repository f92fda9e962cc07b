#pragma once

#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/net/request_head.h"
#include "libsync/net/web_socket_channel.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTcpServer>

#include <chrono>
#include <functional>
#include <memory>
#include <variant>

class QTcpSocket;
class QWebSocket;
class QWebSocketServer;

namespace cowrite::net {

/// The sub-protocol of peers that understand acknowledgements (architecture.md, "Durability").
inline constexpr char kCowriteProtocol[] = "cowrite.v1";

/// An answer without an upgrade. The connection is closed after it.
struct HttpReply {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "text/plain; charset=utf-8";
};

/// Go on as a WebSocket.
struct Upgrade {};

/// What becomes of a request, decided from its head alone.
using Verdict = std::variant<HttpReply, Upgrade>;

struct ListenerOptions {
    std::chrono::milliseconds handshakeDeadline = limits::kHandshakeDeadline;
    /// Requests that have not shown their whole head; beyond it the oldest goes.
    int maxPendingHeads = 2048;
    ChannelLimits channel;
};

/// The one port of a server. Reads the head of each request, with a deadline, checks method, host
/// and origin, and asks the router; only what the router lets through becomes a WebSocket.
class Listener : public QObject {
    Q_OBJECT

public:
    /// Decides about a request whose method, host and origin are in order.
    using Router = std::function<Verdict(const RequestHead &head)>;

    explicit Listener(Router router, ListenerOptions options = {}, QObject *parent = nullptr);
    ~Listener() override;

    /// Port 0 picks one. Errors, each a sentence: Busy for a port in use, Denied for one that needs
    /// rights, Network.
    Result<void> listen(const QHostAddress &address, quint16 port);
    /// Accepts nobody any more; open channels stay.
    void close();
    [[nodiscard]] bool isListening() const { return m_server.isListening(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QHostAddress address() const { return m_server.serverAddress(); }

Q_SIGNALS:
    /// Somebody came in; the receiver (there is one) takes the channel over at once.
    void channelOpened(cowrite::net::WebSocketChannel *channel);

private:
    class Door;

    void onNewConnection();
    void onUpgraded();
    QTcpSocket *takeTransport(const QWebSocket &socket);
    [[nodiscard]] Verdict judge(const RequestHead &head) const;

    Router m_router;
    ListenerOptions m_options;
    QTcpServer m_server;
    std::unique_ptr<QWebSocketServer> m_upgrader;
    QList<Door *> m_doors;
    /// Handed over for the upgrade; a web socket does not tell what it runs on.
    QList<QPointer<QTcpSocket>> m_transports;
};

} // namespace cowrite::net
