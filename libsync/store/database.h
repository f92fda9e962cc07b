#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace cowrite::store {

/// Makes a database that is new, or is written anew by VACUUM, keep what it takes to give free
/// pages back to the disk.
inline constexpr const char *kGiveBackPages = "PRAGMA auto_vacuum=INCREMENTAL";

/// A prepared statement. Parameters and columns are counted from 0, in the order of the SQL text.
/// What is bound must stay where it is until the statement has run: nothing is copied.
class Statement {
public:
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}

    Statement &bind(int parameter, std::int64_t value);
    Statement &bind(int parameter, std::string_view value);
    Statement &bind(int parameter, ByteView value);

    /// Goes to the next row: true when there is one, false at the end. After an error, reset.
    Result<bool> step();
    /// Runs a statement that gives no rows, and resets it whatever happens.
    Result<> run();
    /// Makes the statement ready to run again and lets go of what it read.
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    /// Valid until the next step or reset.
    [[nodiscard]] ByteView blob(int column) const;

private:
    struct Finalizer {
        void operator()(sqlite3_stmt *statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

/// The connection; used by one thread at a time.
class Database {
public:
    /// Opens or creates `file` for this program alone, with a write-ahead log that is synced at
    /// every commit. `vfs` names an SQLite VFS; empty for the default one.
    /// Errors: Busy, ReadOnly, DiskFull, Io; Malformed when the file is no database.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path &file,
                                               const std::string &vfs);

    /// Runs SQL of ours whose rows, if any, do not matter.
    Result<> execute(const char *sql);
    /// The same for one after the other, until one fails.
    Result<> executeAll(std::initializer_list<const char *> sql);
    /// Prepares SQL of ours. Errors: as any read of the database, which may be damaged.
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// The same, one for each text.
    [[nodiscard]] Result<std::vector<Statement>> prepareAll(std::span<const char *const> sql);

    /// Runs SQLite's integrity check, which reads the whole database. Error Malformed.
    Result<> check();

    /// The one number that `sql` gives, for pragmas; 0 when it gives no row.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);

private:
    struct Closer {
        void operator()(sqlite3 *connection) const;
    };

    explicit Database(sqlite3 *connection) : m_connection(connection) {}

    std::unique_ptr<sqlite3, Closer> m_connection;
};

/// A transaction that rolls back unless it was committed. The write lock is taken at the start, so
/// that a database in use shows at once.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database &database);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    Result<> commit();

private:
    explicit Transaction(Database &database) : m_database(&database) {}

    Database *m_database;
};

} // namespace cowrite::store
