#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cowrite {

/// Bytes that are owned.
using Bytes = std::vector<std::uint8_t>;

/// Bytes that somebody else owns and keeps alive for as long as the view is used.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, and the other way round; of the same memory.
[[nodiscard]] inline ByteView asBytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view asText(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace cowrite
