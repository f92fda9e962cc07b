#include "libsync/store/writer.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace cowrite::store {

namespace {

/// A group as large as this gains nothing from waiting for more.
constexpr std::uint64_t kFullGroupBytes = std::uint64_t{1} << 20;

std::uint64_t bytesOf(const Operation &operation)
{
    if (const auto *append = std::get_if<AppendUpdate>(&operation)) {
        return append->bytes.size();
    }
    if (const auto *checkpoint = std::get_if<PutCheckpoint>(&operation)) {
        return checkpoint->bytes.size();
    }
    if (const auto *undo = std::get_if<PutUndo>(&operation)) {
        return undo->undo.bytes.size();
    }
    return 0;
}

LogState stateFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::DiskFull:
        return LogState::DiskFull;
    case ErrorCode::ReadOnly:
        return LogState::ReadOnly;
    default:
        return LogState::Failed;
    }
}

/// Adds the updates of `document` among `operations` to what was read from the disk, and replaces
/// what can be undone.
void addWaiting(const std::vector<Operation> &operations, DocumentId document, StoredDocument &into)
{
    for (const Operation &operation : operations) {
        const auto *append = std::get_if<AppendUpdate>(&operation);
        if (append != nullptr && append->document == document) {
            into.updates.push_back({append->seq, append->time, append->author, append->bytes});
            into.lastSeq = append->seq;
        }
        const auto *put = std::get_if<PutUndo>(&operation);
        if (put != nullptr && put->document == document) {
            into.undo = put->undo.bytes.empty() ? std::nullopt : std::optional(put->undo);
            std::erase_if(into.damaged,
                          [](const Damage &damage) { return damage.kind == Damage::Kind::Undo; });
        }
    }
}

/// Of several checkpoints of a document only the newest is of use, and of what can be undone only
/// the last. They would pile up while the disk fails. Returns the bytes that were dropped.
std::uint64_t dropReplaced(std::vector<Operation> &operations)
{
    std::map<DocumentId, Seq> newest;
    std::map<DocumentId, const Operation *> lastUndo;
    for (const Operation &operation : operations) {
        if (const auto *checkpoint = std::get_if<PutCheckpoint>(&operation)) {
            Seq &seq = newest[checkpoint->document];
            seq = std::max(seq, checkpoint->seq);
        } else if (const auto *undo = std::get_if<PutUndo>(&operation)) {
            lastUndo[undo->document] = &operation;
        }
    }
    // Decided first: removing moves them.
    std::vector<bool> isReplaced;
    std::uint64_t dropped = 0;
    for (const Operation &operation : operations) {
        const auto *checkpoint = std::get_if<PutCheckpoint>(&operation);
        const auto *undo = std::get_if<PutUndo>(&operation);
        isReplaced.push_back((checkpoint && checkpoint->seq < newest[checkpoint->document]) ||
                             (undo && lastUndo[undo->document] != &operation));
        dropped += isReplaced.back() ? bytesOf(operation) : 0;
    }
    if (dropped > 0) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < operations.size(); ++i) {
            if (!isReplaced[i]) {
                std::swap(operations[kept++], operations[i]);
            }
        }
        operations.resize(kept);
    }
    return dropped;
}

Writer::Committed lastUpdates(const std::vector<Operation> &operations)
{
    Writer::Committed result;
    for (const Operation &operation : operations) {
        if (const auto *append = std::get_if<AppendUpdate>(&operation)) {
            result[append->document] = append->seq;
        }
    }
    return result;
}

tl::unexpected<Error> closed()
{
    return fail(ErrorCode::Refused, "The log is closed.");
}

} // namespace

Writer::Writer(Rows rows, Timing timing, Hooks hooks)
    : m_rows(std::move(rows)),
      m_timing(timing),
      m_hooks(std::move(hooks)),
      m_thread([this] { run(); })
{}

Writer::~Writer()
{
    static_cast<void>(close());
}

void Writer::enqueue(Operation operation)
{
    bool changesWhen = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing) {
            return;
        }
        const std::uint64_t before = m_waitingBytes;
        m_waitingBytes += bytesOf(operation);
        if (m_holds > 0) {
            m_held.push_back(std::move(operation));
            return;
        }
        if (m_waiting.empty()) {
            m_firstQueued = std::chrono::steady_clock::now();
        }
        changesWhen =
            m_waiting.empty() || (before < kFullGroupBytes && m_waitingBytes >= kFullGroupBytes);
        m_waiting.push_back(std::move(operation));
    }
    // Waking the thread for each of a group costs more than queueing it.
    if (changesWhen) {
        m_wake.notify_one();
    }
}

void Writer::hold()
{
    const std::lock_guard lock(m_mutex);
    ++m_holds;
}

void Writer::release()
{
    const std::lock_guard lock(m_mutex);
    if (--m_holds > 0 || m_held.empty()) {
        return;
    }
    if (m_waiting.empty()) {
        m_firstQueued = std::chrono::steady_clock::now();
    }
    std::move(m_held.begin(), m_held.end(), std::back_inserter(m_waiting));
    m_held.clear();
    m_wake.notify_one();
}

void Writer::read(DocumentId document, LoadFrom from,
                  std::function<void(Result<StoredDocument>)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_reads.push_back({document, from, std::move(done)});
            m_wake.notify_one();
            return;
        }
    }
    done(closed());
}

void Writer::flush(std::function<void(Result<>)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_flushes.push_back(std::move(done));
            m_wake.notify_one();
            return;
        }
    }
    done(closed());
}

void Writer::compact(std::function<void(Result<>)> done)
{
    Result<> refused;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing) {
            refused = closed();
        } else if (m_compaction) {
            refused = fail(ErrorCode::Busy, "The log is being compacted already.");
        } else {
            m_compaction.emplace(Compaction{std::move(done), {}});
            m_wake.notify_one();
            return;
        }
    }
    done(refused);
}

Result<> Writer::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
    return m_closeResult;
}

std::uint64_t Writer::waitingBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_waitingBytes;
}

LogState Writer::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

std::string Writer::stateMessage() const
{
    const std::lock_guard lock(m_mutex);
    return m_stateMessage;
}

void Writer::run()
{
    Lock lock(m_mutex);
    while (!m_closing) {
        waitForWork(lock);
        answerReads(lock);
        const std::optional<TimePoint> due = commitDue();
        if (!m_flushes.empty() || (due && *due <= std::chrono::steady_clock::now())) {
            commitGroup(lock);
        }
        compactSlice(lock);
    }
    // Nothing is queued any more, so these two see everything.
    commitGroup(lock);
    answerReads(lock);
    if (m_compaction) {
        endCompaction(lock, closed());
    }
    if (!m_group.empty()) {
        m_closeResult =
            fail(m_lastError.code, std::to_string(m_group.size()) +
                                       " changes could not be saved: " + m_lastError.message);
    }
    m_rows.reset();
}

void Writer::waitForWork(Lock &lock)
{
    while (!m_closing && m_reads.empty() && m_flushes.empty() && !m_compaction) {
        const std::optional<TimePoint> due = commitDue();
        if (!due) {
            m_wake.wait(lock);
        } else if (*due <= std::chrono::steady_clock::now()) {
            return;
        } else {
            m_wake.wait_until(lock, *due);
        }
    }
}

std::optional<Writer::TimePoint> Writer::commitDue() const
{
    if (!m_group.empty()) {
        return m_retryAt;
    }
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    return m_waitingBytes >= kFullGroupBytes ? m_firstQueued : m_firstQueued + m_timing.groupDelay;
}

void Writer::answerReads(Lock &lock)
{
    while (!m_reads.empty()) {
        const Read read = std::move(m_reads.front());
        m_reads.pop_front();
        lock.unlock();
        read.done(readNow(read.document, read.from));
        lock.lock();
    }
}

template <class Work>
auto Writer::onRows(Work work) -> decltype(work(std::declval<Rows &>()))
{
    if (m_rows) {
        auto result = work(*m_rows);
        if (result || result.error().code != ErrorCode::Malformed) {
            return result;
        }
        m_rows.reset();
    }
    Result<Rows> repaired = m_hooks.repair();
    if (!repaired) {
        return tl::unexpected(repaired.error());
    }
    m_rows.emplace(std::move(*repaired));
    return work(*m_rows);
}

Result<StoredDocument> Writer::readNow(DocumentId document, LoadFrom from)
{
    Result<StoredDocument> result = onRows([&](Rows &rows) { return rows.read(document, from); });
    if (result) {
        addWaiting(m_group, document, *result);
        const std::lock_guard lock(m_mutex);
        addWaiting(m_waiting, document, *result);
        addWaiting(m_held, document, *result);
    }
    return result;
}

void Writer::commitGroup(Lock &lock)
{
    std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(m_group));
    m_waiting.clear();
    m_waitingBytes -= dropReplaced(m_group);
    const std::vector<std::function<void(Result<>)>> flushes = std::exchange(m_flushes, {});
    Result<> result;
    if (!m_group.empty()) {
        lock.unlock();
        result = onRows([this](Rows &rows) { return rows.commit(m_group); });
        lock.lock();
        if (result) {
            const Committed committed = lastUpdates(m_group);
            for (const Operation &operation : m_group) {
                m_waitingBytes -= bytesOf(operation);
            }
            m_group.clear();
            lock.unlock();
            m_hooks.committed(committed);
            lock.lock();
            setState(lock, LogState::Ok, {});
        } else {
            m_retryAt = std::chrono::steady_clock::now() + m_timing.retryDelay;
            m_lastError = result.error();
            setState(lock, stateFor(m_lastError.code), m_lastError.message);
        }
    }
    lock.unlock();
    for (const auto &done : flushes) {
        done(result);
    }
    lock.lock();
}

void Writer::compactSlice(Lock &lock)
{
    if (!m_compaction || m_closing) {
        return;
    }
    const CompactionPlace from = m_compaction->next;
    lock.unlock();
    const Result<std::optional<CompactionPlace>> next =
        onRows([&](Rows &rows) { return rows.compactSome(from); });
    lock.lock();
    if (next && *next) {
        m_compaction->next = **next;
    } else {
        endCompaction(lock, next ? Result<>() : tl::unexpected(next.error()));
    }
}

void Writer::endCompaction(Lock &lock, const Result<> &result)
{
    const Compaction ended = *std::exchange(m_compaction, std::nullopt);
    lock.unlock();
    ended.done(result);
    lock.lock();
}

void Writer::setState(Lock &lock, LogState state, const std::string &message)
{
    if (state == m_state && message == m_stateMessage) {
        return;
    }
    m_state = state;
    m_stateMessage = message;
    lock.unlock();
    m_hooks.stateChanged(state, message);
    lock.lock();
}

} // namespace cowrite::store
