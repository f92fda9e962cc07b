#include "libsync/store/repair.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "libsync/store/damaged_pages.h"
#include "libsync/store/database.h"
#include "libsync/store/disk_files.h"
#include "libsync/store/row_checksum.h"
#include "libsync/store/row_scan.h"
#include "libsync/store/row_statements.h"
#include "libsync/store/rows.h"
#include "libsync/store/schema.h"

namespace cowrite::store {

namespace {

using Path = std::filesystem::path;

/// Under this name the new database is complete.
Path repairedName(Path database)
{
    return database += "-repaired";
}

Path unfinishedName(Path database)
{
    return database += "-repairing";
}

/// Rows are added to a new database by these. What was found last is newest, except that a broken
/// row never takes the place of a sound one.
enum Added : std::size_t {
    SoundUpdate,
    BrokenUpdate,
    SoundDocument,
    BrokenDocument,
    Segment,
    Checkpoint,
};
constexpr std::array<const char *, 6> kSql{
    "INSERT INTO updates (document, seq, time, author, bytes, crc, merged)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document, seq) DO UPDATE SET time = excluded.time,"
    " author = excluded.author, bytes = excluded.bytes, crc = excluded.crc,"
    " merged = excluded.merged WHERE excluded.merged >= updates.merged",
    "INSERT INTO updates (document, seq, time, author, bytes, crc, merged)"
    " SELECT ?, ?, ?, ?, ?, ?, ?"
    " WHERE ?2 = (SELECT max(seq) + 1 FROM (SELECT seq FROM updates WHERE document = ?1"
    "     UNION ALL SELECT seq FROM segment WHERE document = ?1))",
    "INSERT OR REPLACE INTO document (id, key, title, kind, address, identity, created, opened,"
    " acknowledged, extra, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT OR IGNORE INTO document (id, key, title, kind, address, identity, created, opened,"
    " acknowledged, extra, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    kInsertSegment,
    kPutCheckpoint,
};

/// What no checksum is: a document that was broken stays recognisable until it is written again.
constexpr std::int64_t kNoChecksum = -1;

/// A new database that is filled with what was found.
class Salvage {
public:
    static Result<Salvage> into(Database database)
    {
        Result<std::vector<Statement>> statements = database.prepareAll(kSql);
        if (!statements) {
            return tl::unexpected(statements.error());
        }
        return Salvage(std::move(database), std::move(*statements));
    }

    Result<> run(DamagedPages &pages)
    {
        Result<Transaction> transaction = Transaction::begin(m_database);
        if (!transaction) {
            return tl::unexpected(transaction.error());
        }
        scanRows(pages, {
                            [this](const FoundUpdate &update, Soundness soundness) {
                                found(update, soundness);
                            },
                            [this](const DocumentInfo &info, Soundness soundness) {
                                found(info, soundness);
                            },
                            [this](const FoundSegment &segment) { found(segment); },
                            [this](const FoundCheckpoint &checkpoint) { found(checkpoint); },
                        });
        if (m_soundRows == 0) {
            return fail(ErrorCode::Malformed, "Nothing that is sound was found.");
        }
        // A page that was free, or an older one, may still have what is in a segment by now.
        note(m_database.execute(
            "DELETE FROM updates WHERE EXISTS (SELECT 1 FROM segment"
            " WHERE segment.document = updates.document AND segment.seq >= updates.seq"
            " AND segment.first <= updates.seq - updates.merged)"));
        addBroken();
        return m_result ? transaction->commit() : m_result;
    }

private:
    Salvage(Database database, std::vector<Statement> statements)
        : m_database(std::move(database)), m_statements(std::move(statements))
    {}

    void found(const FoundUpdate &update, Soundness soundness)
    {
        if (soundness == Soundness::Sound) {
            add(SoundUpdate, update);
            ++m_soundRows;
        } else if (update.seq > 0) {
            m_brokenUpdates.push_back(update);
        }
    }

    void found(const DocumentInfo &info, Soundness soundness)
    {
        if (soundness == Soundness::Sound) {
            add(SoundDocument, info, documentChecksum(info));
            ++m_soundRows;
        } else if (info.id > DocumentId{}) {
            m_brokenDocuments.push_back(info);
        }
    }

    void found(const FoundSegment &segment)
    {
        note(insertSegment(m_statements[Segment], segment.document, segment.first, segment.seq,
                           segment.bytes));
        ++m_soundRows;
    }

    void found(const FoundCheckpoint &checkpoint)
    {
        note(putCheckpoint(m_statements[Checkpoint], checkpoint.document, checkpoint.seq,
                           checkpoint.bytes));
    }

    void addBroken()
    {
        for (DocumentInfo &info : m_brokenDocuments) {
            info.acknowledged = 0;
            add(BrokenDocument, info, kNoChecksum);
        }
        // Documents of which only updates are left.
        note(m_database.execute(
            "INSERT INTO document (id, key, title, kind, address, identity, created, opened)"
            " SELECT DISTINCT document, 'recovered-' || document, 'Recovered document', '', '', '',"
            " 0, 0 FROM (SELECT document FROM updates UNION SELECT document FROM segment)"
            " WHERE document NOT IN (SELECT id FROM document)"));
        // A broken one is kept only where nothing else would show that something is missing: as the
        // last. Among all bytes there are some that only look like a row.
        std::sort(m_brokenUpdates.begin(), m_brokenUpdates.end(),
                  [](const auto &a, const auto &b) { return a.seq < b.seq; });
        for (const FoundUpdate &update : m_brokenUpdates) {
            add(BrokenUpdate, update);
        }
    }

    void add(Added how, const FoundUpdate &update)
    {
        note(m_statements[how]
                 .bind(0, toInteger(update.document))
                 .bind(1, toInteger(update.seq))
                 .bind(2, update.time)
                 .bind(3, std::string_view(update.author))
                 .bind(4, ByteView(update.bytes))
                 .bind(5, update.crc)
                 .bind(6, toInteger(update.merged))
                 .run());
    }

    void add(Added how, const DocumentInfo &info, std::int64_t crc)
    {
        note(putDocument(m_statements[how], info, crc));
    }

    void note(const Result<> &done)
    {
        if (m_result && !done) {
            m_result = done;
        }
    }

    Database m_database;
    std::vector<Statement> m_statements;
    std::vector<FoundUpdate> m_brokenUpdates;
    std::vector<DocumentInfo> m_brokenDocuments;
    std::uint64_t m_soundRows = 0;
    Result<> m_result; ///< the first failure
};

/// Makes the new database, complete and on the disk when this returns.
Result<> build(const Path &damaged, const Path &target, const std::string &vfs)
{
    Result<Database> database = Database::open(target, vfs);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (const Result<> migrated = migrate(*database); !migrated) {
        return migrated;
    }
    Result<Salvage> salvage = Salvage::into(std::move(*database));
    if (!salvage) {
        return tl::unexpected(salvage.error());
    }
    DamagedPages pages(damaged);
    return salvage->run(pages);
}

/// A second name for the file where the file system has them, else a copy.
std::error_code keep(const Path &file, const Path &name)
{
    std::error_code error;
    std::filesystem::create_hard_link(file, name, error);
    if (error) {
        std::filesystem::copy_file(file, name, error);
    }
    return error;
}

} // namespace

Result<Path> repairDatabase(const Path &database, const std::string &vfs)
{
    const Path unfinished = unfinishedName(database);
    removeDatabase(unfinished);
    const Result<> built = build(database, unfinished, vfs);
    if (!built) {
        removeDatabase(unfinished);
        return tl::unexpected(built.error());
    }
    Path copy;
    for (int number = 1; copy.empty() || std::filesystem::exists(copy); ++number) {
        copy = database.parent_path() /
               (database.stem().string() + "-damaged-" + std::to_string(number) + ".sqlite");
    }
    std::error_code error = keep(database, copy);
    if (!error && std::filesystem::exists(walOf(database))) {
        error = keep(walOf(database), walOf(copy));
    }
    if (!error) {
        std::filesystem::rename(unfinished, repairedName(database), error);
    }
    if (error) {
        return fileFailure(error.value(), "The damaged log cannot be kept");
    }
    if (const Result<> synced = syncFolder(database.parent_path()); !synced) {
        return tl::unexpected(synced.error());
    }
    if (const Result<> finished = finishRepair(database); !finished) {
        return tl::unexpected(finished.error());
    }
    return copy;
}

Result<> finishRepair(const Path &database)
{
    const Path repaired = repairedName(database);
    std::error_code error;
    if (!std::filesystem::exists(repaired, error)) {
        return {};
    }
    // In this order: the damaged log must never be played back into the new database.
    std::filesystem::remove(walOf(database), error);
    if (!error) {
        std::filesystem::rename(repaired, database, error);
    }
    if (error) {
        return fileFailure(error.value(), "The damaged log cannot be replaced");
    }
    return syncFolder(database.parent_path());
}

} // namespace cowrite::store
