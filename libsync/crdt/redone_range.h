#pragma once

#include "libsync/base/error.h"
#include "libsync/crdt/doc.h"

#include <vector>

namespace cowrite::crdt {

/// Deleted units that an undo or redo brought back as new ones. A document remembers it, as those
/// who undo more must find the new ones; on the wire there is no trace of it (yjs-compat 2.2).
struct RedoneRange {
    Id from;
    Clock length = 0;
    Id to;

    friend bool operator==(const RedoneRange &, const RedoneRange &) = default;
};

/// What became of these units, and of what they became, step by step. Whole runs, each once; they
/// may reach beyond `units`, which must be normalised.
[[nodiscard]] std::vector<RedoneRange> redoneRanges(const Doc &doc, const DeleteSet &units);

/// Makes a document that was read from where it is stored remember them. Units that are not there,
/// or not deleted, are left out. Error Malformed, with nothing done, if two units would have come
/// back as one, or one as two, or as itself in the end.
[[nodiscard]] Result<void> restoreRedone(Doc &doc, std::vector<RedoneRange> ranges);

} // namespace cowrite::crdt
