#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsync/base/error.h"

namespace cowrite::store {

// Files as a whole. Errors: DiskFull, ReadOnly, Io, each with a sentence.

[[nodiscard]] tl::unexpected<Error> diskFull();
[[nodiscard]] tl::unexpected<Error> diskReadOnly();
/// What `systemError`, an `errno`, means for the person in front of the screen: one of the two
/// above, else Io with the sentence `otherwise`.
[[nodiscard]] tl::unexpected<Error> diskFailure(int systemError, std::string otherwise);
/// The same, where `what` says in an unfinished sentence what could not be done.
[[nodiscard]] tl::unexpected<Error> fileFailure(int systemError, std::string_view what);

/// The name of the write-ahead log of `database`.
[[nodiscard]] std::filesystem::path walOf(std::filesystem::path database);

/// Removes a database with its write-ahead log, if they are there.
void removeDatabase(const std::filesystem::path &database);

/// What was renamed, made and removed in the folder is on the disk when this returns.
Result<> syncFolder(const std::filesystem::path &folder);

/// Gives `file`, which is on the disk with all its content when this returns, the name `target`.
/// What had that name is gone. After a power loss `target` is the one or the other.
Result<> replaceFile(const std::filesystem::path &file, const std::filesystem::path &target);

} // namespace cowrite::store
