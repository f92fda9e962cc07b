#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/doc.h"

#include <any>
#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace cowrite::crdt {

/// One step that can be undone: the units it inserted and those it deleted.
struct UndoStep {
    DeleteSet insertions;
    DeleteSet deletions;
    /// The clients of `deletions` in the order in which they are re-created.
    std::vector<ClientId> deletionOrder;
    /// For the owner, for instance the selection before the change (yjs-compat 6).
    std::any meta;
};

/// Undoes and redoes the changes of tracked origins within some types, and nobody else's
/// (yjs-compat 6). Lives no longer than its document.
class UndoManager {
public:
    struct Options {
        /// Changes that follow one another faster become one step.
        std::chrono::milliseconds captureTimeout{500};
        /// Transactions with these origins are captured; undo and redo themselves always are.
        std::vector<Origin> trackedOrigins{Origin{}};
    };

    enum class StepKind { Undo, Redo };

    UndoManager(Doc &doc, std::vector<SharedType> scope, Options options,
                const cowrite::Clock &clock);
    ~UndoManager();
    UndoManager(const UndoManager &) = delete;
    UndoManager &operator=(const UndoManager &) = delete;

    /// Undoes steps until one changes something; false if there was none, and within a transaction,
    /// where it would be mixed with other edits.
    bool undo();
    bool redo();
    bool canUndo() const { return !m_undoStack.empty(); }
    bool canRedo() const { return !m_redoStack.empty(); }
    /// The next change begins a new step.
    void stopCapturing();
    /// Forgets all steps; what they kept may be collected later.
    void clear();
    Origin origin() const { return Origin::of(this); }

    /// A step was pushed (not when a change joined the step on top). The step may be given meta.
    Signal<UndoStep &, StepKind> stepAdded;
    /// A change joined the step on top.
    Signal<UndoStep &, StepKind> stepUpdated;
    /// A step was undone or redone; the document has changed already.
    Signal<const UndoStep &, StepKind> stepPopped;

private:
    enum class Mode { Capturing, Undoing, Redoing };

    bool pop(Mode mode);
    bool reverse(const UndoStep &step);
    void onTransaction(const Transaction &transaction);
    bool isTracked(const Transaction &transaction) const;
    bool inScope(const Branch *branch) const;
    bool deletedByAnyStep(Id id) const;
    void forget(std::deque<UndoStep> &steps);

    friend class Redoer;

    Doc &m_doc;
    std::vector<SharedType> m_scope;
    Options m_options;
    const cowrite::Clock &m_clock;
    std::deque<UndoStep> m_undoStack;
    std::deque<UndoStep> m_redoStack;
    /// What the manager's own transactions were for, until they are seen: those begun by observers
    /// wait for their turn.
    std::deque<Mode> m_ownModes;
    /// When the step on top was last added to; none after stopCapturing().
    std::optional<std::chrono::steady_clock::time_point> m_lastCapture;
    Subscription m_subscription;
};

} // namespace cowrite::crdt
