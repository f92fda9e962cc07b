#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "libsync/base/bytes.h"
#include "libsync/store/types.h"

namespace cowrite::store {

struct AppendUpdate {
    DocumentId document{};
    Seq seq = 0;
    std::chrono::system_clock::time_point time;
    std::string author;
    Bytes bytes;
};

/// Adds document `info.id`, or replaces what is known of it.
struct PutDocument {
    DocumentInfo info;
};

struct RemoveDocument {
    DocumentId document{};
};

/// Replaces the document's checkpoint, unless that one is newer.
struct PutCheckpoint {
    DocumentId document{};
    Seq seq = 0;
    Bytes bytes;
};

/// Replaces what can be undone in the document; without bytes, forgets it.
struct PutUndo {
    DocumentId document{};
    StoredUndo undo;
};

/// A change of the log that waits for its commit; see Log for what each means.
using Operation = std::variant<AppendUpdate, PutDocument, RemoveDocument, PutCheckpoint, PutUndo>;

} // namespace cowrite::store
