#pragma once

#include <cstdint>
#include <optional>

#include "libsync/store/database.h"
#include "libsync/store/segment.h"
#include "libsync/store/types.h"

namespace cowrite::store {

// How rows are read and written by more than one: the log, its compaction, and the repair, which
// makes a new log of what a damaged one held.

/// The rows of a document's updates after a place and up to another, for readUpdate().
inline constexpr const char *kSelectUpdates =
    "SELECT seq, time, author, bytes, crc, merged FROM updates"
    " WHERE document = ? AND seq > ? AND seq <= ? ORDER BY seq";

/// The update in a row of kSelectUpdates; nothing if its checksum is wrong.
[[nodiscard]] std::optional<LoggedUpdate> readUpdate(const Statement &row, DocumentId document);

/// For insertSegment().
inline constexpr const char *kInsertSegment =
    "INSERT OR REPLACE INTO segment (document, first, seq, bytes, crc) VALUES (?, ?, ?, ?, ?)";

/// Runs kInsertSegment, for a segment with the updates from `first` to `seq`.
Result<> insertSegment(Statement &statement, DocumentId document, Seq first, Seq seq,
                       ByteView bytes);

/// For putCheckpoint(). An older one never takes the place of a newer one.
inline constexpr const char *kPutCheckpoint =
    "INSERT INTO checkpoint (document, seq, bytes, crc) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes,"
    " crc = excluded.crc WHERE excluded.seq >= checkpoint.seq";

/// Runs kPutCheckpoint.
Result<> putCheckpoint(Statement &statement, DocumentId document, Seq seq, ByteView bytes);

/// Runs a statement whose parameters are id, key, title, kind, address, identity, created, opened,
/// acknowledged, extra, crc.
Result<> putDocument(Statement &statement, const DocumentInfo &info, std::int64_t crc);

} // namespace cowrite::store
