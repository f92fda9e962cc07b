#include "tests/support/faulty_vfs.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>

#include <sqlite3.h>

namespace cowrite {

namespace {

std::atomic<FaultyVfs::Disk> g_disk{FaultyVfs::Disk::Sound};
std::atomic<int> g_failures{0};
thread_local int t_lastErrno = 0;

std::mutex g_mutex;
std::condition_variable g_syncTimeChanged;
std::chrono::milliseconds g_syncTime{0}; // guarded by g_mutex, as the next one
int g_waitingSyncs = 0;

sqlite3_vfs *base()
{
    static sqlite3_vfs *const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

/// SQLite allocates this with room for the real file behind it.
struct FaultyFile {
    sqlite3_file header;

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

sqlite3_file *real(sqlite3_file *file)
{
    return reinterpret_cast<FaultyFile *>(file)->real();
}

int failWith(int code, int systemError)
{
    t_lastErrno = systemError;
    ++g_failures;
    return code;
}

int writeFile(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    switch (g_disk.load()) {
    case FaultyVfs::Disk::Full:
        return failWith(SQLITE_FULL, ENOSPC);
    case FaultyVfs::Disk::ReadOnly:
        return failWith(SQLITE_IOERR_WRITE, EROFS);
    case FaultyVfs::Disk::Sound:
    case FaultyVfs::Disk::Broken:
        break;
    }
    return real(file)->pMethods->xWrite(real(file), data, size, offset);
}

void waitForSlowDisk()
{
    const auto begun = std::chrono::steady_clock::now();
    std::unique_lock lock(g_mutex);
    ++g_waitingSyncs;
    while (std::chrono::steady_clock::now() - begun < g_syncTime) {
        g_syncTimeChanged.wait_until(lock, begun + g_syncTime);
    }
    --g_waitingSyncs;
}

int syncFile(sqlite3_file *file, int flags)
{
    waitForSlowDisk();
    if (g_disk.load() == FaultyVfs::Disk::Broken) {
        return failWith(SQLITE_IOERR_FSYNC, EIO);
    }
    return real(file)->pMethods->xSync(real(file), flags);
}

// Version 1 has no shared memory: the log must do without it anyway (locking_mode=EXCLUSIVE).
const sqlite3_io_methods kMethods{
    1,
    [](sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); },
    [](sqlite3_file *file, void *data, int size, sqlite3_int64 offset) {
        return real(file)->pMethods->xRead(real(file), data, size, offset);
    },
    writeFile,
    [](sqlite3_file *file, sqlite3_int64 size) {
        return real(file)->pMethods->xTruncate(real(file), size);
    },
    syncFile,
    [](sqlite3_file *file, sqlite3_int64 *size) {
        return real(file)->pMethods->xFileSize(real(file), size);
    },
    [](sqlite3_file *file, int lock) { return real(file)->pMethods->xLock(real(file), lock); },
    [](sqlite3_file *file, int lock) { return real(file)->pMethods->xUnlock(real(file), lock); },
    [](sqlite3_file *file, int *result) {
        return real(file)->pMethods->xCheckReservedLock(real(file), result);
    },
    [](sqlite3_file *file, int operation, void *argument) {
        if (operation == SQLITE_FCNTL_LAST_ERRNO) {
            *static_cast<int *>(argument) = t_lastErrno;
            return SQLITE_OK;
        }
        return real(file)->pMethods->xFileControl(real(file), operation, argument);
    },
    [](sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); },
    [](sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *faulty = new (file) FaultyFile{};
    const int code = base()->xOpen(base(), name, faulty->real(), flags, outFlags);
    // Without methods SQLite does not close the file, which the real one may still expect.
    faulty->header.pMethods = faulty->real()->pMethods != nullptr ? &kMethods : nullptr;
    return code;
}

sqlite3_vfs *makeVfs()
{
    static sqlite3_vfs vfs = *base();
    vfs.pNext = nullptr;
    vfs.zName = "cowrite-faulty";
    vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + base()->szOsFile;
    vfs.xOpen = openFile;
    sqlite3_vfs_register(&vfs, 0);
    return &vfs;
}

} // namespace

std::string FaultyVfs::name()
{
    static const sqlite3_vfs *const vfs = makeVfs();
    return vfs->zName;
}

void FaultyVfs::setDisk(Disk disk)
{
    g_disk = disk;
}

void FaultyVfs::setSyncTime(std::chrono::milliseconds time)
{
    const std::lock_guard lock(g_mutex);
    g_syncTime = time;
    g_syncTimeChanged.notify_all();
}

int FaultyVfs::waitingSyncs()
{
    const std::lock_guard lock(g_mutex);
    return g_waitingSyncs;
}

int FaultyVfs::failures()
{
    return g_failures;
}

} // namespace cowrite
