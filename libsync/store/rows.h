#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libsync/base/error.h"
#include "libsync/store/compaction.h"
#include "libsync/store/database.h"
#include "libsync/store/operation.h"
#include "libsync/store/types.h"

namespace cowrite::store {

/// A line of the list of documents.
struct DocumentRow {
    DocumentInfo info;
    Seq lastSeq = 0;         ///< of its last update or checkpoint; 0 for none
    bool isDamaged = false;  ///< `info` may be wrong; what it says of the server is left out
    bool hasChecksum = true; ///< false for one that an older version wrote
};

/// The rows of the log's tables and their checksums.
class Rows {
public:
    /// Prepares the statements of a migrated database, which is kept.
    [[nodiscard]] static Result<Rows> prepare(Database database);

    /// Applies all operations, in order, in one transaction that is on the disk afterwards.
    Result<> commit(const std::vector<Operation> &operations);

    /// A slice of compaction, see compactSome().
    [[nodiscard]] Result<std::optional<CompactionPlace>> compactSome(CompactionPlace from);

    [[nodiscard]] Result<std::vector<DocumentRow>> documents();
    /// The largest id that was ever given to a document; 0 for none.
    [[nodiscard]] Result<std::int64_t> largestId();

    /// A document's last sound checkpoint, the updates from there on, or all, and what can be
    /// undone; `info` is left empty. What is missing or has a wrong checksum is listed; with a
    /// damaged checkpoint all updates are read.
    [[nodiscard]] Result<StoredDocument> read(DocumentId document, LoadFrom from);

private:
    Rows(Database database, std::vector<Statement> statements);

    Result<> apply(const AppendUpdate &operation);
    Result<> apply(const PutDocument &operation);
    Result<> apply(const RemoveDocument &operation);
    Result<> apply(const PutCheckpoint &operation);
    Result<> apply(const PutUndo &operation);
    Result<> readCheckpoint(DocumentId document, StoredDocument &into);
    Result<> readUpdates(DocumentId document, Seq after, StoredDocument &into);
    Result<> readUndo(DocumentId document, StoredDocument &into);

    // In this order, as statements must be finalised before their connection is closed.
    Database m_database;
    std::vector<Statement> m_statements;
};

} // namespace cowrite::store
