#pragma once

#include <cstdint>
#include <random>

namespace cowrite {

/// A source of random numbers, passed in so that tests can repeat a run.
class Rng {
public:
    virtual ~Rng() = default;

    /// 64 uniformly distributed bits.
    virtual std::uint64_t next() = 0;

    /// A uniformly distributed number in [0, bound), without modulo bias. `bound` is at least 1.
    std::uint64_t below(std::uint64_t bound);
};

/// The operating system's random source, good enough for client ids and tokens.
class SystemRng final : public Rng {
public:
    std::uint64_t next() override;

private:
    std::random_device m_device;
};

/// SplitMix64: the same seed gives the same numbers on every machine. Not for secrets.
class SeededRng final : public Rng {
public:
    explicit SeededRng(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() override;

private:
    std::uint64_t m_state;
};

} // namespace cowrite
