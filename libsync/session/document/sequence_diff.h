#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cowrite::session {

/// A run of `from` in [fromBegin, fromEnd) that another sequence has as [toBegin, toEnd). One of
/// the two may be empty.
struct Hunk {
    std::size_t fromBegin = 0;
    std::size_t fromEnd = 0;
    std::size_t toBegin = 0;
    std::size_t toEnd = 0;

    friend bool operator==(const Hunk &, const Hunk &) = default;
};

/// Values from here on are such as are everywhere, spaces say: that one is there once on both sides
/// does not mean that it is the same.
inline constexpr std::uint32_t kFirstCommonplace = 0x8000'0000;

/// What differs between two sequences of values, in order; what is not in a hunk is equal. See
/// text_diff.h for the method.
[[nodiscard]] std::vector<Hunk> differences(std::span<const std::uint32_t> from,
                                            std::span<const std::uint32_t> to);

} // namespace cowrite::session
