#pragma once

#include "tests/bench/editing_trace.h"

#include <string>
#include <vector>

namespace cowrite::bench {

/// The recordings of editing_trace.h that are measured by default.
const std::vector<std::string> &recordingNames();

/// Ways of writing that no person has, but a program or many people at once may:
///   append, front, random   100,000 characters, one a transaction, where the name says
///   in-turn                 the same by 1,000 clients in turn, all between the same two characters
///   at-once                 1,540 clients insert once each without knowing of each other: B3.5
///   crowd                   16,000 of them, which shows a scan that grows with their number
///   automerge-paper-x100    that recording a hundred times over: B4 x 100
/// B3.5 and B4 x 100 are named after dmonad/crdt-benchmarks.
const std::vector<std::string> &shapeNames();

/// A recording or a shape. Errors: NotFound, Malformed.
Result<EditingTrace> findTrace(const std::string &name);

} // namespace cowrite::bench
