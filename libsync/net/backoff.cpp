#include "libsync/net/backoff.h"

#include <algorithm>

namespace cowrite::net {

Backoff::Backoff(Rng &rng, std::chrono::milliseconds smallest, std::chrono::milliseconds largest)
    : m_rng(rng), m_smallest(smallest), m_largest(largest), m_ceiling(smallest)
{}

std::chrono::milliseconds Backoff::next()
{
    // A floor of 1/64 keeps full jitter from drawing a busy loop.
    const auto ceiling = m_ceiling.count();
    const auto floor = std::max<std::chrono::milliseconds::rep>(ceiling / 64, 1);
    const auto span = static_cast<std::uint64_t>(std::max(ceiling - floor, decltype(floor){0}));
    const auto delay = floor + static_cast<std::chrono::milliseconds::rep>(m_rng.below(span + 1));
    m_ceiling = std::min(m_ceiling * 2, m_largest);
    return std::chrono::milliseconds(delay);
}

} // namespace cowrite::net
