#pragma once

#include <chrono>
#include <optional>

#include "libsync/base/error.h"
#include "libsync/store/database.h"
#include "libsync/store/types.h"

namespace cowrite::store {

/// Merges, in one short transaction, some of the updates that are older than `before`: neighbours
/// by the same author within a minute become one. It has the place and the time of the last of
/// them, and says how many it took in. What is damaged or missing is left as it is.
///
/// Looks at documents from `from` on. Returns the document in which to go on, or nothing when all
/// of them are done.
[[nodiscard]] Result<std::optional<DocumentId>>
compactSome(Database &database, DocumentId from, std::chrono::system_clock::time_point before);

} // namespace cowrite::store
