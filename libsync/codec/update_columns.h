#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"

#include <span>
#include <vector>

namespace cowrite::codec {

// Many updates V1 of one document together, for a log that keeps them. Each kind of field has a
// column of its own, and clocks stand there as the difference from what was to be expected: someone
// who types on leaves zeros, from which a compressor then makes almost nothing.

/// The same updates as columns. Whatever their bytes are, unpackUpdates() gives them back exactly;
/// those that are no updates V1 in the form in which Yjs writes them take their own size.
[[nodiscard]] Bytes packUpdates(std::span<const ByteView> updates);

/// What was given to packUpdates(). Errors: Malformed when `packed` is not what it returned.
[[nodiscard]] Result<std::vector<Bytes>> unpackUpdates(ByteView packed);

} // namespace cowrite::codec
