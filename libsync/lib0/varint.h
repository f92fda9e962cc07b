#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// lib0's variable-length integers (yjs-compat.md 1.1): groups of seven bits, lowest first, each
/// but the last with its highest bit set. They are put together and taken apart in a register, so
/// that no branch depends on how many there are: that cannot be predicted.
namespace cowrite::lib0::varint {

/// The most bytes that putVarUint() touches: ten groups hold 64 bits.
inline constexpr std::size_t kMaxBytes = 10;

/// Bytes that are read and written at once.
inline constexpr std::size_t kWord = 8;

inline constexpr std::uint64_t kContinues = 0x8080808080808080;
/// Integers of at most eight groups are below this, and those of at most four below that.
inline constexpr std::uint64_t kWordLimit = std::uint64_t{1} << 56;
inline constexpr std::uint64_t kHalfWordLimit = std::uint64_t{1} << 28;

/// The same with the bytes in reverse order where the machine keeps the lowest one last.
constexpr std::uint64_t littleEndian(std::uint64_t word)
{
    if constexpr (std::endian::native == std::endian::big) {
        return __builtin_bswap64(word);
    } else {
        return word;
    }
}

/// Moves groups of seven bits apart to bytes, in steps that each halve the distance.
constexpr std::uint64_t spread(std::uint64_t bits)
{
    bits = (bits & 0x00fffffff0000000) << 4 | (bits & 0x000000000fffffff);
    bits = (bits & 0x0fffc0000fffc000) << 2 | (bits & 0x00003fff00003fff);
    return (bits & 0x3f803f803f803f80) << 1 | (bits & 0x007f007f007f007f);
}

/// The same for what is below kHalfWordLimit, as most clocks are.
constexpr std::uint32_t spreadHalf(std::uint32_t bits)
{
    bits = (bits & 0x0fffc000) << 2 | (bits & 0x00003fff);
    return (bits & 0x3f803f80) << 1 | (bits & 0x007f007f);
}

/// The opposite of spread().
constexpr std::uint64_t gather(std::uint64_t bytes)
{
    bytes = (bytes & 0x7f007f007f007f00) >> 1 | (bytes & 0x007f007f007f007f);
    bytes = (bytes & 0x3fff00003fff0000) >> 2 | (bytes & 0x00003fff00003fff);
    return (bytes & 0x0fffffff00000000) >> 4 | (bytes & 0x000000000fffffff);
}

constexpr std::uint32_t gatherHalf(std::uint32_t bytes)
{
    bytes = (bytes & 0x7f007f00) >> 1 | (bytes & 0x007f007f);
    return (bytes & 0x3fff0000) >> 2 | (bytes & 0x00003fff);
}

/// Bytes that `value` takes.
constexpr std::size_t size(std::uint64_t value)
{
    return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7;
}

/// Writes groups that spread() has moved apart, and returns the end. Touches kWord bytes.
inline std::uint8_t *putSpread(std::uint8_t *out, std::uint64_t bytes)
{
    const int last = (63 - std::countl_zero(bytes | 1)) & ~7; // Where the last byte begins.
    const std::uint64_t before = (std::uint64_t{1} << last) - 1;
    const std::uint64_t word = littleEndian(bytes | (kContinues & before));
    std::memcpy(out, &word, kWord);
    return out + last / 8 + 1;
}

/// Writes `value` to `out`, where there must be room for kMaxBytes bytes, and returns the end.
inline std::uint8_t *putVarUint(std::uint8_t *out, std::uint64_t value)
{
    if (value < 0x80) {
        *out = static_cast<std::uint8_t>(value);
        return out + 1;
    }
    while (value >= kWordLimit) {
        *out++ = static_cast<std::uint8_t>(value | 0x80);
        value >>= 7;
    }
    return putSpread(out, value < kHalfWordLimit ? spreadHalf(static_cast<std::uint32_t>(value))
                                                 : spread(value));
}

/// The same for a number of which nobody can tell whether it takes one byte: most are below
/// kHalfWordLimit.
inline std::uint8_t *putMixedVarUint(std::uint8_t *out, std::uint64_t value)
{
    return value < kHalfWordLimit ? putSpread(out, spreadHalf(static_cast<std::uint32_t>(value)))
                                  : putVarUint(out, value);
}

/// The kWord bytes at `in`, the first one lowest.
inline std::uint64_t readWord(const std::uint8_t *in)
{
    std::uint64_t word;
    std::memcpy(&word, in, kWord);
    return littleEndian(word);
}

/// An integer of at most eight groups, and how many bytes it takes; 0 if it goes on behind them.
struct Groups {
    std::uint64_t value = 0;
    std::size_t size = 0;
};

/// Reads from `in`, where there must be kWord bytes.
inline Groups readGroupsAtOnce(const std::uint8_t *in)
{
    const std::uint64_t word = readWord(in);
    const std::uint64_t ends = ~word & kContinues;
    if (ends == 0) {
        return {};
    }
    const std::uint64_t bytes = word & (ends ^ (ends - 1)); // Up to the first end.
    const std::uint64_t value = static_cast<std::uint32_t>(ends) != 0
                                    ? gatherHalf(static_cast<std::uint32_t>(bytes))
                                    : gather(bytes);
    return {value, static_cast<std::size_t>(std::countr_zero(ends)) / 8 + 1};
}

// A varInt is a varUint whose first group has the sign in its highest bit.

inline constexpr std::uint64_t kSign = 0x40;
/// Magnitudes below this can be joined with their sign.
inline constexpr std::uint64_t kMagnitudeLimit = std::uint64_t{1} << 55;

constexpr std::uint64_t withSign(bool negative, std::uint64_t magnitude)
{
    return (magnitude >> 6) << 7 | (negative ? kSign : 0) | (magnitude & 0x3f);
}
constexpr std::uint64_t withoutSign(std::uint64_t groups)
{
    return (groups >> 7) << 6 | (groups & 0x3f);
}

} // namespace cowrite::lib0::varint
