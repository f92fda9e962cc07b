#pragma once

#include "libsync/base/clock.h"
#include "libsync/crdt/origin.h"
#include "libsync/session/log/text_undo.h"
#include "libsync/store/log.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>
#include <string>

namespace cowrite::session {

/// Keeps what can be undone in a document beside it in the log, for a day, and brings it back while
/// the document is read.
///
/// It is stored less often than edits are. So it says how much of the log it knows of, and the
/// person's own edits after that place, in a log that ended with a crash, become steps again as
/// they are read. A step that was undone in between is one of them: it counts as an edit, which is
/// what it is for everybody else.
class UndoLog : public QObject {
    Q_OBJECT

public:
    struct Context {
        store::Log &log;
        store::DocumentId id;
        /// The person whose edits they are, as the log notes it.
        std::string author;
        const Clock &clock;
    };

    /// `undo` outlives this object.
    UndoLog(Context context, TextUndo &undo, QObject *parent = nullptr);

    // While the document is read, in this order.

    /// What is in the log. Nothing of it is in the document yet.
    void begin(const store::StoredDocument &stored);
    /// Whether an update becomes a step; then it is to be applied in a transaction of its own.
    [[nodiscard]] bool replays(const store::StoredUpdate &update) const
    {
        return m_isReplaying && update.seq > m_knownSeq && update.author == m_context.author;
    }
    /// The origin of that transaction, for an edit that was made at `time`.
    [[nodiscard]] crdt::Origin replayOrigin(std::chrono::system_clock::time_point time);
    void end();

    // Afterwards.

    /// What a checkpoint has to keep for it.
    [[nodiscard]] crdt::DeleteSet kept() const { return m_undo.deletions(); }
    /// Stores what has changed since the last time. Before a checkpoint of the same place, and for
    /// a log that has lost it: `Always`.
    enum class When { IfChanged, Always };
    void store(When when = When::IfChanged);

private:
    void storeWithin(std::chrono::milliseconds delay);

    Context m_context;
    TextUndo &m_undo;
    QTimer m_timer;
    /// When something was last done or undone.
    std::chrono::system_clock::time_point m_changed;
    /// When the last edit that became a step was made.
    std::optional<std::chrono::system_clock::time_point> m_replayed;
    store::Seq m_knownSeq = 0;
    bool m_isReplaying = false;
    bool m_hasChanged = false;
    bool m_isStored = false; ///< there is something in the log
};

} // namespace cowrite::session
