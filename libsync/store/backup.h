#pragma once

#include <filesystem>

#include "libsync/base/error.h"

namespace cowrite::store {

/// Copies the log in `folder` to the file `target`, whole and as of one moment, while another
/// program may be writing to it. That program keeps the database locked for itself, so the copy is
/// made of its files: what was changed in the database meanwhile is in the write-ahead log as well,
/// which is copied after it, unless that was begun anew; then all is copied once more.
///
/// `target` appears, or is replaced, when the copy is complete and SQLite's integrity check has
/// passed. Errors: NotFound when there is no log; Busy when it changes faster than it can be read;
/// Malformed when it is damaged; those of the disk.
Result<> backUp(const std::filesystem::path &folder, const std::filesystem::path &target);

} // namespace cowrite::store
