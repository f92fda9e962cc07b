#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/update.h"

namespace cowrite::codec {

/// Reads an update (yjs-compat 4.2, 4.3) into the tables of `into`, which are emptied first and
/// keep their memory. Everything that can be checked without a document is (yjs-compat 10.2): what
/// this accepts, crdt can integrate. Structs come in the order of the wire; ranges of deletions are
/// normalised, empty ones dropped.
/// Errors with the byte offset: Malformed; LimitExceeded for clocks, names and nesting beyond
/// limits.h. `into` is then of no use until the next call.
[[nodiscard]] Result<void> decodeUpdate(ByteView bytes, crdt::Update &into,
                                        UpdateFormat format = UpdateFormat::V1);

} // namespace cowrite::codec
