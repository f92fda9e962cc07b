#pragma once

#include "libsync/base/clock.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>

namespace cowrite::net {

/// How much one user may say. Above what people do by hand: a key that is held down is some sixty
/// messages a second, a change and the caret after it (reliability.md, "Access").
struct MessageLimits {
    std::chrono::milliseconds window{10'000};
    /// In each window, wherever it begins.
    int messages = 1'000;
    std::size_t bytes = std::size_t{2'560} << 10;
    /// What has come already is worked off within this, or it is a flood.
    std::chrono::milliseconds patience{10'000};

    friend bool operator==(const MessageLimits &, const MessageLimits &) = default;
};

/// What one user may still say, over all of their connections: a sliding window. Thread-safe.
class MessageAllowance {
public:
    /// Without limits everything goes. `clock` outlives this object.
    MessageAllowance(const Clock &clock, std::optional<MessageLimits> limits);

    void setLimits(std::optional<MessageLimits> limits);
    /// Notes a message of so many bytes. Nothing if it may be handled now; else it was not noted,
    /// and may come again after this time. One message may go beyond the bytes of a window, as it
    /// cannot be taken in parts.
    [[nodiscard]] std::optional<std::chrono::milliseconds> take(std::size_t bytes);
    /// Whether so much can be worked off within the patience. One message always can.
    [[nodiscard]] bool bears(std::size_t messages, std::size_t bytes) const;

private:
    struct Amount {
        int messages = 0;
        std::size_t bytes = 0;
    };
    static constexpr std::int64_t kSlots = 20;

    [[nodiscard]] std::chrono::nanoseconds slotLength() const;
    [[nodiscard]] Amount &at(std::int64_t slot);
    void advance(std::int64_t slot);

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    std::optional<MessageLimits> m_limits;
    std::array<Amount, kSlots> m_slots{};
    Amount m_sum;
    std::int64_t m_newest = 0;
};

} // namespace cowrite::net
