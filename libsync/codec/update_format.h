#pragma once

#include <cstdint>

namespace cowrite::codec {

/// The two encodings of updates, delete sets and snapshots (yjs-compat 4.2, 4.3). Bytes do not say
/// which one they are; all standard protocols carry V1.
enum class UpdateFormat : std::uint8_t {
    V1, ///< One field after the other.
    V2, ///< By columns, run-length encoded: about half the size.
};

} // namespace cowrite::codec
