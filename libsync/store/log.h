#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsync/base/bytes.h"
#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/base/signal.h"
#include "libsync/store/folder_lock.h"
#include "libsync/store/types.h"

namespace cowrite::store {

class Rows;
class Writer;

/// Runs a closure on the thread that owns the log, later and in the order given. Thread-safe.
using Executor = std::function<void(std::function<void()>)>;

struct LogOptions {
    /// How long the first update of a group waits for others to share its commit.
    std::chrono::milliseconds groupDelay = limits::kGroupCommitDelay;
    /// How long after a failed commit the next one is tried.
    std::chrono::milliseconds retryDelay{500};
    /// Where signals and callbacks arrive. Without one they arrive on the writer thread: then
    /// connect before the first append, and do not destroy the log from a callback.
    Executor executor;
    /// Name of the SQLite VFS to use; empty for the default one. For tests that break the disk.
    std::string vfs;
};

/// The log of one folder: every update of every document, in the file `log.sqlite`, written by one
/// thread through one connection (architecture.md, Durability).
///
/// What changes the log never waits for the disk: it takes effect here at once, is queued in order,
/// and is reported by `committed` when it is on the disk. While the disk is full or read-only the
/// queue stays in memory and is retried; nothing is lost and nothing is reported.
///
/// Thread-safe, apart from the signals, which belong to the owner's thread.
class Log {
public:
    /// Name of the database within its folder.
    static constexpr const char *kFileName = "log.sqlite";

    /// Opens the log in `directory`, which is created if it is missing, and migrates it. Reads the
    /// list of documents but no content. Blocks on the disk, so call it before there is a window.
    /// `clock` dates the updates and outlives the log.
    ///
    /// A damaged log is repaired: what is sound in it is kept, and the files as they were stay
    /// beside it (repairMessage).
    ///
    /// Errors: Busy when another program holds the folder; Unsupported when a newer version wrote
    /// it; ReadOnly, DiskFull, Io; Malformed when the file is no log. The folder is left as it was.
    [[nodiscard]] static Result<std::unique_ptr<Log>>
    open(const std::filesystem::path &directory, const Clock &clock, LogOptions options = {});
    /// Closes the log as close() does. No signal or callback arrives after it.
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    /// Adds a document; `info.id` is ignored.
    /// Errors: Refused when there is a document with this key already.
    [[nodiscard]] Result<DocumentId> createDocument(DocumentInfo info);
    /// Replaces what is known of document `info.id`.
    /// Errors: NotFound; Refused when another document has the new key.
    Result<> updateDocument(DocumentInfo info);
    /// Removes a document with its whole history. Errors: NotFound.
    Result<> removeDocument(DocumentId document);

    /// A sentence about the last repair, which says where the damaged log is kept; empty if none
    /// was needed.
    [[nodiscard]] std::string repairMessage() const;

    /// Every document, the most recently opened first. From memory.
    [[nodiscard]] std::vector<DocumentInfo> documents() const;
    [[nodiscard]] std::size_t documentCount() const;
    [[nodiscard]] std::optional<DocumentInfo> find(DocumentId document) const;
    [[nodiscard]] std::optional<DocumentInfo> findByKey(std::string_view key) const;

    /// Appends an update (V1 bytes, not empty) by `author` (a user id; may be empty) and returns
    /// its place. Appending to a document that was removed is dropped and gives 0, as its room may
    /// still be closing.
    Seq append(DocumentId document, std::string author, Bytes update);
    /// The place of the last update appended to a document, committed or not; 0 for none.
    [[nodiscard]] Seq lastSeq(DocumentId document) const;

    /// Calls `changes`, and commits what is queued meanwhile as one: all of it is on the disk, or
    /// nothing. `changes` must not wait for the disk.
    void together(const std::function<void()> &changes);

    /// Keeps `state` (a full state as update V1 that holds every update up to `seq`) so that
    /// opening stays fast. It replaces an older checkpoint; the updates stay.
    void writeCheckpoint(DocumentId document, Seq seq, Bytes state);

    /// Keeps `undo` beside the document until it is replaced; without bytes, forgets what was kept.
    /// Its time is stored in milliseconds.
    void putUndo(DocumentId document, StoredUndo undo);

    /// Reads a document, with updates that are not committed yet. The second form blocks on the
    /// disk.
    /// Errors: NotFound; Io or Malformed when the database cannot be read.
    void load(DocumentId document, std::function<void(Result<StoredDocument>)> done,
              LoadFrom from = LoadFrom::Checkpoint);
    [[nodiscard]] Result<StoredDocument> load(DocumentId document,
                                              LoadFrom from = LoadFrom::Checkpoint);

    /// Commits what was queued until now without waiting for others, and tells how that went: an
    /// error means that it still waits (and will be retried), not that it is lost. The second form
    /// blocks on the disk.
    void flush(std::function<void(Result<>)> done);
    Result<> flush();

    /// Packs the updates that checkpoints hold, which takes a fraction of the room and keeps every
    /// one as it is, and gives free room back to the disk. Done in slices between commits; `done`
    /// tells the end. Errors: Busy while it is being done already; those of the disk.
    void compact(std::function<void(Result<>)> done);

    /// How many bytes wait to be committed; a server stops reading when this grows.
    [[nodiscard]] std::uint64_t waitingBytes() const;

    [[nodiscard]] LogState state() const;
    /// A sentence about the state; empty when it is Ok.
    [[nodiscard]] std::string stateMessage() const;

    /// Every update of the document up to this one is on the disk. Coalesced.
    [[nodiscard]] Signal<DocumentId, Seq> &committed();
    /// The new state and its sentence.
    [[nodiscard]] Signal<LogState, std::string> &stateChanged();
    /// The log was found to be damaged and was repaired while it was in use; repairMessage() says
    /// more. Who has a document in memory should write a checkpoint of it.
    [[nodiscard]] Signal<> &repaired();

    /// Commits what can be committed and lets go of the database; blocks for the last commit. What
    /// is appended later is dropped. Errors: what kept changes from being saved, with their number.
    Result<> close();

private:
    struct Entry {
        DocumentInfo info;
        Seq lastSeq = 0;
        bool isDamaged = false;
    };
    struct Outlet;

    Log(const Clock &clock, Executor executor);

    [[nodiscard]] bool keyTaken(std::string_view key, DocumentId except) const;
    void startWriter(Rows rows, const std::filesystem::path &file, const LogOptions &options);
    [[nodiscard]] Result<Rows> repair(const std::filesystem::path &file, const std::string &vfs);
    void read(DocumentId document, LoadFrom from, std::function<void(Result<StoredDocument>)> done);
    void post(std::function<void()> function) const;

    const Clock &m_clock;
    Executor m_executor;
    mutable std::mutex m_mutex;
    std::map<DocumentId, Entry> m_documents;
    std::map<std::string, DocumentId, std::less<>> m_keys;
    std::int64_t m_nextId = 1;
    std::string m_repairMessage;
    std::optional<FolderLock> m_lock;
    std::shared_ptr<Outlet> m_outlet;
    std::unique_ptr<Writer> m_writer;
};

} // namespace cowrite::store
