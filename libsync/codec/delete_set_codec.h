#pragma once

#include "libsync/codec/update_format.h"
#include "libsync/crdt/delete_set.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::codec {

/// Appends a delete set, which must be normalised (yjs-compat 4.2, 4.3).
void writeDeleteSet(lib0::Encoder &out, const crdt::DeleteSet &deletions, UpdateFormat format);

/// Reads what is there into `into`, normalised, without the empty ranges that Yjs takes. Errors are
/// `in`'s: Malformed, LimitExceeded for clocks beyond limits.h.
void readDeleteSet(lib0::Decoder &in, crdt::DeleteSet &into, UpdateFormat format);

} // namespace cowrite::codec
