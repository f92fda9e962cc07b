#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cowrite::lib0 {

/// The number that an array index spells, at most 2^32-2 and in canonical form
/// (ECMA-262, "array index"); empty for any other key.
inline std::optional<std::uint32_t> arrayIndex(std::string_view key)
{
    constexpr std::uint64_t kLargest = 0xfffffffe;
    if (key.empty() || key.size() > 10 || (key[0] == '0' && key.size() > 1)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (const char c : key) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (number > kLargest) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(number);
}

} // namespace cowrite::lib0
