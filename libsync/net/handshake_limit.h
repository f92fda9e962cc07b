#pragma once

#include "libsync/base/clock.h"

#include <QHash>
#include <QHostAddress>

#include <chrono>
#include <deque>
#include <optional>

namespace cowrite::net {

/// What counts as one address: of an IPv6 address its network of 64 bits, which one person has for
/// their own.
[[nodiscard]] QHostAddress countedAs(const QHostAddress &peer);

/// Who may knock, and how often.
struct HandshakeLimits {
    enum class Loopback {
        Exempt, ///< programs of one machine are one address
        Counted,
    };

    int perMinute = 10; ///< reliability.md, "Access"
    Loopback loopback = Loopback::Exempt;
};

/// Counts the handshakes of each address (countedAs) in the last minute.
class HandshakeLimit {
public:
    /// `clock` outlives this object.
    explicit HandshakeLimit(const Clock &clock, HandshakeLimits limits = {});

    void setLimits(HandshakeLimits limits) { m_limits = limits; }
    /// Notes a handshake. Nothing if it is within the limit; else the time after which another is.
    /// Refused ones do not count: who waits gets in.
    [[nodiscard]] std::optional<std::chrono::seconds> take(const QHostAddress &peer);
    /// How many addresses are remembered.
    [[nodiscard]] int size() const { return static_cast<int>(m_times.size()); }

private:
    using Time = std::chrono::steady_clock::time_point;

    void forgetBefore(Time time);

    const Clock &m_clock;
    HandshakeLimits m_limits;
    QHash<QHostAddress, std::deque<Time>> m_times;
    Time m_nextSweep;
};

} // namespace cowrite::net
