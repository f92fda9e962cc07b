#include "libsync/store/folder_lock.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "libsync/store/disk_files.h"

namespace cowrite::store {

namespace {

/// The process id that whoever holds the lock wrote, or nothing.
std::string holderOf(int descriptor)
{
    std::array<char, 20> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

} // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / "log.lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return fileFailure(errno, "The folder cannot be locked");
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return fileFailure(errno, "The folder cannot be locked");
        }
        const std::string holder = holderOf(descriptor);
        return fail(ErrorCode::Busy, holder.empty() ? "Another Cowrite is using this folder."
                                                    : "Another Cowrite (process " + holder +
                                                          ") is using this folder.");
    }
    // Only for the sentence above: on a full disk it goes without.
    const std::string process = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, process.data(), process.size(), 0) < 0) {
        return lock;
    }
    return lock;
}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

} // namespace cowrite::store
