#include "libsync/net/message_allowance.h"

#include <algorithm>

namespace cowrite::net {

MessageAllowance::MessageAllowance(const Clock &clock, std::optional<MessageLimits> limits)
    : m_clock(clock), m_limits(limits)
{}

void MessageAllowance::setLimits(std::optional<MessageLimits> limits)
{
    const std::lock_guard lock(m_mutex);
    if (m_limits != limits) {
        m_limits = limits;
        m_slots.fill({});
        m_sum = {};
    }
}

std::optional<std::chrono::milliseconds> MessageAllowance::take(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    if (!m_limits) {
        return std::nullopt;
    }
    const std::chrono::nanoseconds now = m_clock.steadyNow().time_since_epoch();
    const std::int64_t slot = now / slotLength();
    advance(slot);
    if (m_sum.messages < m_limits->messages && m_sum.bytes < m_limits->bytes) {
        for (Amount *amount : {&m_sum, &at(slot)}) {
            ++amount->messages;
            amount->bytes += bytes;
        }
        return std::nullopt;
    }
    std::int64_t oldest = slot - kSlots + 1;
    while (oldest < slot && at(oldest).messages == 0) {
        ++oldest;
    }
    const auto wait = (oldest + kSlots) * slotLength() - now;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(wait),
                    std::chrono::milliseconds(1));
}

bool MessageAllowance::bears(std::size_t messages, std::size_t bytes) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_limits || messages <= 1) {
        return true;
    }
    const double windows = std::chrono::duration<double>(m_limits->patience) /
                           std::chrono::duration<double>(m_limits->window);
    return static_cast<double>(messages) <= windows * m_limits->messages &&
           static_cast<double>(bytes) <= windows * static_cast<double>(m_limits->bytes);
}

std::chrono::nanoseconds MessageAllowance::slotLength() const
{
    return std::chrono::nanoseconds(m_limits->window) / kSlots;
}

MessageAllowance::Amount &MessageAllowance::at(std::int64_t slot)
{
    return m_slots[static_cast<std::size_t>(slot % kSlots)];
}

/// Forgets what is older than a window.
void MessageAllowance::advance(std::int64_t slot)
{
    for (std::int64_t next = std::max(m_newest + 1, slot - kSlots + 1); next <= slot; ++next) {
        Amount &passed = at(next);
        m_sum.messages -= passed.messages;
        m_sum.bytes -= passed.bytes;
        passed = {};
    }
    m_newest = std::max(m_newest, slot);
}

} // namespace cowrite::net
