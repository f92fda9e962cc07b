#include "libsync/store/rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libsync/store/crc32c.h"

namespace cowrite::store {

namespace {

/// Index of a prepared statement, in the order of kSql.
enum StatementIndex : std::size_t {
    InsertUpdate,
    UpsertDocument,
    DeleteDocument,
    DeleteUpdates,
    DeleteCheckpoint,
    UpsertCheckpoint,
    SelectDocuments,
    SelectLargestId,
    SelectCheckpoint,
    SelectUpdates,
    StatementCount,
};

constexpr std::array<const char *, StatementCount> kSql{
    "INSERT INTO updates (document, seq, time, author, bytes, crc) VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO document (id, key, title, kind, address, identity, created, opened, acknowledged,"
    " extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET key = excluded.key, title = excluded.title,"
    " kind = excluded.kind, address = excluded.address, identity = excluded.identity,"
    " created = excluded.created, opened = excluded.opened, acknowledged = excluded.acknowledged,"
    " extra = excluded.extra",
    "DELETE FROM document WHERE id = ?",
    "DELETE FROM updates WHERE document = ?",
    "DELETE FROM checkpoint WHERE document = ?",
    "INSERT INTO checkpoint (document, seq, bytes, crc) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes,"
    " crc = excluded.crc WHERE excluded.seq >= checkpoint.seq",
    // max() in a subquery of its own is one seek per document; a join would read every update.
    "SELECT id, key, title, kind, address, identity, created, opened, acknowledged, extra,"
    " max(ifnull((SELECT max(seq) FROM updates WHERE document = id), 0),"
    "     ifnull((SELECT seq FROM checkpoint WHERE document = id), 0)) FROM document",
    "SELECT seq FROM sqlite_sequence WHERE name = 'document'",
    "SELECT seq, bytes, crc FROM checkpoint WHERE document = ?",
    "SELECT seq, time, author, bytes, crc FROM updates WHERE document = ? AND seq > ?"
    " ORDER BY seq",
};

std::int64_t toInteger(DocumentId document)
{
    return static_cast<std::int64_t>(document);
}

std::int64_t toInteger(Seq seq)
{
    return static_cast<std::int64_t>(seq);
}

std::int64_t toInteger(std::chrono::system_clock::time_point time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

std::chrono::system_clock::time_point toTime(std::int64_t milliseconds)
{
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

ByteView toBytes(const std::string &text)
{
    return ByteView(reinterpret_cast<const std::uint8_t *>(text.data()), text.size());
}

std::uint32_t addInteger(std::int64_t value, std::uint32_t crc)
{
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
    return crc32c(bytes, crc);
}

/// The checksum covers the whole row, so that a row which moved to another place is noticed too.
std::int64_t checksum(DocumentId document, Seq seq, std::int64_t time, const std::string &author,
                      ByteView bytes)
{
    std::uint32_t crc = addInteger(toInteger(document), 0);
    crc = addInteger(toInteger(seq), crc);
    crc = addInteger(time, crc);
    crc = addInteger(static_cast<std::int64_t>(author.size()), crc);
    crc = crc32c(toBytes(author), crc);
    return crc32c(bytes, crc);
}

std::int64_t checksum(DocumentId document, Seq seq, ByteView bytes)
{
    return crc32c(bytes, addInteger(toInteger(seq), addInteger(toInteger(document), 0)));
}

DocumentRow readDocument(const Statement &row)
{
    DocumentRow result;
    result.info.id = DocumentId{row.integer(0)};
    result.info.key = row.text(1);
    result.info.title = row.text(2);
    result.info.kind = row.text(3);
    result.info.address = row.text(4);
    result.info.identity = row.text(5);
    result.info.created = toTime(row.integer(6));
    result.info.opened = toTime(row.integer(7));
    result.info.acknowledged = static_cast<Seq>(row.integer(8));
    result.info.extra = row.text(9);
    result.lastSeq = static_cast<Seq>(row.integer(10));
    return result;
}

/// Calls `visit` for each row of a statement whose parameters are bound, and resets it.
template <class Visit>
Result<> forEachRow(Statement &statement, Visit visit)
{
    while (true) {
        const Result<bool> row = statement.step();
        if (!row || !*row) {
            statement.reset();
            return row ? Result<>() : tl::unexpected(row.error());
        }
        visit(statement);
    }
}

} // namespace

Rows::Rows(Database database, std::vector<Statement> statements)
    : m_database(std::move(database)), m_statements(std::move(statements))
{}

Result<Rows> Rows::prepare(Database database)
{
    std::vector<Statement> statements;
    for (const char *sql : kSql) {
        Result<Statement> statement = database.prepare(sql);
        if (!statement) {
            return tl::unexpected(statement.error());
        }
        statements.push_back(std::move(*statement));
    }
    return Rows(std::move(database), std::move(statements));
}

Result<> Rows::commit(const std::vector<Operation> &operations)
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    for (const Operation &operation : operations) {
        const Result<> done = std::visit([this](const auto &it) { return apply(it); }, operation);
        if (!done) {
            return done;
        }
    }
    return transaction->commit();
}

Result<> Rows::apply(const AppendUpdate &operation)
{
    const std::int64_t time = toInteger(operation.time);
    return m_statements[InsertUpdate]
        .bind(0, toInteger(operation.document))
        .bind(1, toInteger(operation.seq))
        .bind(2, time)
        .bind(3, std::string_view(operation.author))
        .bind(4, ByteView(operation.bytes))
        .bind(5,
              checksum(operation.document, operation.seq, time, operation.author, operation.bytes))
        .run();
}

Result<> Rows::apply(const PutDocument &operation)
{
    const DocumentInfo &info = operation.info;
    return m_statements[UpsertDocument]
        .bind(0, toInteger(info.id))
        .bind(1, std::string_view(info.key))
        .bind(2, std::string_view(info.title))
        .bind(3, std::string_view(info.kind))
        .bind(4, std::string_view(info.address))
        .bind(5, std::string_view(info.identity))
        .bind(6, toInteger(info.created))
        .bind(7, toInteger(info.opened))
        .bind(8, toInteger(info.acknowledged))
        .bind(9, std::string_view(info.extra))
        .run();
}

Result<> Rows::apply(const RemoveDocument &operation)
{
    for (const StatementIndex index : {DeleteCheckpoint, DeleteUpdates, DeleteDocument}) {
        if (const Result<> done = m_statements[index].bind(0, toInteger(operation.document)).run();
            !done) {
            return done;
        }
    }
    return {};
}

Result<> Rows::apply(const PutCheckpoint &operation)
{
    return m_statements[UpsertCheckpoint]
        .bind(0, toInteger(operation.document))
        .bind(1, toInteger(operation.seq))
        .bind(2, ByteView(operation.bytes))
        .bind(3, checksum(operation.document, operation.seq, operation.bytes))
        .run();
}

Result<std::vector<DocumentRow>> Rows::documents()
{
    std::vector<DocumentRow> result;
    const Result<> done = forEachRow(m_statements[SelectDocuments], [&](const Statement &row) {
        result.push_back(readDocument(row));
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return result;
}

Result<std::int64_t> Rows::largestId()
{
    std::int64_t result = 0;
    const Result<> done = forEachRow(m_statements[SelectLargestId],
                                     [&](const Statement &row) { result = row.integer(0); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return result;
}

Result<StoredDocument> Rows::read(DocumentId document)
{
    StoredDocument result;
    if (const Result<> done = readCheckpoint(document, result); !done) {
        return tl::unexpected(done.error());
    }
    if (const Result<> done = readUpdates(document, result); !done) {
        return tl::unexpected(done.error());
    }
    return result;
}

Result<> Rows::readCheckpoint(DocumentId document, StoredDocument &into)
{
    Statement &select = m_statements[SelectCheckpoint];
    return forEachRow(select.bind(0, toInteger(document)), [&](const Statement &row) {
        const Seq seq = static_cast<Seq>(row.integer(0));
        const ByteView bytes = row.blob(1);
        into.lastSeq = seq;
        if (row.integer(2) != checksum(document, seq, bytes)) {
            into.damaged.push_back({DamagedRow::Kind::Checkpoint, seq});
            return;
        }
        into.checkpointSeq = seq;
        into.checkpoint.assign(bytes.begin(), bytes.end());
    });
}

Result<> Rows::readUpdates(DocumentId document, StoredDocument &into)
{
    Statement &select = m_statements[SelectUpdates];
    select.bind(0, toInteger(document)).bind(1, toInteger(into.checkpointSeq));
    return forEachRow(select, [&](const Statement &row) {
        const Seq seq = static_cast<Seq>(row.integer(0));
        const std::int64_t time = row.integer(1);
        std::string author = row.text(2);
        const ByteView bytes = row.blob(3);
        into.lastSeq = std::max(into.lastSeq, seq);
        if (row.integer(4) != checksum(document, seq, time, author, bytes)) {
            into.damaged.push_back({DamagedRow::Kind::Update, seq});
            return;
        }
        into.updates.push_back(
            {seq, toTime(time), std::move(author), Bytes(bytes.begin(), bytes.end())});
    });
}

} // namespace cowrite::store
