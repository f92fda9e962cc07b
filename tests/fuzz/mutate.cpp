#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cowrite::fuzz {

namespace {

/// Ends, continuations and extremes of variable-length integers, and the first tags of `any`.
constexpr std::array<std::uint8_t, 12> kSpecial{0x00, 0x01, 0x3f, 0x40, 0x7f, 0x80,
                                                0xbf, 0xc0, 0xfe, 0xff, 0x74, 0x76};
constexpr std::uint64_t kMaxPiece = 16;
constexpr std::uint64_t kMaxSteps = 6;

struct Piece {
    std::ptrdiff_t begin;
    std::ptrdiff_t end;
};

Piece randomPiece(const Bytes &bytes, Rng &rng)
{
    const std::uint64_t begin = rng.below(bytes.size());
    const std::uint64_t length = 1 + rng.below(std::min(kMaxPiece, bytes.size() - begin));
    return {static_cast<std::ptrdiff_t>(begin), static_cast<std::ptrdiff_t>(begin + length)};
}

void damage(Bytes &bytes, const std::vector<Bytes> &seeds, Rng &rng)
{
    const auto at = static_cast<std::ptrdiff_t>(rng.below(bytes.size()));
    const Piece piece = randomPiece(bytes, rng);
    switch (rng.below(7)) {
    case 0:
        bytes[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << rng.below(8));
        break;
    case 1:
        bytes[static_cast<std::size_t>(at)] = kSpecial.at(rng.below(kSpecial.size()));
        break;
    case 2:
        bytes.insert(bytes.begin() + at, kSpecial.at(rng.below(kSpecial.size())));
        break;
    case 3:
        bytes.erase(bytes.begin() + piece.begin, bytes.begin() + piece.end);
        break;
    case 4: {
        const Bytes copy(bytes.begin() + piece.begin, bytes.begin() + piece.end);
        bytes.insert(bytes.begin() + at, copy.begin(), copy.end());
        break;
    }
    case 5:
        bytes.resize(static_cast<std::size_t>(at));
        break;
    default: {
        const Bytes &other = seeds[rng.below(seeds.size())];
        if (!other.empty()) {
            const Piece taken = randomPiece(other, rng);
            bytes.insert(bytes.begin() + at, other.begin() + taken.begin,
                         other.begin() + taken.end);
        }
        break;
    }
    }
}

} // namespace

Bytes mutate(const std::vector<Bytes> &seeds, Rng &rng)
{
    Bytes bytes = seeds[rng.below(seeds.size())];
    const std::uint64_t steps = 1 + rng.below(kMaxSteps);
    for (std::uint64_t step = 0; step < steps && !bytes.empty(); ++step) {
        damage(bytes, seeds, rng);
    }
    return bytes;
}

} // namespace cowrite::fuzz
