#include "tests/support/memory_disk.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace cowrite {

namespace {

/// What a disk writes whole or not at all.
constexpr std::size_t kSector = 512;

/// A write, or with `truncate` a new size.
struct Change {
    std::size_t offset = 0;
    Bytes bytes;
    bool truncate = false;

    void applyTo(Bytes &content) const
    {
        if (truncate) {
            content.resize(offset);
            return;
        }
        content.resize(std::max(content.size(), offset + bytes.size()));
        std::copy(bytes.begin(), bytes.end(),
                  content.begin() + static_cast<std::ptrdiff_t>(offset));
    }
};

/// The parts of a write that reach the disk each on its own.
std::vector<Change> sectorsOf(const Change &change)
{
    if (change.truncate) {
        return {change};
    }
    std::vector<Change> sectors;
    for (std::size_t begin = 0; begin < change.bytes.size();) {
        const std::size_t offset = change.offset + begin;
        const std::size_t end = std::min(change.bytes.size(), begin + kSector - offset % kSector);
        sectors.push_back({offset,
                           Bytes(change.bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                 change.bytes.begin() + static_cast<std::ptrdiff_t>(end)),
                           false});
        begin = end;
    }
    return sectors;
}

struct File {
    Bytes content;
    Bytes synced;
    std::vector<Change> unsynced; ///< lead from `synced` to `content`
    bool isNameSynced = false;

    void change(Change change)
    {
        change.applyTo(content);
        unsynced.push_back(std::move(change));
    }

    [[nodiscard]] Bytes afterPowerLoss(MemoryDisk::Loss loss, Rng &rng) const
    {
        if (loss == MemoryDisk::Loss::None) {
            return content;
        }
        Bytes result = synced;
        if (loss == MemoryDisk::Loss::All || unsynced.empty()) {
            return result;
        }
        std::vector<Change> sectors;
        for (const Change &change : unsynced) {
            for (Change &sector : sectorsOf(change)) {
                sectors.push_back(std::move(sector));
            }
        }
        const std::uint64_t end =
            loss == MemoryDisk::Loss::Tail ? rng.below(sectors.size() + 1) : sectors.size();
        for (std::uint64_t i = 0; i < end; ++i) {
            if (loss == MemoryDisk::Loss::Tail || rng.below(2) == 0) {
                sectors[i].applyTo(result);
            }
        }
        return result;
    }
};

} // namespace

struct MemoryDisk::Private {
    void syncNames()
    {
        for (const auto &[path, file] : files) {
            file->isNameSynced = true;
        }
        removed.clear();
    }

    std::map<std::string, std::shared_ptr<File>> files;
    std::map<std::string, std::shared_ptr<File>> removed; ///< the folder was not synced since
    std::function<void()> onSync;
    std::string name;
    sqlite3_vfs vfs{};
};

namespace {

/// What SQLite holds of an open file.
struct Handle {
    sqlite3_file header;
    MemoryDisk::Private *disk;
    std::shared_ptr<File> file;
    bool isJournal; ///< its first sync syncs the folder as well
};

Handle &handleOf(sqlite3_file *file)
{
    return *reinterpret_cast<Handle *>(file);
}

int readFile(sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
    const Bytes &content = handleOf(file).file->content;
    const auto begin = std::min(static_cast<std::size_t>(offset), content.size());
    const std::size_t there = std::min(static_cast<std::size_t>(size), content.size() - begin);
    if (there > 0) {
        std::memcpy(data, content.data() + begin, there);
    }
    std::memset(static_cast<char *>(data) + there, 0, static_cast<std::size_t>(size) - there);
    return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    const auto *bytes = static_cast<const std::uint8_t *>(data);
    handleOf(file).file->change({static_cast<std::size_t>(offset), Bytes(bytes, bytes + size)});
    return SQLITE_OK;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    handleOf(file).file->change({static_cast<std::size_t>(size), {}, true});
    return SQLITE_OK;
}

int syncFile(sqlite3_file *file, int)
{
    Handle &handle = handleOf(file);
    if (handle.disk->onSync) {
        handle.disk->onSync();
    }
    handle.file->synced = handle.file->content;
    handle.file->unsynced.clear();
    if (std::exchange(handle.isJournal, false)) {
        handle.disk->syncNames();
    }
    return SQLITE_OK;
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = static_cast<sqlite3_int64>(handleOf(file).file->content.size());
    return SQLITE_OK;
}

// Version 1 has no shared memory: the log must do without it anyway (locking_mode=EXCLUSIVE).
const sqlite3_io_methods kMethods{
    1,
    [](sqlite3_file *file) {
        handleOf(file).~Handle();
        return SQLITE_OK;
    },
    readFile,
    writeFile,
    truncateFile,
    syncFile,
    sizeOfFile,
    [](sqlite3_file *, int) { return SQLITE_OK; },
    [](sqlite3_file *, int) { return SQLITE_OK; },
    [](sqlite3_file *, int *isReserved) {
        *isReserved = 0;
        return SQLITE_OK;
    },
    [](sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; },
    [](sqlite3_file *) { return 4096; },
    [](sqlite3_file *) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

MemoryDisk::Private &diskOf(sqlite3_vfs *vfs)
{
    return *static_cast<MemoryDisk::Private *>(vfs->pAppData);
}

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *opened, int flags, int *outFlags)
{
    MemoryDisk::Private &disk = diskOf(vfs);
    std::shared_ptr<File> file;
    bool isNew = true;
    if (name == nullptr) {
        file = std::make_shared<File>();
    } else if (const auto found = disk.files.find(name); found != disk.files.end()) {
        file = found->second;
        isNew = false;
    } else if ((flags & SQLITE_OPEN_CREATE) != 0) {
        file = disk.files.emplace(name, std::make_shared<File>()).first->second;
    } else {
        opened->pMethods = nullptr;
        return SQLITE_CANTOPEN;
    }
    const bool isJournal = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
    new (opened) Handle{{&kMethods}, &disk, std::move(file), isNew && isJournal};
    if (outFlags != nullptr) {
        *outFlags = flags;
    }
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *vfs, const char *name, int syncFolder)
{
    MemoryDisk::Private &disk = diskOf(vfs);
    const auto found = disk.files.find(name);
    if (found == disk.files.end()) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    if (found->second->isNameSynced) {
        disk.removed[name] = found->second;
    }
    disk.files.erase(found);
    if (syncFolder != 0) {
        disk.syncNames();
    }
    return SQLITE_OK;
}

} // namespace

MemoryDisk::MemoryDisk(const Files &files) : d(std::make_unique<Private>())
{
    static std::atomic<int> made{0};
    for (const auto &[path, content] : files) {
        d->files.emplace(path, std::make_shared<File>(File{content, content, {}, true}));
    }
    d->name = "cowrite-memory-" + std::to_string(++made);
    d->vfs = *sqlite3_vfs_find(nullptr);
    d->vfs.pNext = nullptr;
    d->vfs.pAppData = d.get();
    d->vfs.zName = d->name.c_str();
    d->vfs.szOsFile = sizeof(Handle);
    d->vfs.xOpen = openFile;
    d->vfs.xDelete = removeFile;
    d->vfs.xAccess = [](sqlite3_vfs *vfs, const char *name, int, int *exists) {
        *exists = static_cast<int>(diskOf(vfs).files.count(name));
        return SQLITE_OK;
    };
    d->vfs.xFullPathname = [](sqlite3_vfs *, const char *name, int size, char *path) {
        sqlite3_snprintf(size, path, "%s", std::strrchr(name, '/') + 1);
        return SQLITE_OK;
    };
    sqlite3_vfs_register(&d->vfs, 0);
}

MemoryDisk::~MemoryDisk()
{
    sqlite3_vfs_unregister(&d->vfs);
}

std::string MemoryDisk::vfs() const
{
    return d->name;
}

void MemoryDisk::setOnSync(std::function<void()> onSync)
{
    d->onSync = std::move(onSync);
}

MemoryDisk::Files MemoryDisk::afterPowerLoss(Loss loss, Rng &rng) const
{
    const auto reachedTheDisk = [&] {
        return loss == Loss::None || (loss != Loss::All && rng.below(2) == 0);
    };
    Files result;
    for (const auto &[path, file] : d->removed) {
        if (!reachedTheDisk()) {
            result[path] = file->afterPowerLoss(loss, rng);
        }
    }
    for (const auto &[path, file] : d->files) {
        if (file->isNameSynced || reachedTheDisk()) {
            result[path] = file->afterPowerLoss(loss, rng);
        }
    }
    return result;
}

} // namespace cowrite
