#pragma once

#include <cstdint>

#include "libsync/base/error.h"
#include "libsync/store/database.h"

namespace cowrite::store {

/// The version that this program writes; `PRAGMA user_version` of a database holds its own.
inline constexpr std::int64_t kSchemaVersion = 6;

/// Brings a database, empty or of an older version, to kSchemaVersion. Each step is one
/// transaction, so a program that is killed on the way goes on from there. Errors: Unsupported for
/// a newer version, which is left untouched; Malformed when the file is the database of another
/// program or has no version; those of the disk.
Result<> migrate(Database &database);

} // namespace cowrite::store
