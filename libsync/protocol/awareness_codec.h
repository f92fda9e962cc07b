#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/id.h"
#include "libsync/lib0/any.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::protocol {

/// One state as JSON text (yjs-compat 10.2, rule 13). A server limits rate and size further.
inline constexpr std::size_t kMaxAwarenessStateBytes = std::size_t{64} << 10;
/// Entries of one awareness update (yjs-compat 10.2, rule 13).
inline constexpr std::size_t kMaxAwarenessEntries = 1000;

/// What one client says about itself. Its JSON text is kept as it came, so that passing it on does
/// not change a byte.
struct AwarenessEntry {
    crdt::ClientId client = 0;
    std::uint64_t clock = 0;
    /// Nothing: the client is offline (`null` on the wire).
    std::optional<lib0::Any> state;
    std::string json;
};

/// Decodes a whole awareness update (yjs-compat 7.2) before anybody acts on any of it.
/// Errors, with the byte offset: Malformed, LimitExceeded (see the constants above).
[[nodiscard]] Result<std::vector<AwarenessEntry>> decodeAwarenessUpdate(ByteView update);

/// Uses each entry's `json`; `state` is not looked at.
[[nodiscard]] Bytes encodeAwarenessUpdate(const std::vector<AwarenessEntry> &entries);

} // namespace cowrite::protocol
