#include "libsync/store/disk_files.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace cowrite::store {

namespace {

/// `flags` as of open(2).
Result<> sync(const std::filesystem::path &path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool isSynced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int systemError = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return isSynced ? Result<>() : fileFailure(systemError, path.string() + " cannot be written");
}

} // namespace

tl::unexpected<Error> diskFull()
{
    return fail(ErrorCode::DiskFull, "The disk is full.");
}

tl::unexpected<Error> diskReadOnly()
{
    return fail(ErrorCode::ReadOnly, "The disk or the folder cannot be written to.");
}

tl::unexpected<Error> diskFailure(int systemError, std::string otherwise)
{
    switch (systemError) {
    case ENOSPC:
    case EDQUOT:
        return diskFull();
    case EROFS:
    case EACCES:
    case EPERM:
        return diskReadOnly();
    default:
        return fail(ErrorCode::Io, std::move(otherwise));
    }
}

tl::unexpected<Error> fileFailure(int systemError, std::string_view what)
{
    return diskFailure(systemError, std::string(what) + ": " +
                                        std::generic_category().message(systemError) + '.');
}

std::filesystem::path walOf(std::filesystem::path database)
{
    return database += "-wal";
}

void removeDatabase(const std::filesystem::path &database)
{
    std::error_code ignored;
    std::filesystem::remove(database, ignored);
    std::filesystem::remove(walOf(database), ignored);
}

Result<> syncFolder(const std::filesystem::path &folder)
{
    return sync(folder, O_RDONLY | O_DIRECTORY);
}

Result<> replaceFile(const std::filesystem::path &file, const std::filesystem::path &target)
{
    if (const Result<> synced = sync(file, O_RDWR); !synced) {
        return synced;
    }
    std::error_code error;
    std::filesystem::rename(file, target, error);
    if (error) {
        return fileFailure(error.value(), target.string() + " cannot be written");
    }
    return syncFolder(std::filesystem::absolute(target).parent_path());
}

} // namespace cowrite::store
