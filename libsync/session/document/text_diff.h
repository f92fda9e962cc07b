#pragma once

#include "libsync/crdt/delta.h"

#include <string_view>

namespace cowrite::session {

/// The steps that turn `from` into `to`: whole lines where they are new, gone or others, words
/// where lines still have some in common, and characters where a word only grew or shrank. What
/// replaces something stands before what it replaces. Never cuts a surrogate pair.
///
/// Lines that are there once on both sides are matched first, as in a patience diff; what lies
/// between them is compared by the shortest edit (E. Myers, "An O(ND) Difference Algorithm and Its
/// Variations", 1986). Where that would be long it is replaced whole, so that the work is bounded.
[[nodiscard]] crdt::Delta textDifference(std::u16string_view from, std::u16string_view to);

} // namespace cowrite::session
