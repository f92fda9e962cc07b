#pragma once

#include "libsync/crdt/doc.h"

namespace cowrite::crdt {

/// Verifies every invariant of the engine: clocks without gaps, links both ways, homes, tree
/// counts, lengths, cursor, and item to offset and back. Stops the program at the first that is
/// broken. O(n log n); for tests, between transactions.
void debugCheck(Doc &doc);

} // namespace cowrite::crdt
