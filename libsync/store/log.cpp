#include "libsync/store/log.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <utility>

#include "libsync/base/check.h"
#include "libsync/store/folder_lock.h"
#include "libsync/store/log_file.h"
#include "libsync/store/row_checksum.h"
#include "libsync/store/writer.h"

namespace cowrite::store {

/// What posted closures hold on to: they may run after the log is gone, and then do nothing.
struct Log::Outlet {
    std::mutex mutex;
    Writer::Committed committed; ///< not reported yet; one closure is on its way when not empty
    Signal<DocumentId, Seq> committedSignal;
    Signal<LogState, std::string> stateSignal;
    Signal<> repairedSignal;
    bool open = true; ///< changed and read on the owner's thread
};

namespace {

Result<> createFolder(const std::filesystem::path &directory)
{
    std::error_code error;
    if (!std::filesystem::create_directories(directory, error) || error) {
        if (error && !std::filesystem::is_directory(directory)) {
            return fail(ErrorCode::Io, "The folder " + directory.string() +
                                           " cannot be created: " + error.message() + '.');
        }
        return {};
    }
    // What people write is nobody else's business.
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
    return {};
}

/// Blocks until `start`, which is given a callback, has called it back.
template <class T, class Start>
Result<T> wait(Start start)
{
    const auto promise = std::make_shared<std::promise<Result<T>>>();
    std::future<Result<T>> future = promise->get_future();
    start([promise](Result<T> result) { promise->set_value(std::move(result)); });
    return future.get();
}

} // namespace

Log::Log(const Clock &clock, Executor executor)
    : m_clock(clock), m_executor(std::move(executor)), m_outlet(std::make_shared<Outlet>())
{}

Result<std::unique_ptr<Log>> Log::open(const std::filesystem::path &directory, const Clock &clock,
                                       LogOptions options)
{
    if (const Result<> made = createFolder(directory); !made) {
        return tl::unexpected(made.error());
    }
    Result<FolderLock> lock = FolderLock::take(directory);
    if (!lock) {
        return tl::unexpected(lock.error());
    }
    Result<OpenedLog> opened = openLogFile(directory / kFileName, options.vfs);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::unique_ptr<Log> log(new Log(clock, std::move(options.executor)));
    log->m_nextId = opened->largestId + 1;
    std::vector<DocumentInfo> withoutChecksum;
    for (DocumentRow &row : opened->documents) {
        log->m_keys.emplace(row.info.key, row.info.id);
        if (!row.hasChecksum) {
            withoutChecksum.push_back(row.info);
        }
        const DocumentId id = row.info.id;
        log->m_nextId = std::max(log->m_nextId, toInteger(id) + 1);
        log->m_documents.emplace(id, Entry{std::move(row.info), row.lastSeq, row.isDamaged});
    }
    log->m_lock.emplace(std::move(*lock));
    log->m_repairMessage = std::move(opened->repair);
    log->startWriter(std::move(opened->rows), directory / kFileName, options);
    for (DocumentInfo &info : withoutChecksum) {
        log->m_writer->enqueue(PutDocument{std::move(info)});
    }
    return log;
}

void Log::startWriter(Rows rows, const std::filesystem::path &file, const LogOptions &options)
{
    Writer::Hooks hooks;
    hooks.committed = [this, outlet = m_outlet](const Writer::Committed &committed) {
        bool first = false;
        {
            const std::lock_guard lock(outlet->mutex);
            first = outlet->committed.empty() && !committed.empty();
            for (const auto &[document, seq] : committed) {
                outlet->committed[document] = seq;
            }
        }
        if (first) {
            post([outlet] {
                Writer::Committed news;
                {
                    const std::lock_guard lock(outlet->mutex);
                    news.swap(outlet->committed);
                }
                for (const auto &[document, seq] : news) {
                    outlet->committedSignal.emit(document, seq);
                }
            });
        }
    };
    hooks.stateChanged = [this, outlet = m_outlet](LogState state, const std::string &message) {
        post([outlet, state, message] { outlet->stateSignal.emit(state, message); });
    };
    hooks.repair = [this, file, vfs = options.vfs] { return repair(file, vfs); };
    m_writer = std::make_unique<Writer>(
        std::move(rows), Writer::Timing{options.groupDelay, options.retryDelay}, std::move(hooks));
}

Result<Rows> Log::repair(const std::filesystem::path &file, const std::string &vfs)
{
    Result<OpenedLog> opened = repairLogFile(file, vfs);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    {
        const std::lock_guard lock(m_mutex);
        m_repairMessage = std::move(opened->repair);
        // What is known of the documents is sound here.
        for (const auto &[id, entry] : m_documents) {
            m_writer->enqueue(PutDocument{entry.info});
        }
    }
    post([outlet = m_outlet] { outlet->repairedSignal.emit(); });
    return std::move(opened->rows);
}

Log::~Log()
{
    static_cast<void>(close());
    m_outlet->open = false;
}

void Log::post(std::function<void()> function) const
{
    if (!m_executor) {
        function();
        return;
    }
    m_executor([outlet = m_outlet, function = std::move(function)] {
        if (outlet->open) {
            function();
        }
    });
}

std::string Log::repairMessage() const
{
    const std::lock_guard lock(m_mutex);
    return m_repairMessage;
}

bool Log::keyTaken(std::string_view key, DocumentId except) const
{
    const auto found = m_keys.find(key);
    return found != m_keys.end() && found->second != except;
}

Result<DocumentId> Log::createDocument(DocumentInfo info)
{
    const std::lock_guard lock(m_mutex);
    if (keyTaken(info.key, DocumentId{})) {
        return fail(ErrorCode::Refused, "There is a document with this key already.");
    }
    info.id = DocumentId{m_nextId++};
    m_keys.emplace(info.key, info.id);
    m_documents.emplace(info.id, Entry{info, 0, false});
    m_writer->enqueue(PutDocument{info});
    return info.id;
}

Result<> Log::updateDocument(DocumentInfo info)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(info.id);
    if (found == m_documents.end()) {
        return fail(ErrorCode::NotFound, "This document is not in the log.");
    }
    if (keyTaken(info.key, info.id)) {
        return fail(ErrorCode::Refused, "There is a document with this key already.");
    }
    m_keys.erase(found->second.info.key);
    m_keys.emplace(info.key, info.id);
    found->second.info = info;
    m_writer->enqueue(PutDocument{std::move(info)});
    return {};
}

Result<> Log::removeDocument(DocumentId document)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    if (found == m_documents.end()) {
        return fail(ErrorCode::NotFound, "This document is not in the log.");
    }
    m_keys.erase(found->second.info.key);
    m_documents.erase(found);
    m_writer->enqueue(RemoveDocument{document});
    return {};
}

std::vector<DocumentInfo> Log::documents() const
{
    std::vector<DocumentInfo> result;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, entry] : m_documents) {
            result.push_back(entry.info);
        }
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const auto &a, const auto &b) { return a.opened > b.opened; });
    return result;
}

std::size_t Log::documentCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_documents.size();
}

std::optional<DocumentInfo> Log::find(DocumentId document) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    return found != m_documents.end() ? std::optional(found->second.info) : std::nullopt;
}

std::optional<DocumentInfo> Log::findByKey(std::string_view key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_keys.find(key);
    return found != m_keys.end() ? std::optional(m_documents.at(found->second).info) : std::nullopt;
}

Seq Log::append(DocumentId document, std::string author, Bytes update)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    if (found == m_documents.end()) {
        return 0;
    }
    const Seq seq = ++found->second.lastSeq;
    m_writer->enqueue(
        AppendUpdate{document, seq, m_clock.wallNow(), std::move(author), std::move(update)});
    return seq;
}

Seq Log::lastSeq(DocumentId document) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    return found != m_documents.end() ? found->second.lastSeq : 0;
}

void Log::together(const std::function<void()> &changes)
{
    m_writer->hold();
    changes();
    m_writer->release();
}

void Log::writeCheckpoint(DocumentId document, Seq seq, Bytes state)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    if (found == m_documents.end()) {
        return;
    }
    COWRITE_CHECK(seq <= found->second.lastSeq);
    m_writer->enqueue(PutCheckpoint{document, seq, std::move(state)});
}

void Log::putUndo(DocumentId document, StoredUndo undo)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(document);
    if (found == m_documents.end()) {
        return;
    }
    COWRITE_CHECK(undo.seq <= found->second.lastSeq);
    m_writer->enqueue(PutUndo{document, std::move(undo)});
}

void Log::read(DocumentId document, LoadFrom from, std::function<void(Result<StoredDocument>)> done)
{
    std::optional<Entry> entry;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_documents.find(document); found != m_documents.end()) {
            entry = found->second;
        }
    }
    if (!entry) {
        done(fail(ErrorCode::NotFound, "This document is not in the log."));
        return;
    }
    m_writer->read(
        document, from,
        [entry = std::move(*entry), done = std::move(done)](Result<StoredDocument> result) {
            if (result) {
                result->info = entry.info;
                if (entry.isDamaged) {
                    result->damaged.push_back({Damage::Kind::Document, 0});
                }
            }
            done(std::move(result));
        });
}

void Log::load(DocumentId document, std::function<void(Result<StoredDocument>)> done, LoadFrom from)
{
    read(document, from, [this, done = std::move(done)](Result<StoredDocument> result) {
        // Shared, as a std::function is copied and a document is large.
        const auto kept = std::make_shared<Result<StoredDocument>>(std::move(result));
        post([done, kept] { done(std::move(*kept)); });
    });
}

Result<StoredDocument> Log::load(DocumentId document, LoadFrom from)
{
    return wait<StoredDocument>([&](auto done) { read(document, from, std::move(done)); });
}

void Log::flush(std::function<void(Result<>)> done)
{
    m_writer->flush([this, done = std::move(done)](const Result<> &result) {
        post([done, result] { done(result); });
    });
}

Result<> Log::flush()
{
    return wait<void>([&](auto done) { m_writer->flush(std::move(done)); });
}

void Log::compact(std::function<void(Result<>)> done)
{
    m_writer->compact([this, done = std::move(done)](const Result<> &result) {
        post([done, result] { done(result); });
    });
}

std::uint64_t Log::waitingBytes() const
{
    return m_writer->waitingBytes();
}

LogState Log::state() const
{
    return m_writer->state();
}

std::string Log::stateMessage() const
{
    return m_writer->stateMessage();
}

Signal<DocumentId, Seq> &Log::committed()
{
    return m_outlet->committedSignal;
}

Signal<LogState, std::string> &Log::stateChanged()
{
    return m_outlet->stateSignal;
}

Signal<> &Log::repaired()
{
    return m_outlet->repairedSignal;
}

Result<> Log::close()
{
    const Result<> closed = m_writer->close();
    m_lock.reset();
    return closed;
}

} // namespace cowrite::store
