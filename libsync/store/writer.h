#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "libsync/base/error.h"
#include "libsync/store/operation.h"
#include "libsync/store/rows.h"
#include "libsync/store/types.h"

namespace cowrite::store {

/// The writer thread: takes operations in order, commits them in groups, and keeps those that could
/// not be committed until they can be. All public functions are thread-safe; the hooks are called
/// on the writer thread, with no lock held.
class Writer {
public:
    /// The last committed update of each document that had one in a group.
    using Committed = std::map<DocumentId, Seq>;

    struct Hooks {
        std::function<void(const Committed &)> committed;
        std::function<void(LogState, const std::string &)> stateChanged;
        /// Repairs the database, which is closed, and opens it again.
        std::function<Result<Rows>()> repair;
    };

    struct Timing {
        std::chrono::milliseconds groupDelay{};
        std::chrono::milliseconds retryDelay{};
    };

    /// Starts the thread, which owns `rows` from now on.
    Writer(Rows rows, Timing timing, Hooks hooks);
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    void enqueue(Operation operation);
    /// What is queued from here on is not committed before release(), and then in one group. Each
    /// hold() has its release().
    void hold();
    void release();
    /// Reads a document as Log::load does; `done` is called on the writer thread.
    void read(DocumentId document, LoadFrom from, std::function<void(Result<StoredDocument>)> done);
    /// Commits without delay; `done` is called on the writer thread after that attempt.
    void flush(std::function<void(Result<>)> done);
    /// Packs updates that checkpoints hold, in slices between which everything else has its turn;
    /// `done` is called on the writer thread at the end. Errors: Busy while it is being done
    /// already; those of the disk.
    void compact(std::function<void(Result<>)> done);
    /// Makes a last attempt, ends the thread and closes the database. The first call's result.
    Result<> close();

    [[nodiscard]] std::uint64_t waitingBytes() const;
    [[nodiscard]] LogState state() const;
    [[nodiscard]] std::string stateMessage() const;

private:
    using Lock = std::unique_lock<std::mutex>;
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Read {
        DocumentId document{};
        LoadFrom from{};
        std::function<void(Result<StoredDocument>)> done;
    };

    struct Compaction {
        std::function<void(Result<>)> done;
        CompactionPlace next; ///< where the next slice begins
    };

    void run();
    /// Waits until there is something to do and it is time for it.
    void waitForWork(Lock &lock);
    /// When the next commit is to be tried; nothing when there is nothing to commit.
    [[nodiscard]] std::optional<TimePoint> commitDue() const;
    void answerReads(Lock &lock);
    [[nodiscard]] Result<StoredDocument> readNow(DocumentId document, LoadFrom from);
    /// Gives the rows to `work`; if it finds them damaged, once more after a repair.
    template <class Work>
    auto onRows(Work work) -> decltype(work(std::declval<Rows &>()));
    void commitGroup(Lock &lock);
    void compactSlice(Lock &lock);
    void endCompaction(Lock &lock, const Result<> &result);
    void setState(Lock &lock, LogState state, const std::string &message);

    // Only the writer thread uses these three.
    std::optional<Rows> m_rows; ///< empty while a repair fails
    /// The group being committed; not empty between attempts when the last one failed.
    std::vector<Operation> m_group;
    Error m_lastError; ///< why m_group could not be committed

    const Timing m_timing;
    const Hooks m_hooks;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Operation> m_waiting; ///< queued after m_group
    std::vector<Operation> m_held;    ///< queued after m_waiting, between hold() and release()
    int m_holds = 0;
    std::deque<Read> m_reads;
    std::vector<std::function<void(Result<>)>> m_flushes;
    std::optional<Compaction> m_compaction;
    TimePoint m_firstQueued;          ///< when the oldest of m_waiting was queued
    TimePoint m_retryAt;              ///< when m_group is tried again
    std::uint64_t m_waitingBytes = 0; ///< of m_group, m_waiting and m_held
    LogState m_state = LogState::Ok;
    std::string m_stateMessage;
    bool m_closing = false;
    Result<> m_closeResult;

    std::thread m_thread;
};

} // namespace cowrite::store
