#pragma once

#include <filesystem>
#include <utility>

#include "libsync/base/error.h"

namespace cowrite::store {

/// Keeps other programs out of a folder for as long as it lives. The system lets go of it when the
/// program ends, however it ends.
class FolderLock {
public:
    /// Errors: Busy when another program (or another lock in this one) holds the folder, with a
    /// sentence that names its process; ReadOnly, DiskFull, Io.
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path &folder);

    FolderLock(FolderLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FolderLock &operator=(FolderLock &&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace cowrite::store
