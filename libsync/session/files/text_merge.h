#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/crdt/text.h"

#include <string_view>

namespace cowrite::session {

/// `edits` and `over` are steps on the same text. Returns the edits as steps on what `over` makes
/// of it: what `over` inserts stays, and stands before what the edits insert at the same place;
/// what both remove is gone once. Only text is inserted, and attributes are ignored.
[[nodiscard]] crdt::Delta rebased(const crdt::Delta &edits, const crdt::Delta &over);

/// Merges three ways: the steps that bring into `ours` what changed between `base` and `theirs`.
/// Nothing that one side inserted is removed because of the other. What both inserted alike at the
/// same place is there once.
[[nodiscard]] crdt::Delta mergeEdits(std::u16string_view base, std::u16string_view ours,
                                     std::u16string_view theirs);

/// The same where nobody knows from what the two came: what only one of them has is kept.
[[nodiscard]] crdt::Delta uniteEdits(std::u16string_view ours, std::u16string_view theirs);

/// Does the steps on `text`, within the caller's transaction. Inserted text takes the attributes of
/// the text before it, as when somebody types. Errors of Text::insert().
[[nodiscard]] Result<void> applyEdits(crdt::Text text, const crdt::Delta &edits);

} // namespace cowrite::session
