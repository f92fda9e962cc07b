#pragma once

#include <cstdint>

#include "libsync/store/database.h"
#include "libsync/store/types.h"

namespace cowrite::store {

// How rows are written, whether into the log or into a new one of what a damaged one held.

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
