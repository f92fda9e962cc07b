#pragma once

#include "libsync/base/limits.h"
#include "libsync/base/rng.h"

#include <chrono>

namespace cowrite::net {

/// How long to wait before the next attempt: exponential with full jitter, so that a crowd that
/// lost its server at one moment does not come back at one moment.
class Backoff {
public:
    /// `rng` must outlive this object.
    explicit Backoff(Rng &rng, std::chrono::milliseconds smallest = limits::kReconnectMinDelay,
                     std::chrono::milliseconds largest = limits::kReconnectMaxDelay);

    /// Uniform in [ceiling / 2^6, ceiling], where the ceiling doubles with each call.
    std::chrono::milliseconds next();
    /// The next delay is drawn from the smallest ceiling again.
    void reset() { m_ceiling = m_smallest; }
    /// The upper bound of what next() will return.
    [[nodiscard]] std::chrono::milliseconds ceiling() const { return m_ceiling; }

private:
    Rng &m_rng;
    std::chrono::milliseconds m_smallest;
    std::chrono::milliseconds m_largest;
    std::chrono::milliseconds m_ceiling;
};

} // namespace cowrite::net
