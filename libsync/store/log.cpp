#include "libsync/store/log.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <utility>

#include "libsync/base/check.h"
#include "libsync/store/database.h"
#include "libsync/store/rows.h"
#include "libsync/store/schema.h"
#include "libsync/store/writer.h"

namespace cowrite::store {

/// What posted closures hold on to: they may run after the log is gone, and then do nothing.
struct Log::Outlet {
    std::mutex mutex;
    Writer::Committed committed; ///< not reported yet; one closure is on its way when not empty
    Signal<DocumentId, Seq> committedSignal;
    Signal<LogState, std::string> stateSignal;
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

Result<Rows> openRows(const std::filesystem::path &file, const std::string &vfs)
{
    Result<Database> database = Database::open(file, vfs);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (const Result<> migrated = migrate(*database); !migrated) {
        return tl::unexpected(migrated.error());
    }
    return Rows::prepare(std::move(*database));
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
    Result<Rows> rows = openRows(directory / kFileName, options.vfs);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    Result<std::vector<DocumentRow>> documents = rows->documents();
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    const Result<std::int64_t> largestId = rows->largestId();
    if (!largestId) {
        return tl::unexpected(largestId.error());
    }
    std::unique_ptr<Log> log(new Log(clock, std::move(options.executor)));
    log->m_nextId = *largestId + 1;
    for (DocumentRow &row : *documents) {
        log->m_keys.emplace(row.info.key, row.info.id);
        const DocumentId id = row.info.id;
        log->m_documents.emplace(id, Entry{std::move(row.info), row.lastSeq});
    }
    log->startWriter(std::move(*rows), options);
    return log;
}

void Log::startWriter(Rows rows, const LogOptions &options)
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
    m_writer = std::make_unique<Writer>(
        std::move(rows), Writer::Timing{options.groupDelay, options.retryDelay}, std::move(hooks));
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
    m_documents.emplace(info.id, Entry{info, 0});
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

void Log::read(DocumentId document, std::function<void(Result<StoredDocument>)> done)
{
    std::optional<DocumentInfo> info = find(document);
    if (!info) {
        done(fail(ErrorCode::NotFound, "This document is not in the log."));
        return;
    }
    m_writer->read(
        document, [info = std::move(*info), done = std::move(done)](Result<StoredDocument> result) {
            if (result) {
                result->info = info;
            }
            done(std::move(result));
        });
}

void Log::load(DocumentId document, std::function<void(Result<StoredDocument>)> done)
{
    read(document, [this, done = std::move(done)](Result<StoredDocument> result) {
        // Shared, as a std::function is copied and a document is large.
        const auto kept = std::make_shared<Result<StoredDocument>>(std::move(result));
        post([done, kept] { done(std::move(*kept)); });
    });
}

Result<StoredDocument> Log::load(DocumentId document)
{
    return wait<StoredDocument>([&](auto done) { read(document, std::move(done)); });
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

Result<> Log::close()
{
    return m_writer->close();
}

} // namespace cowrite::store
