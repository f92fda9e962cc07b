#pragma once

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
    /// How many writes and syncs have failed since the program began.
    [[nodiscard]] static int failures();
};

} // namespace cowrite
