#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cowrite {

/// Bytes that are owned.
using Bytes = std::vector<std::uint8_t>;

/// Bytes that somebody else owns and keeps alive for as long as the view is used.
using ByteView = std::span<const std::uint8_t>;

} // namespace cowrite
