#pragma once

#include <optional>

#include "libsync/base/error.h"
#include "libsync/store/database.h"
#include "libsync/store/types.h"

namespace cowrite::store {

/// How far a compaction has come.
struct CompactionPlace {
    DocumentId document{};   ///< the documents before are done
    Seq soundCheckpoint = 0; ///< the checkpoint of this one up to which its checksum was right
};

/// Packs, in one short transaction, some updates that a sound checkpoint holds into a segment
/// (segment.h), which takes their place; then gives some free pages back to the disk. What is
/// damaged or missing is left as it is.
///
/// As the state of a document is in its checkpoint and its history in segments, one damaged row
/// costs no content: without the checkpoint the segments give it, and without a segment there is a
/// gap in the history only.
///
/// Returns where to go on, or nothing when all is done.
[[nodiscard]] Result<std::optional<CompactionPlace>> compactSome(Database &database,
                                                                 CompactionPlace from);

} // namespace cowrite::store
