#pragma once

#include "libsync/base/clock.h"

#include <chrono>
#include <functional>

namespace cowrite::session {

/// The time of day by which invitations begin and end: that of the start, and from there on as much
/// as has really passed. A wall clock that is put right, or wrong, ends nobody's invitation early
/// and keeps none alive; a machine that slept has slept all the same.
class FlowingTime {
public:
    using TimeAsleep = std::function<std::chrono::nanoseconds()>;

    /// `clock` outlives this object. `timeAsleep`: see net::timeAsleep().
    FlowingTime(const Clock &clock, TimeAsleep timeAsleep);

    [[nodiscard]] std::chrono::sys_seconds now() const;

private:
    const Clock &m_clock;
    TimeAsleep m_timeAsleep;
    std::chrono::system_clock::time_point m_startWall;
    std::chrono::steady_clock::time_point m_startSteady;
    std::chrono::nanoseconds m_startAsleep;
};

} // namespace cowrite::session
