#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/relative_position.h"

namespace cowrite::codec {

/// The binary form of yjs-compat 4.6, always with its assoc.
[[nodiscard]] Bytes encodeRelativePosition(const crdt::RelativePosition &position);
/// A missing assoc reads as 0. Error Malformed with the byte offset.
[[nodiscard]] Result<crdt::RelativePosition> decodeRelativePosition(ByteView bytes);

} // namespace cowrite::codec
