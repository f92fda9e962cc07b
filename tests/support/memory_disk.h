#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/rng.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace cowrite {

/// A disk in memory, as an SQLite VFS, that knows what would be left of it if the power went: what
/// was written since the last sync of its file may be there, may be missing, and may be torn.
/// Overwriting never harms what lies beside it (SQLITE_IOCAP_POWERSAFE_OVERWRITE), and names are
/// kept from the sync of a new journal on, as SQLite syncs the folder with it. One connection;
/// paths are absolute, and only their last part counts.
class MemoryDisk {
public:
    /// By name; the disk has no folders.
    using Files = std::map<std::string, Bytes>;

    /// What becomes of writes that were not synced.
    enum class Loss {
        All,      ///< none of them reached the disk
        None,     ///< all of them did
        Tail,     ///< those up to some moment did, the last of them in part
        Anything, ///< any sector of any of them may have, in whatever order
    };

    explicit MemoryDisk(const Files &files = {});
    ~MemoryDisk();
    MemoryDisk(const MemoryDisk &) = delete;
    MemoryDisk &operator=(const MemoryDisk &) = delete;

    /// The name for sqlite3_open_v2, of this disk alone.
    [[nodiscard]] std::string vfs() const;

    /// Called before each sync takes effect, on the thread that syncs.
    void setOnSync(std::function<void()> onSync);

    /// What is left if the power goes now. `rng` decides what `loss` leaves open.
    [[nodiscard]] Files afterPowerLoss(Loss loss, Rng &rng) const;

    struct Private;

private:
    std::unique_ptr<Private> d;
};

} // namespace cowrite
