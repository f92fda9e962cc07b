#pragma once

#include <filesystem>
#include <string>

#include "libsync/base/error.h"

namespace cowrite::store {

/// Puts a database in the place of `database`, which is damaged, that holds every row that is sound
/// there or in its write-ahead log. Nobody may have it open. The damaged files stay, under another
/// name beside it, which is returned. A program that is killed on the way has changed nothing, or
/// goes on in finishRepair().
///
/// A broken update is kept if it is the last of its document, so that it is still told of; the
/// others leave gaps. A document of which nothing but its history is left gets a name. What can be
/// undone is no part of a document, and is not taken over.
///
/// Errors: Malformed when there is no sound row at all; those of the disk. Then all is as it was.
[[nodiscard]] Result<std::filesystem::path> repairDatabase(const std::filesystem::path &database,
                                                           const std::string &vfs);

/// Before `database` is opened: completes a repair that was interrupted. Errors: Io.
Result<> finishRepair(const std::filesystem::path &database);

} // namespace cowrite::store
