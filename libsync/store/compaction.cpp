#include "libsync/store/compaction.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libsync/codec/update_tools.h"
#include "libsync/store/row_checksum.h"

namespace cowrite::store {

namespace {

constexpr std::int64_t kMinute = 60'000;
/// What one transaction reads: some milliseconds of work, as commits wait for it.
constexpr std::int64_t kRowsAtOnce = 256;
constexpr std::size_t kBytesAtOnce = std::size_t{1} << 18;
/// A merged update does not become larger, so that the next slice can read it and more.
constexpr std::size_t kLargestMerged = std::size_t{1} << 16;

struct Row {
    Seq first = 0; ///< the first place that it holds
    Seq seq = 0;
    std::int64_t time = 0;
    std::string author;
    Bytes bytes;
    bool isSound = false;
};

/// A document and the place up to which it is done.
struct Place {
    DocumentId document{};
    Seq seq = 0;
};

struct Slice {
    std::vector<Row> rows;
    bool isLast = false; ///< what follows is not old enough, or there is nothing
};

/// The next document whose first update that is not done is old enough.
Result<std::optional<Place>> findWork(Database &database, DocumentId from, std::int64_t before)
{
    Result<Statement> select = database.prepare(
        "SELECT id, compacted FROM document WHERE id >= ? AND (SELECT time FROM updates"
        " WHERE document = id AND seq > compacted ORDER BY seq LIMIT 1) < ? ORDER BY id LIMIT 1");
    if (!select) {
        return tl::unexpected(select.error());
    }
    const Result<bool> row = select->bind(0, toInteger(from)).bind(1, before).step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? std::optional(
                      Place{DocumentId{select->integer(0)}, static_cast<Seq>(select->integer(1))})
                : std::nullopt;
}

Result<Slice> readSlice(Database &database, const Place &place, std::int64_t before)
{
    Result<Statement> select =
        database.prepare("SELECT seq, time, author, bytes, crc, merged FROM updates"
                         " WHERE document = ? AND seq > ? ORDER BY seq LIMIT ?");
    if (!select) {
        return tl::unexpected(select.error());
    }
    select->bind(0, toInteger(place.document)).bind(1, toInteger(place.seq)).bind(2, kRowsAtOnce);
    Slice slice;
    std::size_t bytes = 0;
    Result<bool> step = select->step();
    for (; step && *step && bytes < kBytesAtOnce; step = select->step()) {
        Row row;
        row.seq = static_cast<Seq>(select->integer(0));
        row.time = select->integer(1);
        row.author = select->text(2);
        const ByteView view = select->blob(3);
        row.bytes.assign(view.begin(), view.end());
        const auto merged = static_cast<Seq>(select->integer(5));
        row.first = row.seq - merged;
        row.isSound = select->integer(4) ==
                      updateChecksum(place.document, row.seq, merged, row.time, row.author, view);
        if (row.time >= before) {
            slice.isLast = true;
            return slice;
        }
        bytes += row.bytes.size();
        slice.rows.push_back(std::move(row));
    }
    if (!step) {
        return tl::unexpected(step.error());
    }
    slice.isLast = !*step && static_cast<std::int64_t>(slice.rows.size()) < kRowsAtOnce;
    return slice;
}

bool belongTogether(const Row &row, const Row &next)
{
    return row.isSound && next.isSound && next.first == row.seq + 1 && next.author == row.author &&
           next.time / kMinute == row.time / kMinute;
}

/// The end of the run that begins at `begin`.
std::size_t endOfRun(const std::vector<Row> &rows, std::size_t begin)
{
    std::size_t bytes = rows[begin].bytes.size();
    std::size_t end = begin + 1;
    while (end < rows.size() && belongTogether(rows[end - 1], rows[end]) &&
           bytes + rows[end].bytes.size() <= kLargestMerged) {
        bytes += rows[end++].bytes.size();
    }
    return end;
}

/// False if the updates cannot be merged.
Result<bool> mergeRun(Database &database, DocumentId document, const Row *begin, const Row *end)
{
    std::vector<ByteView> updates;
    for (const Row *row = begin; row != end; ++row) {
        updates.emplace_back(row->bytes);
    }
    const Result<Bytes> bytes = codec::mergeUpdates(updates);
    if (!bytes) {
        return false; // who opens the document is told
    }
    const Row &last = *(end - 1);
    const Seq merged = last.seq - begin->first;
    Result<Statement> remove =
        database.prepare("DELETE FROM updates WHERE document = ? AND seq >= ? AND seq < ?");
    Result<Statement> update = database.prepare(
        "UPDATE updates SET bytes = ?, merged = ?, crc = ? WHERE document = ? AND seq = ?");
    for (const Result<Statement> *statement : {&remove, &update}) {
        if (!*statement) {
            return tl::unexpected(statement->error());
        }
    }
    const Result<> removed = remove->bind(0, toInteger(document))
                                 .bind(1, toInteger(begin->seq))
                                 .bind(2, toInteger(last.seq))
                                 .run();
    if (!removed) {
        return tl::unexpected(removed.error());
    }
    const Result<> updated =
        update->bind(0, ByteView(*bytes))
            .bind(1, toInteger(merged))
            .bind(2, updateChecksum(document, last.seq, merged, last.time, last.author, *bytes))
            .bind(3, toInteger(document))
            .bind(4, toInteger(last.seq))
            .run();
    return updated ? Result<bool>(true) : tl::unexpected(updated.error());
}

Result<> notePlace(Database &database, const Place &place)
{
    Result<Statement> update = database.prepare("UPDATE document SET compacted = ? WHERE id = ?");
    return update ? update->bind(0, toInteger(place.seq)).bind(1, toInteger(place.document)).run()
                  : tl::unexpected(update.error());
}

} // namespace

Result<std::optional<DocumentId>> compactSome(Database &database, DocumentId from,
                                              std::chrono::system_clock::time_point before)
{
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    Result<std::optional<Place>> place = findWork(database, from, toInteger(before));
    if (!place || !*place) {
        return place ? Result<std::optional<DocumentId>>() : tl::unexpected(place.error());
    }
    const Result<Slice> slice = readSlice(database, **place, toInteger(before));
    if (!slice) {
        return tl::unexpected(slice.error());
    }
    const std::vector<Row> &rows = slice->rows;
    for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
        end = endOfRun(rows, begin);
        Result<bool> merged = false;
        if (end - begin > 1) {
            merged = mergeRun(database, (*place)->document, &rows[begin], rows.data() + end);
            if (!merged) {
                return tl::unexpected(merged.error());
            }
        }
        // The last run may go on in the next slice, which then has something new to look at.
        const bool mayGoOn = end == rows.size() && !slice->isLast && (*merged || begin > 0);
        if (!mayGoOn) {
            (*place)->seq = rows[end - 1].seq;
        }
    }
    if (const Result<> noted = notePlace(database, **place); !noted) {
        return tl::unexpected(noted.error());
    }
    if (const Result<> committed = transaction->commit(); !committed) {
        return tl::unexpected(committed.error());
    }
    return std::optional((*place)->document);
}

} // namespace cowrite::store
