#pragma once

#include "libsync/crdt/id.h"

#include <cstdint>
#include <vector>

namespace cowrite::crdt {

/// What merging has to know of a struct that is no Skip.
struct MergeInput {
    ClientId client = 0;
    Clock clock = 0;
    Clock length = 0;
    bool isGc = false;

    Clock end() const { return clock + length; }
};

/// A struct of the merged list: number `index` of input `list` without its first `cut` units. A
/// collected range may be longer than it was; all others end where they did.
struct MergeOutput {
    std::uint32_t list = 0;
    std::uint32_t index = 0;
    Clock cut = 0;
    MergeInput merged;
};

struct MergedStructs {
    std::vector<MergeOutput> structs;
    /// The list that was gone through last. Where another one stands at the same place behind all
    /// of this, Yjs would take from this one first.
    std::uint32_t last = 0;
};

/// One list of several that may overlap, as Yjs's mergeUpdates makes it (yjs-compat 4.4). Every
/// list is sorted by descending client and ascending clock, and so is the result, which leaves
/// gaps where all lists do. The content of an id is the same in all lists, but its borders need not
/// be, nor the halves of surrogate pairs at them, and one list may hold it where another has only
/// that it was deleted: which list a unit is taken from shows.
MergedStructs mergeStructs(const std::vector<std::vector<MergeInput>> &lists);

} // namespace cowrite::crdt
