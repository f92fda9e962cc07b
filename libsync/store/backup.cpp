#include "libsync/store/backup.h"

#include <array>
#include <fstream>
#include <system_error>

#include "libsync/store/database.h"
#include "libsync/store/disk_files.h"
#include "libsync/store/log.h"

namespace cowrite::store {

namespace {

using Path = std::filesystem::path;
/// Of a write-ahead log; zero where there is none. It changes each time the log is begun anew.
using WalHeader = std::array<char, 32>;

/// What is not the same any more when the log was taken into the database in between.
struct Moment {
    WalHeader wal{};
    /// Only while there is no log: where there is one, its copy has all that came.
    std::filesystem::file_time_type database;

    friend bool operator==(const Moment &, const Moment &) = default;
};

constexpr int kAttempts = 10;

Moment momentOf(const Path &database)
{
    Moment moment;
    std::ifstream(walOf(database), std::ios::binary).read(moment.wal.data(), moment.wal.size());
    std::error_code error;
    if (moment.wal == WalHeader{}) {
        moment.database = std::filesystem::last_write_time(database, error);
    }
    return moment;
}

Result<> copyFile(const Path &file, const Path &target)
{
    std::error_code error;
    std::filesystem::copy_file(file, target, error);
    return error ? fileFailure(error.value(), "The log cannot be copied") : Result<>();
}

/// Copies both files; false if what was copied is not of one moment.
Result<bool> copyOnce(const Path &database, const Path &copy)
{
    const Moment before = momentOf(database);
    removeDatabase(copy);
    Result<> copied = copyFile(database, copy);
    if (copied && before.wal != WalHeader{}) {
        copied = copyFile(walOf(database), walOf(copy));
    }
    const bool isOfOneMoment = momentOf(database) == before;
    // A file that is gone was taken away in the meantime.
    return copied || !isOfOneMoment ? Result<bool>(isOfOneMoment) : tl::unexpected(copied.error());
}

/// Takes the write-ahead log into the copy, and looks whether it is sound.
Result<> complete(const Path &copy)
{
    Result<Database> database = Database::open(copy, {});
    return database ? database->check() : tl::unexpected(database.error());
}

Result<> makeCopy(const Path &database, const Path &copy)
{
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const Result<bool> isOfOneMoment = copyOnce(database, copy);
        if (!isOfOneMoment) {
            return tl::unexpected(isOfOneMoment.error());
        }
        if (*isOfOneMoment) {
            return complete(copy);
        }
    }
    return fail(ErrorCode::Busy, "The log is being written too fast to be copied. Try again.");
}

} // namespace

Result<> backUp(const Path &folder, const Path &target)
{
    const Path database = folder / Log::kFileName;
    std::error_code error;
    if (!std::filesystem::exists(database, error)) {
        return fail(ErrorCode::NotFound, "There is no log in " + folder.string() + '.');
    }
    Path copy = target;
    copy += ".part";
    Result<> done = makeCopy(database, copy);
    if (done) {
        done = replaceFile(copy, target);
    }
    removeDatabase(copy);
    return done;
}

} // namespace cowrite::store
