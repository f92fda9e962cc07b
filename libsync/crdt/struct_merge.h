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

/// One list of several that may overlap, as Yjs's mergeUpdates makes it (yjs-compat 4.4). Every
/// list is sorted by descending client and ascending clock, and so is the result, which leaves
/// gaps where all lists do. The content of an id is the same in all lists, but its borders need not
/// be, nor the halves of surrogate pairs at them: which list a unit is taken from shows.
std::vector<MergeOutput> mergeStructs(const std::vector<std::vector<MergeInput>> &lists);

} // namespace cowrite::crdt
