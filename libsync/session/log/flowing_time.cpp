#include "libsync/session/log/flowing_time.h"

namespace cowrite::session {

FlowingTime::FlowingTime(const Clock &clock, TimeAsleep timeAsleep)
    : m_clock(clock),
      m_timeAsleep(std::move(timeAsleep)),
      m_startWall(clock.wallNow()),
      m_startSteady(clock.steadyNow()),
      m_startAsleep(m_timeAsleep())
{}

std::chrono::sys_seconds FlowingTime::now() const
{
    const auto passed = (m_clock.steadyNow() - m_startSteady) + (m_timeAsleep() - m_startAsleep);
    return std::chrono::floor<std::chrono::seconds>(m_startWall) +
           std::chrono::floor<std::chrono::seconds>(passed);
}

} // namespace cowrite::session
