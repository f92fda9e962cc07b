#include "libsync/store/compaction.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "libsync/store/row_checksum.h"
#include "libsync/store/row_statements.h"
#include "libsync/store/segment.h"

namespace cowrite::store {

namespace {

/// What one transaction reads: some milliseconds of work, as commits wait for it. More in a segment
/// would hardly make it smaller, and damage would cost more.
constexpr std::size_t kRowsAtOnce = 4'096;
constexpr std::size_t kBytesAtOnce = std::size_t{1} << 16;
/// Packing a larger update would keep commits waiting; it stays in a row of its own.
constexpr std::size_t kLargestPacked = std::size_t{1} << 20;

/// Free pages are given back this many at once: 256 KiB.
constexpr const char *kGiveBackSome = "PRAGMA incremental_vacuum(64)";
/// A database that was made before pages could be given back is written anew, once most of it is
/// free, if what remains is not more than this: 64 MiB, written in less than a second.
constexpr std::int64_t kPagesRewritten = 16'384;

/// A document with updates to pack: those after `compacted` and up to its checkpoint.
struct Work {
    DocumentId document{};
    Seq compacted = 0;
    Seq checkpoint = 0;
};

Result<std::optional<Work>> findWork(Database &database, DocumentId from)
{
    Result<Statement> select = database.prepare(
        "SELECT id, compacted, checkpoint.seq FROM document JOIN checkpoint"
        " ON checkpoint.document = id WHERE id >= ? AND EXISTS (SELECT 1 FROM updates"
        " WHERE updates.document = id AND updates.seq > compacted"
        " AND updates.seq <= checkpoint.seq) ORDER BY id LIMIT 1");
    if (!select) {
        return tl::unexpected(select.error());
    }
    const Result<bool> row = select->bind(0, toInteger(from)).step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? std::optional(Work{DocumentId{select->integer(0)},
                                     static_cast<Seq>(select->integer(1)),
                                     static_cast<Seq>(select->integer(2))})
                : std::nullopt;
}

Result<bool> isCheckpointSound(Database &database, DocumentId document)
{
    Result<Statement> select =
        database.prepare("SELECT seq, bytes, crc FROM checkpoint WHERE document = ?");
    if (!select) {
        return tl::unexpected(select.error());
    }
    const Result<bool> row = select->bind(0, toInteger(document)).step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row &&
           select->integer(2) ==
               checkpointChecksum(document, static_cast<Seq>(select->integer(0)), select->blob(1));
}

/// The next updates: those that can be packed together, or one that cannot.
struct Slice {
    std::vector<LoggedUpdate> updates; ///< empty for the latter
    Seq end = 0;                       ///< the place of the last of them
};

bool canBePacked(const std::optional<LoggedUpdate> &logged)
{
    return logged && logged->update.bytes.size() <= kLargestPacked;
}

Result<Slice> readSlice(Database &database, const Work &work)
{
    Result<Statement> select = database.prepare(kSelectUpdates);
    if (!select) {
        return tl::unexpected(select.error());
    }
    select->bind(0, toInteger(work.document))
        .bind(1, toInteger(work.compacted))
        .bind(2, toInteger(work.checkpoint));
    Slice slice;
    std::size_t bytes = 0;
    Result<bool> step = select->step();
    for (; step && *step && bytes < kBytesAtOnce && slice.updates.size() < kRowsAtOnce;
         step = select->step()) {
        std::optional<LoggedUpdate> logged = readUpdate(*select, work.document);
        if (!canBePacked(logged) || (slice.end > 0 && logged->first() != slice.end + 1)) {
            slice.end = slice.end > 0 ? slice.end : static_cast<Seq>(select->integer(0));
            return slice;
        }
        bytes += logged->update.bytes.size();
        slice.end = logged->update.seq;
        slice.updates.push_back(std::move(*logged));
    }
    return step ? Result<Slice>(std::move(slice)) : tl::unexpected(step.error());
}

/// The bytes of the segment, if it is smaller and gives back exactly what it takes the place of.
std::optional<Bytes> pack(const std::vector<LoggedUpdate> &updates)
{
    std::size_t size = 0;
    for (const LoggedUpdate &logged : updates) {
        size += logged.update.bytes.size();
    }
    Bytes packed = packSegment(updates);
    if (packed.size() >= size) {
        return std::nullopt;
    }
    const Result<std::vector<LoggedUpdate>> unpacked =
        unpackSegment(updates.front().first(), packed);
    return unpacked && *unpacked == updates ? std::optional(std::move(packed)) : std::nullopt;
}

/// Puts the segment in the place of the rows.
Result<> replace(Database &database, DocumentId document, const std::vector<LoggedUpdate> &updates,
                 ByteView packed)
{
    Result<Statement> remove =
        database.prepare("DELETE FROM updates WHERE document = ? AND seq >= ? AND seq <= ?");
    Result<Statement> insert = database.prepare(kInsertSegment);
    for (const Result<Statement> *statement : {&remove, &insert}) {
        if (!*statement) {
            return tl::unexpected(statement->error());
        }
    }
    const Seq last = updates.back().update.seq;
    const Result<> removed = remove->bind(0, toInteger(document))
                                 .bind(1, toInteger(updates.front().update.seq))
                                 .bind(2, toInteger(last))
                                 .run();
    return removed ? insertSegment(*insert, document, updates.front().first(), last, packed)
                   : removed;
}

Result<> notePlace(Database &database, DocumentId document, Seq compacted)
{
    Result<Statement> update = database.prepare("UPDATE document SET compacted = ? WHERE id = ?");
    return update ? update->bind(0, toInteger(compacted)).bind(1, toInteger(document)).run()
                  : tl::unexpected(update.error());
}

/// False if there is nothing left to pack.
Result<bool> packSome(Database &database, CompactionPlace &place)
{
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const Result<std::optional<Work>> found = findWork(database, place.document);
    if (!found || !*found) {
        return found ? Result<bool>(false) : tl::unexpected(found.error());
    }
    const Work &work = **found;
    if (work.document != place.document || work.checkpoint != place.soundCheckpoint) {
        const Result<bool> isSound = isCheckpointSound(database, work.document);
        if (!isSound) {
            return tl::unexpected(isSound.error());
        }
        if (!*isSound) {
            place = {DocumentId{toInteger(work.document) + 1}, 0};
            return true;
        }
        place = {work.document, work.checkpoint};
    }
    const Result<Slice> slice = readSlice(database, work);
    if (!slice) {
        return tl::unexpected(slice.error());
    }
    const std::optional<Bytes> packed =
        slice->updates.empty() ? std::nullopt : pack(slice->updates);
    Result<> done = packed ? replace(database, work.document, slice->updates, *packed) : Result<>();
    if (done) {
        done = notePlace(database, work.document, slice->end);
    }
    if (done) {
        done = transaction->commit();
    }
    return done ? Result<bool>(true) : tl::unexpected(done.error());
}

/// False if no more can be given back.
Result<bool> giveBackSome(Database &database)
{
    const Result<std::int64_t> free = database.number("PRAGMA freelist_count");
    const Result<std::int64_t> all = database.number("PRAGMA page_count");
    const Result<std::int64_t> mode = database.number("PRAGMA auto_vacuum");
    for (const Result<std::int64_t> *number : {&free, &all, &mode}) {
        if (!*number) {
            return tl::unexpected(number->error());
        }
    }
    const std::int64_t used = *all - *free;
    Result<> done;
    if (*mode != 0 && *free > 0) {
        done = database.execute(kGiveBackSome);
    } else if (*mode == 0 && *free > used && used <= kPagesRewritten) {
        done = database.executeAll({kGiveBackPages, "VACUUM"});
    } else {
        return false;
    }
    return done ? Result<bool>(true) : tl::unexpected(done.error());
}

} // namespace

Result<std::optional<CompactionPlace>> compactSome(Database &database, CompactionPlace from)
{
    Result<bool> isMore = packSome(database, from);
    if (isMore && !*isMore) {
        isMore = giveBackSome(database);
    }
    if (!isMore) {
        return tl::unexpected(isMore.error());
    }
    return *isMore ? std::optional(from) : std::nullopt;
}

} // namespace cowrite::store
