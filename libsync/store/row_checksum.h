#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "libsync/base/bytes.h"
#include "libsync/store/types.h"

namespace cowrite::store {

// How values are stored, and the checksums of rows. A checksum covers its whole row, so that a row
// which moved to another place is noticed too.

[[nodiscard]] std::int64_t toInteger(DocumentId document);
[[nodiscard]] std::int64_t toInteger(Seq seq);
/// Milliseconds since the epoch.
[[nodiscard]] std::int64_t toInteger(std::chrono::system_clock::time_point time);
[[nodiscard]] std::chrono::system_clock::time_point toTime(std::int64_t milliseconds);

/// `time` as it is stored. `merged` is 0 in rows of versions that did not know it.
[[nodiscard]] std::int64_t updateChecksum(DocumentId document, Seq seq, Seq merged,
                                          std::int64_t time, std::string_view author,
                                          ByteView bytes);
[[nodiscard]] std::int64_t segmentChecksum(DocumentId document, Seq first, Seq seq, ByteView bytes);
[[nodiscard]] std::int64_t checkpointChecksum(DocumentId document, Seq seq, ByteView bytes);
/// `time` as it is stored.
[[nodiscard]] std::int64_t undoChecksum(DocumentId document, Seq seq, std::int64_t time,
                                        ByteView bytes);
[[nodiscard]] std::int64_t documentChecksum(const DocumentInfo &info);

} // namespace cowrite::store
