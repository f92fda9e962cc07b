#include "tests/support/tcp_proxy.h"

#include <QHostAddress>

#include <algorithm>

namespace cowrite {

namespace {

/// Bytes on their way, and when they arrive.
struct Packet {
    QByteArray bytes;
    std::chrono::steady_clock::time_point arrival;
};

constexpr qint64 kPacketBytes = 1460;

} // namespace

/// One connection through the proxy: two sockets and what is between them.
class TcpProxy::Pair : public QObject {
public:
    Pair(TcpProxy &proxy, QTcpSocket *client) : m_proxy(proxy)
    {
        m_client.socket.reset(client);
        client->setParent(nullptr);
        m_server.socket = std::make_unique<QTcpSocket>();
        m_server.socket->connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.m_target);
        m_client.peer = &m_server;
        m_server.peer = &m_client;
        for (Side *side : {&m_client, &m_server}) {
            side->timer.setSingleShot(true);
            side->timer.setTimerType(Qt::PreciseTimer);
            connect(side->socket.get(), &QTcpSocket::readyRead, this,
                    [this, side] { read(*side); });
            connect(side->socket.get(), &QTcpSocket::disconnected, this, [this, side] {
                side->hasEnded = true;
                pump(*side);
            });
            connect(side->socket.get(), &QTcpSocket::errorOccurred, this, [this, side] {
                side->hasEnded = true;
                pump(*side);
            });
            connect(&side->timer, &QTimer::timeout, this, [this, side] { pump(*side); });
        }
    }

    void abandon() { m_isAbandoned = true; }

    void resume()
    {
        read(m_client);
        read(m_server);
    }

    void cut()
    {
        for (Side *side : {&m_client, &m_server}) {
            side->socket->disconnect(this);
            side->timer.stop();
            side->socket->abort();
        }
    }

private:
    /// One end, with what came from it and is on its way to the other.
    struct Side {
        std::unique_ptr<QTcpSocket> socket;
        Side *peer = nullptr;
        std::deque<Packet> underWay;
        std::chrono::steady_clock::time_point lastArrival{};
        QTimer timer;
        bool hasEnded = false;
    };

    void read(Side &side)
    {
        if (m_proxy.m_isFrozen || m_isAbandoned) {
            return;
        }
        const NetworkConditions &conditions = m_proxy.m_conditions;
        const auto now = std::chrono::steady_clock::now();
        while (side.socket->bytesAvailable() > 0) {
            const QByteArray bytes = side.socket->read(kPacketBytes);
            auto arrival = std::max(now + conditions.delay, side.lastArrival);
            if (conditions.stallPercent > 0 &&
                m_proxy.m_rng.below(100) < static_cast<std::uint64_t>(conditions.stallPercent)) {
                arrival += conditions.stallTime;
            }
            if (conditions.bytesPerSecond > 0) {
                arrival +=
                    std::chrono::microseconds(bytes.size() * 1'000'000 / conditions.bytesPerSecond);
            }
            side.lastArrival = arrival;
            side.underWay.push_back({bytes, arrival});
        }
        pump(side);
    }

    void pump(Side &side)
    {
        if (m_proxy.m_isFrozen || m_isAbandoned) {
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        while (!side.underWay.empty() && side.underWay.front().arrival <= now) {
            const QByteArray &bytes = side.underWay.front().bytes;
            (&side == &m_client ? m_proxy.m_traffic.toServer : m_proxy.m_traffic.toClient) +=
                bytes.size();
            side.peer->socket->write(bytes);
            side.underWay.pop_front();
        }
        if (!side.underWay.empty()) {
            const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(
                side.underWay.front().arrival - now);
            side.timer.start(wait + std::chrono::milliseconds(1));
        } else if (side.hasEnded) {
            side.peer->socket->disconnectFromHost();
        }
    }

    TcpProxy &m_proxy;
    Side m_client;
    Side m_server;
    bool m_isAbandoned = false;
};

TcpProxy::TcpProxy(quint16 target, Rng &rng, QObject *parent)
    : QObject(parent), m_target(target), m_rng(rng)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const client = m_server.nextPendingConnection()) {
            m_pairs.push_back(std::make_unique<Pair>(*this, client));
        }
    });
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), 0)) {
        qFatal("the proxy cannot listen");
    }
}

TcpProxy::~TcpProxy()
{
    cutAll();
}

void TcpProxy::setFrozen(bool isFrozen)
{
    m_isFrozen = isFrozen;
    if (!isFrozen) {
        for (const auto &pair : m_pairs) {
            pair->resume();
        }
    }
}

void TcpProxy::abandonAll()
{
    for (const auto &pair : m_pairs) {
        pair->abandon();
    }
}

void TcpProxy::cutAll()
{
    for (const auto &pair : m_pairs) {
        pair->cut();
    }
    m_pairs.clear();
}

} // namespace cowrite
