#pragma once

#include "libsync/crdt/event.h"

/// What steps print.
namespace cowrite::script {

/// An event of the type that is observed: its path, and the changed keys of a map or the delta of
/// anything else.
[[nodiscard]] lib0::Any eventToJson(const crdt::Event &event, const crdt::SharedType &observed);

/// The bytes of a transaction, from a handler of Doc::committed.
[[nodiscard]] lib0::Any emittedToJson(const crdt::Transaction &transaction);

/// The guids of the subdocuments that a transaction added, removed and loaded.
[[nodiscard]] lib0::Any subdocsToJson(const crdt::SubdocChanges &changes);

/// UTF-16 units of a text, cells of a list, keys of a map.
[[nodiscard]] std::uint32_t lengthOf(const crdt::SharedType &type);

} // namespace cowrite::script
