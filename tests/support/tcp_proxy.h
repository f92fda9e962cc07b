#pragma once

#include "libsync/base/rng.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace cowrite {

/// What a bad network does to bytes. TCP never loses any: a lost packet is a stall for its reader.
struct NetworkConditions {
    /// Each way.
    std::chrono::milliseconds delay{0};
    /// Of a hundred packets, so many stall for stallTime and hold up what comes behind them.
    int stallPercent = 0;
    std::chrono::milliseconds stallTime{0};
    /// Each way; 0 for no bound.
    int bytesPerSecond = 0;
};

/// A relay in front of a server on loopback that behaves as badly as a test asks for. Lives in the
/// event loop of its thread; no root, no network namespaces.
class TcpProxy : public QObject {
    Q_OBJECT

public:
    /// Relays to 127.0.0.1:`target`. `rng` decides which packets stall, and outlives the proxy.
    TcpProxy(quint16 target, Rng &rng, QObject *parent = nullptr);
    ~TcpProxy() override;

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// For what is sent from now on.
    void setConditions(const NetworkConditions &conditions) { m_conditions = conditions; }
    /// While frozen nothing passes either way and nobody is told: a partition, or a peer that has
    /// gone without a word. New connections are accepted and hear nothing.
    void setFrozen(bool isFrozen);
    /// Lets every connection go half-open: nothing passes any more, either way and for ever, and
    /// neither end is told. New connections are as good as ever.
    void abandonAll();
    /// Resets every connection.
    void cutAll();
    /// Bytes that were passed on since the last call.
    struct Traffic {
        qint64 toServer = 0;
        qint64 toClient = 0;
    };
    [[nodiscard]] Traffic takeTraffic() { return std::exchange(m_traffic, {}); }
    [[nodiscard]] int connections() const { return static_cast<int>(m_pairs.size()); }

private:
    class Pair;

    QTcpServer m_server;
    quint16 m_target;
    Rng &m_rng;
    NetworkConditions m_conditions;
    bool m_isFrozen = false;
    Traffic m_traffic;
    std::vector<std::unique_ptr<Pair>> m_pairs;
};

} // namespace cowrite
