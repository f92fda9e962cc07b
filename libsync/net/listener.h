#pragma once

#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/net/certificate.h"
#include "libsync/net/door.h"
#include "libsync/net/event_stream.h"
#include "libsync/net/forwarded.h"
#include "libsync/net/origin_check.h"
#include "libsync/net/verdict.h"
#include "libsync/net/web_socket_channel.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QString>
#include <QTcpServer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QTcpSocket;
class QWebSocket;
class QWebSocketServer;

namespace cowrite::net {

/// Who may come without encryption when there is a certificate.
enum class PlainPeers {
    OnThisMachine, ///< nothing leaves it that could be read on the way
    Everybody,     ///< chosen explicitly
};

struct ListenerOptions {
    std::chrono::milliseconds handshakeDeadline = limits::kHandshakeDeadline;
    /// Requests that have not shown their whole head; beyond it the oldest goes.
    int maxPendingHeads = 2048;
    /// For an answer to be known, and for each part of it to be read.
    std::chrono::milliseconds answerDeadline{30'000};
    TrustedNames trusted;
    QList<Network> trustedProxies;
    ChannelLimits channel;
    EventStreamLimits events;
};

/// The one port of a server, for HTTP, event streams and WebSockets. Reads the head of each
/// request, with a deadline, checks method, host and origin, and asks the router; only what the
/// router lets through becomes a WebSocket or a stream.
class Listener : public QObject {
    Q_OBJECT

public:
    /// Decides about a request whose host and origin are in order, and whose method is GET, HEAD
    /// or POST.
    using Router = std::function<Verdict(const Request &request)>;

    explicit Listener(Router router, ListenerOptions options = {}, QObject *parent = nullptr);
    ~Listener() override;

    /// Port 0 picks one. Errors, each a sentence: Busy for a port in use, Denied for one that needs
    /// rights, Network.
    Result<void> listen(const QHostAddress &address, quint16 port);
    /// From now on who comes may, and unless PlainPeers lets them must, come encrypted: both are
    /// understood on the one port. Open connections keep what they have. Error Malformed for what
    /// is no certificate with its key.
    Result<void> setCertificate(const Certificate &certificate);
    /// OnThisMachine, unless told otherwise.
    void setPlainPeers(PlainPeers peers) { m_plainPeers = peers; }
    [[nodiscard]] bool isEncrypting() const { return m_tls.has_value(); }
    /// For requests that come from now on.
    void setTrustedNames(TrustedNames names) { m_options.trusted = std::move(names); }
    /// Who is believed when they say for whom they ask; see senderOf().
    void setTrustedProxies(QList<Network> proxies)
    {
        m_options.trustedProxies = std::move(proxies);
    }
    /// Accepts nobody any more; open channels stay.
    void close();
    [[nodiscard]] bool isListening() const { return m_server.isListening(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QHostAddress address() const { return m_server.serverAddress(); }

private:
    /// Sockets that can change to encryption when they are to.
    class Port : public QTcpServer {
    public:
        explicit Port(const std::optional<QSslConfiguration> &tls) : m_tls(tls) {}

    protected:
        void incomingConnection(qintptr descriptor) override;

    private:
        const std::optional<QSslConfiguration> &m_tls;
    };

    /// On its way to be a web socket, which does not tell what it runs on.
    struct Upgrading {
        QPointer<QTcpSocket> socket;
        Upgrade upgrade;
    };

    void onNewConnection();
    void onUpgraded();
    [[nodiscard]] Upgrading takeUpgrading(const QWebSocket &socket);
    [[nodiscard]] Verdict judge(const Request &request) const;

    Router m_router;
    ListenerOptions m_options;
    PlainPeers m_plainPeers = PlainPeers::OnThisMachine;
    std::optional<QSslConfiguration> m_tls;
    Port m_server;
    std::unique_ptr<QWebSocketServer> m_upgrader;
    Door::House m_house;
    QList<Door *> m_doors; ///< Oldest first.
    QList<Upgrading> m_upgrading;
};

} // namespace cowrite::net
