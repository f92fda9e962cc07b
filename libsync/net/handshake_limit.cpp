#include "libsync/net/handshake_limit.h"

namespace cowrite::net {

namespace {

constexpr std::chrono::seconds kWindow{60};
constexpr int kNetworkBytes = 8;

} // namespace

QHostAddress countedAs(const QHostAddress &peer)
{
    bool isV4 = false;
    const quint32 v4 = peer.toIPv4Address(&isV4);
    if (isV4) {
        return QHostAddress(v4);
    }
    Q_IPV6ADDR bytes = peer.toIPv6Address();
    for (int i = kNetworkBytes; i < 16; ++i) {
        bytes[i] = 0;
    }
    return QHostAddress(bytes);
}

HandshakeLimit::HandshakeLimit(const Clock &clock, HandshakeLimits limits)
    : m_clock(clock), m_limits(limits), m_nextSweep(clock.steadyNow() + kWindow)
{}

std::optional<std::chrono::seconds> HandshakeLimit::take(const QHostAddress &peer)
{
    if (peer.isLoopback() && m_limits.loopback == HandshakeLimits::Loopback::Exempt) {
        return std::nullopt;
    }
    const Time now = m_clock.steadyNow();
    if (now >= m_nextSweep) {
        forgetBefore(now - kWindow);
        m_nextSweep = now + kWindow;
    }
    std::deque<Time> &times = m_times[countedAs(peer)];
    while (!times.empty() && times.front() <= now - kWindow) {
        times.pop_front();
    }
    if (static_cast<int>(times.size()) < m_limits.perMinute) {
        times.push_back(now);
        return std::nullopt;
    }
    const auto first = times.empty() ? now : times.front();
    return std::chrono::ceil<std::chrono::seconds>(first + kWindow - now);
}

void HandshakeLimit::forgetBefore(Time time)
{
    m_times.removeIf([time](QHash<QHostAddress, std::deque<Time>>::iterator entry) {
        return entry->empty() || entry->back() <= time;
    });
}

} // namespace cowrite::net
