#include "libsync/net/network_watch.h"

#include <QNetworkInformation>

#include <utility>

#include <time.h>

namespace cowrite::net {

namespace {

constexpr std::chrono::seconds kInterval{2};
/// The two clocks are not read at the same moment.
constexpr std::chrono::seconds kShortestSleep{1};

std::chrono::nanoseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

std::chrono::nanoseconds timeAsleep()
{
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
}

NetworkWatch::NetworkWatch(TimeAsleep timeAsleep, QObject *parent)
    : QObject(parent), m_timeAsleep(std::move(timeAsleep)), m_before(m_timeAsleep())
{
    connect(&m_timer, &QTimer::timeout, this, &NetworkWatch::look);
    m_timer.start(kInterval);
    watchReachability();
}

void NetworkWatch::watchReachability()
{
    using Reachability = QNetworkInformation::Reachability;
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) {
        return;
    }
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](Reachability reachability) {
                if (reachability != Reachability::Disconnected) {
                    Q_EMIT networkBack({});
                }
            });
}

void NetworkWatch::look()
{
    const std::chrono::nanoseconds now = m_timeAsleep();
    const auto slept =
        std::chrono::duration_cast<std::chrono::milliseconds>(now - std::exchange(m_before, now));
    if (slept >= kShortestSleep) {
        Q_EMIT networkBack(slept);
    }
}

} // namespace cowrite::net
