#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "libsync/base/bytes.h"
#include "libsync/store/damaged_pages.h"
#include "libsync/store/types.h"

namespace cowrite::store {

enum class Soundness {
    Sound,  ///< its checksum is right
    Broken, ///< it has the form of a row, but its checksum is wrong
};

/// A row of `updates` as it is stored.
struct FoundUpdate {
    DocumentId document{};
    Seq seq = 0;
    Seq merged = 0; ///< how many updates before it it took in
    std::int64_t time = 0;
    std::string author;
    Bytes bytes;
    std::int64_t crc = 0;
};

/// A row of `segment`.
struct FoundSegment {
    DocumentId document{};
    Seq first = 0;
    Seq seq = 0;
    Bytes bytes;
};

struct FoundCheckpoint {
    DocumentId document{};
    Seq seq = 0;
    Bytes bytes;
};

/// What is called for each row that is found. The same row may be found again and again, an older
/// version of it before a newer one.
struct FoundRows {
    std::function<void(const FoundUpdate &, Soundness)> update;
    std::function<void(const DocumentInfo &, Soundness)> document;
    std::function<void(const FoundSegment &)> segment;       ///< only sound ones
    std::function<void(const FoundCheckpoint &)> checkpoint; ///< the same
};

/// Looks for rows of the log at every byte of every page, and lets their checksums decide. So
/// nothing has to be right that leads to a row: no tree, no page header, no list of tables.
void scanRows(DamagedPages &pages, const FoundRows &found);

} // namespace cowrite::store
