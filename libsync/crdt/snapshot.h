#pragma once

#include "libsync/crdt/doc.h"

namespace cowrite::crdt {

/// Names one moment of a document: what had been written by then, and what of that was deleted
/// (yjs-compat 4.5). Content is not in it: only a document that keeps what is deleted
/// (GarbageCollection::Off) can show that moment again.
struct Snapshot {
    /// Normalised.
    DeleteSet deletions;
    StateVector stateVector;

    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

/// What `doc` holds now, without what is pending.
[[nodiscard]] Snapshot takeSnapshot(const Doc &doc);

/// Puts what `source` held at `snapshot` into `target`, which is mostly a new document.
/// Error Unsupported if `source` collects garbage and so may lack what was deleted since; NotFound
/// if the snapshot has seen more than `source`; those of Doc::apply(). `source` may end with a
/// surrogate pair less: it is cut where the snapshot cuts it (yjs-compat 2.5).
[[nodiscard]] Result<void> restoreSnapshot(Doc &source, const Snapshot &snapshot, Doc &target);

} // namespace cowrite::crdt
