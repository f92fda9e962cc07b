#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "libsync/base/error.h"
#include "libsync/store/rows.h"

namespace cowrite::store {

/// A log that was opened and migrated, and repaired if it had to be.
struct OpenedLog {
    Rows rows;
    std::vector<DocumentRow> documents;
    std::int64_t largestId = 0;
    std::string repair; ///< a sentence about a repair; empty if there was none
};

/// Opens `file`, which is made if it is missing. A damaged one is repaired (repair.h). Errors are
/// those of Log::open.
[[nodiscard]] Result<OpenedLog> openLogFile(const std::filesystem::path &file,
                                            const std::string &vfs);

/// The same for a log that was found to be damaged while it was in use; it is repaired first.
[[nodiscard]] Result<OpenedLog> repairLogFile(const std::filesystem::path &file,
                                              const std::string &vfs);

} // namespace cowrite::store
