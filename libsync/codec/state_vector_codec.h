#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/state_vector.h"

namespace cowrite::codec {

/// By descending client id (yjs-compat 4.1).
Bytes encodeStateVector(const crdt::StateVector &stateVector);
/// Error Malformed with the byte offset.
Result<crdt::StateVector> decodeStateVector(ByteView bytes);

} // namespace cowrite::codec
