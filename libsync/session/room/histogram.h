#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace cowrite::session {

/// How long something took, counted in fixed steps, as Prometheus has it.
class Histogram {
public:
    /// Upper bounds in seconds; what is longer than the last is only in count().
    static constexpr std::array<double, 12> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                    0.1,   0.25,   0.5,   1,    2.5,   10};

    void observe(std::chrono::nanoseconds duration)
    {
        const double seconds = std::chrono::duration<double>(duration).count();
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            if (seconds <= kBounds[i]) {
                ++m_counts[i];
                break;
            }
        }
        ++m_count;
        m_seconds += seconds;
    }
    Histogram &operator+=(const Histogram &other)
    {
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            m_counts[i] += other.m_counts[i];
        }
        m_count += other.m_count;
        m_seconds += other.m_seconds;
        return *this;
    }

    /// Up to kBounds[step], and longer than the bound before.
    [[nodiscard]] std::uint64_t countIn(std::size_t step) const { return m_counts[step]; }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] double seconds() const { return m_seconds; }
    /// The bound below which this share of all lies, 0 to 1; 0 if there are none, the last bound
    /// for what lies beyond it.
    [[nodiscard]] double quantile(double share) const
    {
        if (m_count == 0) {
            return 0;
        }
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            below += m_counts[i];
            if (static_cast<double>(below) >= share * static_cast<double>(m_count)) {
                return kBounds[i];
            }
        }
        return kBounds.back();
    }

private:
    std::array<std::uint64_t, kBounds.size()> m_counts{};
    std::uint64_t m_count = 0;
    double m_seconds = 0;
};

} // namespace cowrite::session
