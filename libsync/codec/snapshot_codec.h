#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/snapshot.h"

namespace cowrite::codec {

/// A delete set in that format, then a state vector (yjs-compat 4.5).
[[nodiscard]] Bytes encodeSnapshot(const crdt::Snapshot &snapshot,
                                   UpdateFormat format = UpdateFormat::V1);

/// Errors with the byte offset: Malformed, also for trailing bytes; LimitExceeded for clocks beyond
/// limits.h.
[[nodiscard]] Result<crdt::Snapshot> decodeSnapshot(ByteView bytes,
                                                    UpdateFormat format = UpdateFormat::V1);

/// Whether the moment that `snapshot` names knew every struct (and Skip) and every deletion of
/// `update`. Errors of decodeUpdate().
[[nodiscard]] Result<bool> snapshotContainsUpdate(const crdt::Snapshot &snapshot, ByteView update,
                                                  UpdateFormat format = UpdateFormat::V1);

} // namespace cowrite::codec
