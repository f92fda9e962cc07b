#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsync/base/bytes.h"

namespace cowrite::store {

/// Names a document within one log; never sent anywhere, never reused. Always positive.
enum class DocumentId : std::int64_t {};

/// Place of an update in its document's history: 1, 2, 3, ... without gaps when appended. Updates
/// that an older version merged have the place of the last of them.
using Seq = std::uint64_t;

/// What the log knows of a document besides its content. The texts are opaque here, UTF-8.
struct DocumentInfo {
    DocumentId id{};      ///< set by createDocument
    std::string key;      ///< unique within the log: a room name, or an id that the app made up
    std::string title;    ///< for lists of documents; the truth is in the document
    std::string kind;     ///< `plain`, `markdown`, ... as `meta.kind`
    std::string address;  ///< the room it is synchronised with; empty for none
    std::string identity; ///< `meta.id`; empty until it is known
    std::chrono::system_clock::time_point created; ///< millisecond resolution, as all times here
    std::chrono::system_clock::time_point opened;  ///< for `recent documents`
    Seq acknowledged = 0; ///< every update up to this one is on the server's disk
    std::string extra;    ///< what only the owner of the log understands

    friend bool operator==(const DocumentInfo &, const DocumentInfo &) = default;
};

/// One row of the log as it is read back.
struct StoredUpdate {
    Seq seq = 0;
    std::chrono::system_clock::time_point time;
    std::string author;
    Bytes bytes;

    friend bool operator==(const StoredUpdate &, const StoredUpdate &) = default;
};

/// What can be undone in a document: bytes that only the owner of the log understands.
struct StoredUndo {
    Seq seq = 0;                                ///< what they know of: every update up to this one
    std::chrono::system_clock::time_point time; ///< when something was last done or undone
    Bytes bytes;

    friend bool operator==(const StoredUndo &, const StoredUndo &) = default;
};

/// Something that is not there, or whose checksum is wrong. What there is of it is left in the
/// database, and left out of what is loaded.
struct Damage {
    enum class Kind {
        Update,     ///< `seq` and what follows it, up to the next update that is there
        Checkpoint, ///< the one at `seq`
        Document,   ///< its DocumentInfo; `seq` is 0
        Undo,       ///< what can be undone, up to `seq`; no content is missing
    };

    Kind kind = Kind::Update;
    Seq seq = 0;

    friend bool operator==(const Damage &, const Damage &) = default;
};

/// Where reading a document begins.
enum class LoadFrom {
    Checkpoint, ///< what it takes to have the document as it is
    Beginning,  ///< every update there ever was
};

/// A document as it is stored. Apply the checkpoint (unless it is empty), then the updates in
/// order.
struct StoredDocument {
    DocumentInfo info;
    Seq checkpointSeq = 0; ///< the checkpoint holds every update up to this one; 0 for none
    Bytes checkpoint;      ///< a full state as update V1; empty for none
    /// Committed or still waiting; those that the checkpoint holds only with LoadFrom::Beginning.
    std::vector<StoredUpdate> updates;
    std::optional<StoredUndo> undo; ///< as it was put last, committed or still waiting
    std::vector<Damage> damaged;    ///< to be reported, and recovered from peers
    Seq lastSeq = 0;                ///< of the last update ever appended; 0 for none
};

/// How the disk is doing. In all states but Ok, appended updates wait in memory and are retried.
enum class LogState {
    Ok,
    DiskFull,
    ReadOnly,
    Failed, ///< the disk or the database failed in another way
};

} // namespace cowrite::store
