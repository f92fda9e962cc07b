#include "libsync/store/database.h"

#include <utility>

#include <sqlite3.h>

#include "libsync/base/check.h"
#include "libsync/store/disk_files.h"

namespace cowrite::store {

namespace {

/// The `errno` behind an I/O failure on `connection`; 0 when it is not known. sqlite3_system_errno
/// knows it for opening, but not for what fails in a commit: that is kept with the write-ahead log.
int systemErrorOf(sqlite3 *connection)
{
    const int direct = sqlite3_system_errno(connection);
    sqlite3_file *file = nullptr;
    int fromFile = 0;
    if (direct == 0 &&
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) ==
            SQLITE_OK &&
        file != nullptr && file->pMethods != nullptr) {
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &fromFile);
    }
    return direct != 0 ? direct : fromFile;
}

/// What SQLite's last failure on `connection` means for the person in front of the screen.
tl::unexpected<Error> failure(sqlite3 *connection)
{
    const int code = sqlite3_extended_errcode(connection);
    const int systemError = systemErrorOf(connection);
    const std::string detail = sqlite3_errmsg(connection);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(ErrorCode::Busy, "Another Cowrite is using this folder.");
    case SQLITE_FULL:
        return diskFull();
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return diskReadOnly();
    case SQLITE_ERROR: // our SQL is right, so the tables are not
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(ErrorCode::Malformed, "The log is damaged: " + detail + '.');
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return diskFailure(systemError, "The disk failed: " + detail + '.');
    default:
        return fail(ErrorCode::Io, "The log cannot be used: " + detail + '.');
    }
}

/// Takes the write-ahead log into the database once it has so many pages.
constexpr int kLongLog = 1'000;

/// For sqlite3_wal_hook(), in the place of SQLite's own, which leaves the old frames in the file to
/// be written over. Then a program that is killed on the way leaves new heads with old pages, which
/// look like damage. At the end of a file that grows, they are just not whole.
int emptyLongLog(void *, sqlite3 *connection, const char *database, int pages)
{
    // What keeps it from being emptied now may have gone the next time; commits go on without.
    if (pages >= kLongLog) {
        sqlite3_wal_checkpoint_v2(connection, database, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    }
    return SQLITE_OK;
}

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement &Statement::bind(int parameter, std::int64_t value)
{
    COWRITE_CHECK(sqlite3_bind_int64(m_statement.get(), parameter + 1, value) == SQLITE_OK);
    return *this;
}

Statement &Statement::bind(int parameter, std::string_view value)
{
    // A null pointer would bind NULL, and the columns of the log are NOT NULL.
    const char *data = value.data() != nullptr ? value.data() : "";
    COWRITE_CHECK(sqlite3_bind_text64(m_statement.get(), parameter + 1, data, value.size(),
                                      SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
    return *this;
}

Statement &Statement::bind(int parameter, ByteView value)
{
    const void *data = value.data() != nullptr ? static_cast<const void *>(value.data()) : "";
    COWRITE_CHECK(sqlite3_bind_blob64(m_statement.get(), parameter + 1, data, value.size(),
                                      SQLITE_STATIC) == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    return failure(sqlite3_db_handle(m_statement.get()));
}

Result<> Statement::run()
{
    const Result<bool> stepped = step();
    reset();
    if (!stepped) {
        return tl::unexpected(stepped.error());
    }
    return {};
}

void Statement::reset()
{
    // The result repeats the failure that step() has already reported.
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const ByteView bytes = blob(column);
    return std::string(bytes.begin(), bytes.end());
}

ByteView Statement::blob(int column) const
{
    // The pointer first: sqlite3_column_bytes would otherwise count before a conversion.
    const auto *data =
        static_cast<const std::uint8_t *>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data != nullptr ? ByteView(data, static_cast<std::size_t>(size)) : ByteView();
}

void Database::Closer::operator()(sqlite3 *connection) const
{
    sqlite3_close_v2(connection);
}

Result<Database> Database::open(const std::filesystem::path &file, const std::string &vfs)
{
    sqlite3 *connection = nullptr;
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code =
        sqlite3_open_v2(file.c_str(), &connection, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (connection == nullptr) {
        return fail(ErrorCode::Io, "There is no memory left to open the log.");
    }
    Database database(connection);
    if (code != SQLITE_OK) {
        return failure(connection);
    }
    if (sqlite3_db_readonly(connection, "main") == 1) {
        return fail(ErrorCode::ReadOnly, "The disk or the folder cannot be written to.");
    }
    // EXCLUSIVE comes first: then the write-ahead log needs no shared memory, and the lock that
    // the first access takes is kept.
    if (const Result<> done =
            database.executeAll({"PRAGMA page_size=4096", "PRAGMA locking_mode=EXCLUSIVE"});
        !done) {
        return tl::unexpected(done.error());
    }
    const Result<std::int64_t> pages = database.number("PRAGMA page_count");
    if (!pages) {
        return tl::unexpected(pages.error());
    }
    // Only a new database takes this; in others it would do nothing but write.
    if (*pages == 0) {
        if (const Result<> done = database.execute(kGiveBackPages); !done) {
            return tl::unexpected(done.error());
        }
    }
    if (const Result<> done =
            database.executeAll({"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                 "PRAGMA temp_store=MEMORY", "PRAGMA trusted_schema=OFF"});
        !done) {
        return tl::unexpected(done.error());
    }
    sqlite3_wal_hook(connection, emptyLongLog, nullptr);
    // Only a header that forbids it makes a file read-only after it was opened.
    if (sqlite3_db_readonly(connection, "main") == 1) {
        return fail(ErrorCode::Malformed, "The log is damaged: its header forbids to write.");
    }
    return database;
}

Result<> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return failure(m_connection.get());
    }
    return {};
}

Result<> Database::executeAll(std::initializer_list<const char *> sql)
{
    for (const char *text : sql) {
        if (const Result<> done = execute(text); !done) {
            return done;
        }
    }
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_connection.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
        return failure(m_connection.get());
    }
    return Statement(statement);
}

Result<std::vector<Statement>> Database::prepareAll(std::span<const char *const> sql)
{
    std::vector<Statement> statements;
    for (const char *text : sql) {
        Result<Statement> statement = prepare(text);
        if (!statement) {
            return tl::unexpected(statement.error());
        }
        statements.push_back(std::move(*statement));
    }
    return statements;
}

Result<> Database::check()
{
    Result<Statement> statement = prepare("PRAGMA integrity_check(1)");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    const Result<bool> row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    const std::string found = *row ? statement->text(0) : std::string();
    return found == "ok" ? Result<>()
                         : fail(ErrorCode::Malformed, "The log is damaged: " + found + '.');
}

Result<std::int64_t> Database::number(std::string_view sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    const Result<bool> row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? statement->integer(0) : 0;
}

Result<Transaction> Transaction::begin(Database &database)
{
    if (const Result<> begun = database.execute("BEGIN IMMEDIATE"); !begun) {
        return tl::unexpected(begun.error());
    }
    return Transaction(database);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{}

Transaction::~Transaction()
{
    if (m_database != nullptr) {
        // Some failures have rolled back already; then this one says so and changes nothing.
        static_cast<void>(m_database->execute("ROLLBACK"));
    }
}

Result<> Transaction::commit()
{
    if (const Result<> done = m_database->execute("COMMIT"); !done) {
        return done;
    }
    m_database = nullptr;
    return {};
}

} // namespace cowrite::store
