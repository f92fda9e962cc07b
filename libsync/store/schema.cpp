#include "libsync/store/schema.h"

#include <array>
#include <string>

namespace cowrite::store {

namespace {

/// `PRAGMA application_id`: marks the file as ours ("CWlg").
constexpr std::int64_t kApplicationId = 0x43576c67;

/// Step i leads from version i to version i + 1. A step that was ever released is never edited.
/// AUTOINCREMENT keeps the ids of removed documents from being used again. Rows of `updates` are
/// small, so they live in the primary key's tree.
constexpr std::array<const char *, kSchemaVersion> kSteps{
    R"sql(
        CREATE TABLE document (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            kind TEXT NOT NULL,
            address TEXT NOT NULL,
            identity TEXT NOT NULL,
            created INTEGER NOT NULL,
            opened INTEGER NOT NULL);
        CREATE TABLE updates (
            document INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            time INTEGER NOT NULL,
            author TEXT NOT NULL,
            bytes BLOB NOT NULL,
            crc INTEGER NOT NULL,
            PRIMARY KEY (document, seq)) WITHOUT ROWID;
    )sql",
    R"sql(
        ALTER TABLE document ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE document ADD COLUMN extra TEXT NOT NULL DEFAULT '';
        CREATE TABLE checkpoint (
            document INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            crc INTEGER NOT NULL);
    )sql",
    // The checksum of a document is NULL until it is written the next time.
    R"sql(
        ALTER TABLE document ADD COLUMN crc INTEGER;
        ALTER TABLE updates ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
    )sql",
    // How far a document has been compacted. No part of its checksum: a wrong one does no harm.
    R"sql(
        ALTER TABLE document ADD COLUMN compacted INTEGER NOT NULL DEFAULT 0;
    )sql",
    // What can be undone: bytes of the app's own.
    R"sql(
        CREATE TABLE undo (
            document INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            time INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            crc INTEGER NOT NULL);
    )sql",
    // Many updates in one row. What was compacted before was so in another way: from the beginning.
    R"sql(
        CREATE TABLE segment (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            first INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            crc INTEGER NOT NULL,
            UNIQUE (document, seq));
        UPDATE document SET compacted = 0;
    )sql",
};

Result<> runStep(Database &database, std::int64_t step)
{
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const std::string marks = "PRAGMA application_id=" + std::to_string(kApplicationId) +
                              ";PRAGMA user_version=" + std::to_string(step + 1);
    for (const char *sql : {kSteps[static_cast<std::size_t>(step)], marks.c_str()}) {
        if (const Result<> done = database.execute(sql); !done) {
            return done;
        }
    }
    return transaction->commit();
}

} // namespace

Result<> migrate(Database &database)
{
    const Result<std::int64_t> version = database.number("PRAGMA user_version");
    const Result<std::int64_t> application = database.number("PRAGMA application_id");
    const Result<std::int64_t> tables = database.number("SELECT count(*) FROM sqlite_schema");
    for (const Result<std::int64_t> *read : {&version, &application, &tables}) {
        if (!*read) {
            return tl::unexpected(read->error());
        }
    }
    if (*tables > 0 && *application != kApplicationId) {
        return fail(ErrorCode::Malformed, "The file log.sqlite in this folder is not Cowrite's.");
    }
    if (*version < 0) {
        return fail(ErrorCode::Malformed, "The log is damaged: it has no version.");
    }
    if (*version > kSchemaVersion) {
        return fail(ErrorCode::Unsupported,
                    "This folder was written by a newer Cowrite (its log has version " +
                        std::to_string(*version) + ", this one knows " +
                        std::to_string(kSchemaVersion) + "). Install the newer one to open it.");
    }
    for (std::int64_t step = *version; step < kSchemaVersion; ++step) {
        if (const Result<> done = runStep(database, step); !done) {
            return done;
        }
    }
    return {};
}

} // namespace cowrite::store
