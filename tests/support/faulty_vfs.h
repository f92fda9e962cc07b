#pragma once

#include <chrono>
#include <string>

namespace cowrite {

/// An SQLite VFS over the default one whose disk breaks when a test says so: no root, no mounts.
/// One per process; thread-safe.
class FaultyVfs {
public:
    enum class Disk {
        Sound,
        Full,     ///< writes fail as with ENOSPC
        ReadOnly, ///< writes fail as with EROFS
        Broken,   ///< writes succeed, syncs fail as with EIO
    };

    /// Registers the VFS at the first call; the name is for sqlite3_open_v2.
    [[nodiscard]] static std::string name();

    static void setDisk(Disk disk);
    /// From now on every sync takes this long; zero, as in the beginning, lets those that wait go
    /// on at once.
    static void setSyncTime(std::chrono::milliseconds time);
    /// How many syncs wait for their time to pass.
    [[nodiscard]] static int waitingSyncs();
    /// How many writes and syncs have failed since the program began.
    [[nodiscard]] static int failures();
};

} // namespace cowrite
