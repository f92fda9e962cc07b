#include "libsync/store/rows.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "libsync/store/row_checksum.h"
#include "libsync/store/row_statements.h"

namespace cowrite::store {

namespace {

/// Index of a prepared statement, in the order of kSql.
enum StatementIndex : std::size_t {
    InsertUpdate,
    UpsertDocument,
    DeleteDocument,
    DeleteUpdates,
    DeleteSegments,
    DeleteCheckpoint,
    UpsertCheckpoint,
    SelectDocuments,
    SelectLargestId,
    SelectCheckpoint,
    SelectUpdates,
    SelectSegments,
    SelectLastSeq,
    UpsertUndo,
    DeleteUndo,
    SelectUndo,
    StatementCount,
};

constexpr std::array<const char *, StatementCount> kSql{
    "INSERT INTO updates (document, seq, time, author, bytes, crc) VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO document (id, key, title, kind, address, identity, created, opened, acknowledged,"
    " extra, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET key = excluded.key, title = excluded.title,"
    " kind = excluded.kind, address = excluded.address, identity = excluded.identity,"
    " created = excluded.created, opened = excluded.opened, acknowledged = excluded.acknowledged,"
    " extra = excluded.extra, crc = excluded.crc",
    "DELETE FROM document WHERE id = ?",
    "DELETE FROM updates WHERE document = ?",
    "DELETE FROM segment WHERE document = ?",
    "DELETE FROM checkpoint WHERE document = ?",
    kPutCheckpoint,
    // max() in a subquery of its own is one seek per document; a join would read every update.
    "SELECT id, key, title, kind, address, identity, created, opened, acknowledged, extra,"
    " crc, crc IS NOT NULL, max(ifnull((SELECT max(seq) FROM updates WHERE document = id), 0),"
    "     ifnull((SELECT max(seq) FROM segment WHERE document = document.id), 0),"
    "     ifnull((SELECT seq FROM checkpoint WHERE document = id), 0)) FROM document",
    "SELECT seq FROM sqlite_sequence WHERE name = 'document'",
    "SELECT seq, bytes, crc FROM checkpoint WHERE document = ?",
    kSelectUpdates,
    "SELECT first, seq, bytes, crc FROM segment WHERE document = ? AND seq > ? ORDER BY seq",
    "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM updates WHERE document = ?1"
    " UNION ALL SELECT max(seq) FROM segment WHERE document = ?1)",
    "INSERT OR REPLACE INTO undo (document, seq, time, bytes, crc) VALUES (?, ?, ?, ?, ?)",
    "DELETE FROM undo WHERE document = ?",
    "SELECT seq, time, bytes, crc FROM undo WHERE document = ?",
};

/// Updates for which room is made before they are read: a document has no more as a rule, and a
/// place that is far away need not mean that there are as many.
constexpr Seq kRoomForUpdates = 1'000'000;

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
    result.hasChecksum = row.integer(11) != 0;
    result.lastSeq = static_cast<Seq>(row.integer(12));
    result.isDamaged = result.hasChecksum && row.integer(10) != documentChecksum(result.info);
    if (result.isDamaged) {
        result.info.acknowledged = 0;
    }
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

/// The updates of a document after a place, put together from rows and segments in their order.
class History {
public:
    History(DocumentId document, Seq after, StoredDocument &into)
        : m_document(document), m_end(after), m_into(into)
    {}

    void addRow(const Statement &row)
    {
        noteLast(static_cast<Seq>(row.integer(0)));
        if (std::optional<LoggedUpdate> logged = readUpdate(row, m_document)) {
            add(std::move(*logged));
        }
    }

    void addSegment(const Statement &row)
    {
        const auto first = static_cast<Seq>(row.integer(0));
        const auto seq = static_cast<Seq>(row.integer(1));
        const ByteView bytes = row.blob(2);
        noteLast(seq);
        if (row.integer(3) != segmentChecksum(m_document, first, seq, bytes)) {
            return;
        }
        if (Result<std::vector<LoggedUpdate>> updates = unpackSegment(first, bytes)) {
            for (LoggedUpdate &logged : *updates) {
                if (logged.update.seq > m_end) {
                    add(std::move(logged));
                }
            }
        }
    }

    void end() { noteGapBefore(m_into.lastSeq + 1); }

private:
    void add(LoggedUpdate logged)
    {
        noteGapBefore(logged.first());
        m_end = logged.update.seq;
        m_into.updates.push_back(std::move(logged.update));
    }

    void noteLast(Seq seq) { m_into.lastSeq = std::max(m_into.lastSeq, seq); }

    void noteGapBefore(Seq seq)
    {
        if (seq > m_end + 1) {
            m_into.damaged.push_back({Damage::Kind::Update, m_end + 1});
        }
    }

    DocumentId m_document;
    Seq m_end; ///< everything up to here is there, or its damage is noted
    StoredDocument &m_into;
};

} // namespace

Rows::Rows(Database database, std::vector<Statement> statements)
    : m_database(std::move(database)), m_statements(std::move(statements))
{}

Result<Rows> Rows::prepare(Database database)
{
    Result<std::vector<Statement>> statements = database.prepareAll(kSql);
    if (!statements) {
        return tl::unexpected(statements.error());
    }
    return Rows(std::move(database), std::move(*statements));
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
        .bind(5, updateChecksum(operation.document, operation.seq, 0, time, operation.author,
                                operation.bytes))
        .run();
}

Result<> Rows::apply(const PutDocument &operation)
{
    return putDocument(m_statements[UpsertDocument], operation.info,
                       documentChecksum(operation.info));
}

Result<> Rows::apply(const RemoveDocument &operation)
{
    for (const StatementIndex index :
         {DeleteUndo, DeleteCheckpoint, DeleteSegments, DeleteUpdates, DeleteDocument}) {
        if (const Result<> done = m_statements[index].bind(0, toInteger(operation.document)).run();
            !done) {
            return done;
        }
    }
    return {};
}

Result<> Rows::apply(const PutCheckpoint &operation)
{
    return putCheckpoint(m_statements[UpsertCheckpoint], operation.document, operation.seq,
                         operation.bytes);
}

Result<> Rows::apply(const PutUndo &operation)
{
    const std::int64_t document = toInteger(operation.document);
    const StoredUndo &undo = operation.undo;
    if (undo.bytes.empty()) {
        return m_statements[DeleteUndo].bind(0, document).run();
    }
    const std::int64_t time = toInteger(undo.time);
    return m_statements[UpsertUndo]
        .bind(0, document)
        .bind(1, toInteger(undo.seq))
        .bind(2, time)
        .bind(3, ByteView(undo.bytes))
        .bind(4, undoChecksum(operation.document, undo.seq, time, undo.bytes))
        .run();
}

Result<std::optional<CompactionPlace>> Rows::compactSome(CompactionPlace from)
{
    return store::compactSome(m_database, from);
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

Result<StoredDocument> Rows::read(DocumentId document, LoadFrom from)
{
    StoredDocument result;
    if (const Result<> done = readCheckpoint(document, result); !done) {
        return tl::unexpected(done.error());
    }
    if (const Result<> done =
            readUpdates(document, from == LoadFrom::Checkpoint ? result.checkpointSeq : 0, result);
        !done) {
        return tl::unexpected(done.error());
    }
    if (const Result<> done = readUndo(document, result); !done) {
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
        if (row.integer(2) != checkpointChecksum(document, seq, bytes)) {
            into.damaged.push_back({Damage::Kind::Checkpoint, seq});
            return;
        }
        into.checkpointSeq = seq;
        into.checkpoint.assign(bytes.begin(), bytes.end());
    });
}

Result<> Rows::readUpdates(DocumentId document, Seq after, StoredDocument &into)
{
    const Result<> sized = forEachRow(
        m_statements[SelectLastSeq].bind(0, toInteger(document)), [&](const Statement &row) {
            const auto last = static_cast<Seq>(row.integer(0));
            into.updates.reserve(std::min(last > after ? last - after : 0, kRoomForUpdates));
        });
    if (!sized) {
        return sized;
    }
    Statement &rows = m_statements[SelectUpdates];
    Statement &segments = m_statements[SelectSegments];
    rows.bind(0, toInteger(document))
        .bind(1, toInteger(after))
        .bind(2, std::numeric_limits<std::int64_t>::max());
    segments.bind(0, toInteger(document)).bind(1, toInteger(after));
    History history(document, after, into);
    Result<bool> row = rows.step();
    Result<bool> segment = segments.step();
    while (row && segment && (*row || *segment)) {
        if (*segment && (!*row || segments.integer(1) < rows.integer(0))) {
            history.addSegment(segments);
            segment = segments.step();
        } else {
            history.addRow(rows);
            row = rows.step();
        }
    }
    rows.reset();
    segments.reset();
    for (const Result<bool> *read : {&row, &segment}) {
        if (!*read) {
            return tl::unexpected(read->error());
        }
    }
    history.end();
    return {};
}

Result<> Rows::readUndo(DocumentId document, StoredDocument &into)
{
    Statement &select = m_statements[SelectUndo];
    return forEachRow(select.bind(0, toInteger(document)), [&](const Statement &row) {
        const Seq seq = static_cast<Seq>(row.integer(0));
        const std::int64_t time = row.integer(1);
        const ByteView bytes = row.blob(2);
        if (row.integer(3) != undoChecksum(document, seq, time, bytes)) {
            into.damaged.push_back({Damage::Kind::Undo, seq});
            return;
        }
        into.undo = StoredUndo{seq, toTime(time), Bytes(bytes.begin(), bytes.end())};
    });
}

} // namespace cowrite::store
