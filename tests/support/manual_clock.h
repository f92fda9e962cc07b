#pragma once

#include <chrono>

#include "libsync/base/clock.h"

namespace cowrite {

/// A clock that stands still until a test moves it. Both of its clocks start well after zero.
class ManualClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_steady;
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return m_wall; }

    /// Lets time pass on both clocks; `duration` is not negative.
    void advance(std::chrono::nanoseconds duration)
    {
        m_steady += std::chrono::duration_cast<std::chrono::steady_clock::duration>(duration);
        m_wall += std::chrono::duration_cast<std::chrono::system_clock::duration>(duration);
    }

    /// Sets the wall clock, either way, as a user or a time server may; no time passes.
    void jumpWall(std::chrono::nanoseconds duration)
    {
        m_wall += std::chrono::duration_cast<std::chrono::system_clock::duration>(duration);
    }

private:
    std::chrono::steady_clock::time_point m_steady{std::chrono::hours{1}};
    std::chrono::system_clock::time_point m_wall{
        std::chrono::sys_days{std::chrono::year{2025} / std::chrono::January / 1}};
};

} // namespace cowrite
