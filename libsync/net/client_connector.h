#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/net/address.h"
#include "libsync/net/backoff.h"
#include "libsync/net/web_socket_channel.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace cowrite::net {

class ConnectionAttempt;

struct ConnectorOptions {
    std::chrono::milliseconds smallestDelay = limits::kReconnectMinDelay;
    std::chrono::milliseconds largestDelay = limits::kReconnectMaxDelay;
    std::chrono::milliseconds healthyAfter = limits::kReconnectHealthy;
    std::chrono::milliseconds connectDeadline{10'000};
    ChannelLimits channel;
};

/// Keeps one connection to a server, as long as it is wanted: connects, and after a loss connects
/// again with growing delays. Gives up only when the server says so.
class ClientConnector : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle,       ///< not wanted
        Connecting, ///< on the way
        Open,
        Waiting, ///< for the next attempt
        Refused, ///< the server said no for good; connectNow() asks again
    };

    /// @param isFinal whether a close code means that coming back is not wanted.
    /// `clock` and `rng` outlive this object.
    ClientConnector(const Clock &clock, Rng &rng, std::function<bool(int code)> isFinal,
                    ConnectorOptions options = {}, QObject *parent = nullptr);
    ~ClientConnector() override;

    /// Connects to `address` from now on, instead of to what was before.
    void start(const RoomAddress &address);
    /// Tries at once, with the delays starting over. Nothing happens while connected.
    void connectNow();
    /// Tries at once if it waits for its next attempt. A connection that the server must have given
    /// up while this machine `slept` is made anew. See NetworkWatch.
    void onNetworkBack(std::chrono::milliseconds slept);
    /// Says goodbye, and stays away.
    void stop();
    /// Cuts the connection and connects again; for a server that has gone silent.
    void dropAndRetry(const QString &message);
    /// Cuts the connection for good, with a sentence to show.
    void refuse(int code, const QString &message);

    [[nodiscard]] State state() const { return m_state; }
    /// Why it is Waiting or Refused, as a sentence; empty otherwise.
    [[nodiscard]] QString message() const { return m_message; }
    /// Time until the next attempt; nothing unless Waiting.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTrip() const;
    /// Whether the server agreed on `cowrite.v1`.
    [[nodiscard]] bool speaksCowrite() const;
    /// Whether the server said beforehand that it takes no edits.
    [[nodiscard]] bool isReadOnly() const { return m_isReadOnly; }
    /// False unless Open.
    bool send(ByteView message);

Q_SIGNALS:
    /// Open now: send your greeting.
    void opened();
    void received(const QByteArray &message);
    /// The connection that was opened() is gone. state() already says what comes next.
    void closed();
    /// state(), its message, or the round trip changed.
    void stateChanged();

private:
    void connectToServer();
    void onConnected();
    void onFailed(const QString &message, bool isFinal);
    void onChannelClosed(int code, const QString &reason);
    void dropChannel();
    void leave(int code);
    void wait(const QString &message);
    void setState(State state, const QString &message = {});

    const Clock &m_clock;
    std::function<bool(int)> m_isFinal;
    ConnectorOptions m_options;
    Backoff m_backoff;
    RoomAddress m_address;
    State m_state = State::Idle;
    QString m_message;
    bool m_isReadOnly = false;
    bool m_wasOpen = false; ///< At this address, since start().
    QTimer m_retryTimer;
    std::unique_ptr<ConnectionAttempt> m_attempt;
    std::unique_ptr<WebSocketChannel> m_channel;
    std::chrono::steady_clock::time_point m_openedAt;
    std::chrono::steady_clock::time_point m_retryAt;
};

} // namespace cowrite::net
