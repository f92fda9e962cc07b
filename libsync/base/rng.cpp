#include "libsync/base/rng.h"

#include "libsync/base/check.h"

namespace cowrite {

std::uint64_t Rng::below(std::uint64_t bound)
{
    COWRITE_CHECK(bound > 0);
    // Numbers under 2^64 mod bound would make the small results more likely; draw again for those.
    const std::uint64_t rejected = (0 - bound) % bound;
    std::uint64_t drawn = next();
    while (drawn < rejected) {
        drawn = next();
    }
    return drawn % bound;
}

std::uint64_t SystemRng::next()
{
    static_assert(std::random_device::min() == 0 && std::random_device::max() == 0xffffffff);
    const std::uint64_t high = m_device();
    return high << 32 | m_device();
}

// Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.
std::uint64_t SeededRng::next()
{
    m_state += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

} // namespace cowrite
