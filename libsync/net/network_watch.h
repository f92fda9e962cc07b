#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace cowrite::net {

/// How long this machine has slept since it was started: what CLOCK_BOOTTIME counts and
/// CLOCK_MONOTONIC does not.
[[nodiscard]] std::chrono::nanoseconds timeAsleep();

/// Notices that servers may be reached again: the network came back, where the system tells of
/// that; or the machine woke, within two seconds of that. Timers do not go on while it sleeps, so
/// nobody else would notice.
class NetworkWatch : public QObject {
    Q_OBJECT

public:
    using TimeAsleep = std::function<std::chrono::nanoseconds()>;

    explicit NetworkWatch(TimeAsleep timeAsleep = net::timeAsleep, QObject *parent = nullptr);

Q_SIGNALS:
    /// `slept`: how long the machine was asleep; zero for a network that came back.
    void networkBack(std::chrono::milliseconds slept);

private:
    void look();
    void watchReachability();

    TimeAsleep m_timeAsleep;
    std::chrono::nanoseconds m_before;
    QTimer m_timer;
};

} // namespace cowrite::net
