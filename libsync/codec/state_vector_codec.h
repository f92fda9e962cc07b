#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/state_vector.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::codec {

/// By descending client id (yjs-compat 4.1).
[[nodiscard]] Bytes encodeStateVector(const crdt::StateVector &stateVector);
/// Error Malformed with the byte offset.
[[nodiscard]] Result<crdt::StateVector> decodeStateVector(ByteView bytes);

// The same as part of something else; errors are those of `in`.
void writeStateVector(lib0::Encoder &out, const crdt::StateVector &stateVector);
[[nodiscard]] crdt::StateVector readStateVector(lib0::Decoder &in);

} // namespace cowrite::codec
