#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/id.h"
#include "libsync/crdt/state_vector.h"

#include <span>
#include <vector>

namespace cowrite::codec {

// Work on updates without a document (yjs-compat 4.4), byte for byte as Yjs does it for the updates
// of Yjs. All of them decode and check their input wholly; errors are those of decodeUpdate().

/// One update with the content of all: clients descending, clocks ascending, a Skip in each gap,
/// what overlaps once. Of one update it is that update, of none the empty one.
[[nodiscard]] Result<Bytes> mergeUpdates(std::span<const ByteView> updates,
                                         UpdateFormat format = UpdateFormat::V1);

/// What a peer at `target` lacks of `update`, with all deletions.
[[nodiscard]] Result<Bytes> diffUpdate(ByteView update, const crdt::StateVector &target,
                                       UpdateFormat format = UpdateFormat::V1);

/// The same structs and deletions in another format.
[[nodiscard]] Result<Bytes> convertUpdate(ByteView update, UpdateFormat from, UpdateFormat to);

/// What a document knows after this update alone: per client the clock of the first gap.
[[nodiscard]] Result<crdt::StateVector> stateVectorOfUpdate(ByteView update,
                                                            UpdateFormat format = UpdateFormat::V1);

/// Which clocks an update speaks of.
struct UpdateMeta {
    /// Skips included.
    struct Span {
        crdt::ClientId client = 0;
        crdt::Clock from = 0;
        crdt::Clock to = 0; ///< Behind the last one.
        friend bool operator==(const Span &, const Span &) = default;
    };
    std::vector<Span> clients; ///< In the order of the update.
};
[[nodiscard]] Result<UpdateMeta> readUpdateMeta(ByteView update,
                                                UpdateFormat format = UpdateFormat::V1);

} // namespace cowrite::codec
