#include "libsync/session/log/undo_log.h"

#include <QLoggingCategory>

#include <cstddef>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcUndo, "cowrite.session.undo", QtWarningMsg)

/// Some ten thousand steps of typing; what is older is not undone a day later either. All of it is
/// written each time.
constexpr std::size_t kMostBytes = std::size_t{256} << 10;
constexpr std::chrono::hours kKeptFor{24};
/// What was written since is read from the log itself.
constexpr std::chrono::milliseconds kStoreDelay{10'000};
/// What was undone since would count as an edit.
constexpr std::chrono::milliseconds kStoreUndoneDelay{500};
/// As UndoManager::Options::captureTimeout.
constexpr std::chrono::milliseconds kPause{500};

} // namespace

UndoLog::UndoLog(Context context, TextUndo &undo, QObject *parent)
    : QObject(parent), m_context(std::move(context)), m_undo(undo)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { store(); });
    // Without anything in the log there would be no place from which to read edits again.
    connect(&m_undo, &TextUndo::stepCaptured, this,
            [this] { storeWithin(m_isStored ? kStoreDelay : std::chrono::milliseconds{0}); });
    connect(&m_undo, &TextUndo::stepPopped, this, [this] { storeWithin(kStoreUndoneDelay); });
}

void UndoLog::begin(const store::StoredDocument &stored)
{
    if (!stored.undo) {
        return;
    }
    m_isStored = true;
    // Its own checkpoint is never newer than it: if one is, the log was damaged.
    // Nor was it made tomorrow: then a clock went wrong, and nobody knows how old it is.
    const auto age = m_context.clock.wallNow() - stored.undo->time;
    const bool isOld = age > kKeptFor || age < -kKeptFor || stored.undo->seq < stored.checkpointSeq;
    const Result<void> restored = isOld ? Result<void>() : m_undo.restore(stored.undo->bytes);
    if (!restored) {
        qCWarning(lcUndo, "nothing can be undone of what was done before: %s",
                  restored.error().message.c_str());
    }
    m_isReplaying = !isOld && restored;
    m_hasChanged = !m_isReplaying;
    m_knownSeq = stored.undo->seq;
    m_changed = stored.undo->time;
}

crdt::Origin UndoLog::replayOrigin(std::chrono::system_clock::time_point time)
{
    if (!m_replayed || time < *m_replayed || time - *m_replayed >= kPause) {
        m_undo.breakStep();
    }
    m_replayed = time;
    return m_undo.replayOrigin();
}

void UndoLog::end()
{
    m_isReplaying = false;
    if (m_replayed) {
        m_changed = *m_replayed;
    }
    m_undo.finishRestoring();
    if (m_hasChanged) {
        store();
    }
}

void UndoLog::storeWithin(std::chrono::milliseconds delay)
{
    if (m_isReplaying) {
        m_hasChanged = true;
        return;
    }
    m_changed = m_context.clock.wallNow();
    m_hasChanged = true;
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > delay) {
        m_timer.start(delay);
    }
}

void UndoLog::store(When when)
{
    m_timer.stop();
    if (!m_hasChanged && when == When::IfChanged) {
        return;
    }
    m_hasChanged = false;
    Bytes bytes = m_undo.toBytes(kMostBytes);
    if (bytes.empty() && !m_isStored) {
        return;
    }
    m_isStored = !bytes.empty();
    m_context.log.putUndo(m_context.id,
                          {m_context.log.lastSeq(m_context.id), m_changed, std::move(bytes)});
}

} // namespace cowrite::session
