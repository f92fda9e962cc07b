#include "libsync/store/log_file.h"

#include <utility>

#include "libsync/store/damaged_pages.h"
#include "libsync/store/database.h"
#include "libsync/store/disk_files.h"
#include "libsync/store/repair.h"
#include "libsync/store/schema.h"

namespace cowrite::store {

namespace {

/// Checking this much of a database takes some hundred milliseconds. Of larger ones, what is
/// damaged is found when it is read.
constexpr std::int64_t kPagesCheckedAtStart = std::int64_t{1} << 15;

Result<> checkIfSmall(Database &database)
{
    const Result<std::int64_t> pages = database.number("PRAGMA page_count");
    if (!pages) {
        return tl::unexpected(pages.error());
    }
    return *pages <= kPagesCheckedAtStart ? database.check() : Result<>();
}

Result<OpenedLog> openSound(const std::filesystem::path &file, const std::string &vfs)
{
    Result<Database> database = Database::open(file, vfs);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (const Result<> migrated = migrate(*database); !migrated) {
        return tl::unexpected(migrated.error());
    }
    if (const Result<> checked = checkIfSmall(*database); !checked) {
        return tl::unexpected(checked.error());
    }
    Result<Rows> rows = Rows::prepare(std::move(*database));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    Result<std::vector<DocumentRow>> documents = rows->documents();
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    const Result<std::int64_t> largestId = rows->largestId();
    if (!largestId) {
        return tl::unexpected(largestId.error());
    }
    return OpenedLog{std::move(*rows), std::move(*documents), *largestId, {}};
}

} // namespace

Result<OpenedLog> openLogFile(const std::filesystem::path &file, const std::string &vfs)
{
    if (const Result<> finished = finishRepair(file); !finished) {
        return tl::unexpected(finished.error());
    }
    if (WalFile(walOf(file)).isDamaged()) {
        return repairLogFile(file, vfs);
    }
    Result<OpenedLog> opened = openSound(file, vfs);
    if (opened || opened.error().code != ErrorCode::Malformed) {
        return opened;
    }
    Result<OpenedLog> repaired = repairLogFile(file, vfs);
    // Without a sound row it may not be a log at all: what SQLite says tells more.
    return repaired || repaired.error().code != ErrorCode::Malformed ? std::move(repaired)
                                                                     : std::move(opened);
}

Result<OpenedLog> repairLogFile(const std::filesystem::path &file, const std::string &vfs)
{
    const Result<std::filesystem::path> copy = repairDatabase(file, vfs);
    if (!copy) {
        return tl::unexpected(copy.error());
    }
    Result<OpenedLog> opened = openSound(file, vfs);
    if (opened) {
        opened->repair = "The file with the documents was damaged and has been repaired. As it "
                         "was, it is kept in " +
                         copy->string() + '.';
    }
    return opened;
}

} // namespace cowrite::store
