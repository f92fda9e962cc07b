#pragma once

#include <cstdint>

#include "libsync/base/bytes.h"

namespace cowrite::store {

/// CRC-32C (Castagnoli polynomial, RFC 3720 appendix B.4) of `bytes`, going on from `crc`, the
/// result for the bytes before them; 0 at the start. `crc32c` of the text "123456789" is
/// 0xe3069283.
[[nodiscard]] std::uint32_t crc32c(ByteView bytes, std::uint32_t crc = 0);

} // namespace cowrite::store
