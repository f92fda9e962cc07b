#pragma once

#include <chrono>

namespace cowrite {

/// The time, passed in so that tests decide what it is. Deadlines and timeouts use steadyNow();
/// wallNow() is only for what is shown to people or stored, as it may jump either way.
class Clock {
public:
    virtual ~Clock() = default;

    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
    [[nodiscard]] virtual std::chrono::system_clock::time_point wallNow() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override;
};

} // namespace cowrite
