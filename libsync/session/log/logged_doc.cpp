#include "libsync/session/log/logged_doc.h"

#include "libsync/codec/update_codec.h"
#include "libsync/codec/update_reader.h"
#include "libsync/crdt/content_keeper.h"
#include "libsync/session/document/another_thread.h"
#include "libsync/session/document/edit_bursts.h"
#include "libsync/session/log/undo_log.h"
#include "libsync/store/damage.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <optional>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcLog, "cowrite.session.log", QtWarningMsg)

/// One turn of the event loop may take 8 ms; the rest is for whoever else is due.
constexpr qint64 kSliceMilliseconds = 5;
/// More than this is decoded on another thread (architecture.md, "Threads").
constexpr std::size_t kDecodeHereBytes = std::size_t{1} << 20;
/// Updates between two checkpoints: what opening has to apply one by one at the most.
constexpr store::Seq kUpdatesPerCheckpoint = 5'000;

/// The whole state after all of a stored document, which has no damage. The content of `kept` is
/// in it even though it is deleted.
Result<Bytes> stateOf(const store::StoredDocument &stored, const crdt::DeleteSet &kept)
{
    SystemRng rng;
    crdt::Doc doc(rng);
    std::optional<crdt::ContentKeeper> keeper;
    if (!kept.empty()) {
        keeper.emplace(doc, kept);
    }
    const crdt::Origin origin = crdt::Origin::of(&doc);
    Result<void> applied;
    doc.transact(
        [&] {
            if (!stored.checkpoint.empty()) {
                applied = codec::applyUpdate(doc, stored.checkpoint, origin);
            }
            for (std::size_t i = 0; applied && i < stored.updates.size(); ++i) {
                applied = codec::applyUpdate(doc, stored.updates[i].bytes, origin);
            }
        },
        origin);
    return applied ? Result<Bytes>(codec::encodeStateAsUpdate(doc))
                   : tl::unexpected(applied.error());
}

} // namespace

LoggedDoc::LoggedDoc(store::Log &log, store::DocumentId id, Rng &rng, AuthorOf authorOf,
                     QObject *parent)
    : QObject(parent), m_log(log), m_id(id), m_authorOf(std::move(authorOf)), m_doc(rng)
{
    m_subscription =
        codec::observeUpdates(m_doc, [this](ByteView update, const crdt::Transaction &transaction) {
            onUpdate(update, transaction);
        });
}

LoggedDoc::~LoggedDoc() = default;

void LoggedDoc::load()
{
    const QPointer<LoggedDoc> self(this);
    m_log.load(m_id, [self](Result<store::StoredDocument> stored) {
        if (self) {
            self->onLoaded(std::move(stored));
        }
    });
}

void LoggedDoc::setLoaded()
{
    m_lastSeq = m_log.lastSeq(m_id);
    m_isLoaded = true;
    Q_EMIT loaded();
}

std::uint64_t LoggedDoc::loadedUpdatesBy(const std::string &author, store::Seq seq) const
{
    return static_cast<std::uint64_t>(
        std::count_if(m_loadedUpdates.begin(), m_loadedUpdates.end(), [&](const auto &update) {
            return update.seq > seq && update.author == author;
        }));
}

std::uint64_t LoggedDoc::loadedEditsBy(const std::string &author, store::Seq seq) const
{
    EditBursts bursts;
    for (const LoadedUpdate &update : m_loadedUpdates) {
        if (update.seq > seq && update.author == author) {
            bursts.add(update.seq, EditBursts::TimePoint(update.time.time_since_epoch()));
        }
    }
    return bursts.count();
}

void LoggedDoc::onLoaded(Result<store::StoredDocument> stored)
{
    m_hasFailed = !stored;
    if (!stored) {
        Q_EMIT loadFailed(QString::fromStdString(stored.error().message));
        return;
    }
    m_stored = std::make_shared<store::StoredDocument>(std::move(*stored));
    m_damagedRows = static_cast<int>(store::damagedContentRows(*m_stored));
    m_checkpointSeq = m_stored->checkpointSeq;
    for (const store::StoredUpdate &update : m_stored->updates) {
        m_loadedUpdates.push_back({update.seq, update.time, update.author});
    }
    if (m_undo) {
        m_undo->begin(*m_stored);
    }
    if (m_stored->checkpoint.size() <= kDecodeHereBytes) {
        crdt::Update state;
        const Result<void> decoded = codec::decodeUpdate(m_stored->checkpoint, state);
        onDecoded(decoded, std::move(state));
        return;
    }
    // The bytes stay where they are until they are decoded: nothing else touches m_stored.
    const std::shared_ptr<store::StoredDocument> reading = m_stored;
    onAnotherThread(
        [reading] {
            const auto state = std::make_shared<crdt::Update>();
            const Result<void> decoded = codec::decodeUpdate(reading->checkpoint, *state);
            return std::pair(decoded, state);
        },
        [self = QPointer(this)](const auto &done) {
            if (self) {
                self->onDecoded(done.first, std::move(*done.second));
            }
        });
}

void LoggedDoc::onDecoded(const Result<void> &decoded, crdt::Update &&state)
{
    if (!m_stored->checkpoint.empty()) {
        const Result<void> applied =
            decoded ? m_doc.apply(std::move(state), loadOrigin()) : decoded;
        if (!applied) {
            qCWarning(lcLog, "checkpoint not applied: %s", applied.error().message.c_str());
            ++m_damagedRows;
        }
    }
    applySlice();
}

void LoggedDoc::applySlice()
{
    QElapsedTimer timer;
    timer.start();
    while (m_nextStored < m_stored->updates.size() && timer.elapsed() < kSliceMilliseconds) {
        applyNext(timer);
    }
    if (m_nextStored < m_stored->updates.size()) {
        QMetaObject::invokeMethod(
            this, [this] { applySlice(); }, Qt::QueuedConnection);
        return;
    }
    m_lastSeq = m_stored->lastSeq;
    m_stored.reset();
    noteLoadedAsCommitted();
    m_isLoaded = true;
    if (m_undo) {
        m_undo->end();
    }
    checkpoint();
    Q_EMIT loaded();
}

void LoggedDoc::applyNext(const QElapsedTimer &timer)
{
    // What waits for something that is missing may come with an update of somebody else's.
    const auto becomesStep = [this](const store::StoredUpdate &update) {
        return m_undo && m_damagedRows == 0 && !m_doc.hasPending() && m_undo->replays(update);
    };
    const std::vector<store::StoredUpdate> &updates = m_stored->updates;
    if (becomesStep(updates[m_nextStored])) {
        const store::StoredUpdate &update = updates[m_nextStored++];
        applyStored(update, m_undo->replayOrigin(update.time));
        return;
    }
    // One transaction for many: its costs are per transaction, not per update.
    m_doc.transact(
        [&] {
            do {
                applyStored(updates[m_nextStored++], loadOrigin());
            } while (m_nextStored < updates.size() && timer.elapsed() < kSliceMilliseconds &&
                     !becomesStep(updates[m_nextStored]));
        },
        loadOrigin());
}

void LoggedDoc::applyStored(const store::StoredUpdate &update, crdt::Origin origin)
{
    if (const auto applied = codec::applyUpdate(m_doc, update.bytes, origin); !applied) {
        qCWarning(lcLog, "update %llu not applied: %s", static_cast<unsigned long long>(update.seq),
                  applied.error().message.c_str());
        ++m_damagedRows;
    }
}

void LoggedDoc::noteLoadedAsCommitted()
{
    if (m_log.waitingBytes() == 0) {
        m_committedSeq = std::max(m_committedSeq, m_lastSeq);
        return;
    }
    // Reading gives what is still on its way to the disk as well.
    const QPointer<LoggedDoc> self(this);
    m_log.flush([self, seq = m_lastSeq](const Result<> &flushed) {
        if (self && flushed) {
            self->onCommitted(seq);
        }
    });
}

void LoggedDoc::onCommitted(store::Seq seq)
{
    m_committedSeq = std::max(m_committedSeq, seq);
    Q_EMIT committed(m_committedSeq);
}

void LoggedDoc::logPending(Bytes update)
{
    if (!update.empty()) {
        m_lastSeq = m_log.append(m_id, {}, std::move(update));
    }
}

void LoggedDoc::checkpoint()
{
    // Rows before a checkpoint are not read again: those that could not be used must still be
    // found, and told of, the next time.
    if (m_damagedRows > 0 || m_isMakingCheckpoint ||
        m_lastSeq < m_checkpointSeq + kUpdatesPerCheckpoint) {
        return;
    }
    m_isMakingCheckpoint = true;
    const QPointer<LoggedDoc> self(this);
    m_log.load(m_id, [self](Result<store::StoredDocument> stored) {
        if (!self || !stored || store::damagedContentRows(*stored) > 0) {
            return;
        }
        const auto reading = std::make_shared<store::StoredDocument>(std::move(*stored));
        const crdt::DeleteSet kept = self->m_undo ? self->m_undo->kept() : crdt::DeleteSet();
        onAnotherThread(
            [reading, kept] { return std::pair(stateOf(*reading, kept), reading->lastSeq); },
            [self](const auto &made) {
                if (self) {
                    self->onCheckpointMade(made.first, made.second);
                }
            });
    });
}

void LoggedDoc::onCheckpointMade(const Result<Bytes> &state, store::Seq seq)
{
    if (!state) {
        qCWarning(lcLog, "no checkpoint: %s", state.error().message.c_str());
        return;
    }
    m_isMakingCheckpoint = false;
    m_checkpointSeq = std::max(m_checkpointSeq, seq);
    storeUndo();
    m_log.writeCheckpoint(m_id, seq, *state);
}

void LoggedDoc::storeState()
{
    m_checkpointSeq = m_lastSeq;
    storeUndo();
    m_log.writeCheckpoint(m_id, m_lastSeq, codec::encodeStateAsUpdate(m_doc));
}

/// The updates before a checkpoint are not read again, so what can be undone must know them.
void LoggedDoc::storeUndo()
{
    if (m_undo) {
        m_undo->store(UndoLog::When::Always);
    }
}

void LoggedDoc::onLogRepaired()
{
    if (m_isLoaded && m_damagedRows == 0) {
        storeState();
    }
}

void LoggedDoc::onPeerSynced()
{
    if (m_isLoaded && m_damagedRows > 0 && !m_doc.hasPending()) {
        m_damagedRows = 0;
        storeState();
        Q_EMIT refilled();
    }
}

void LoggedDoc::onUpdate(ByteView update, const crdt::Transaction &transaction)
{
    if (!m_isLoaded) {
        return; // it comes from the log
    }
    m_lastSeq = m_log.append(m_id, m_authorOf(transaction), Bytes(update.begin(), update.end()));
    changed.emit(update, m_lastSeq, transaction);
    checkpoint();
}

} // namespace cowrite::session
