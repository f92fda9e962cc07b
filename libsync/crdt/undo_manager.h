#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/doc.h"

#include <any>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <typeindex>
#include <vector>

namespace cowrite::crdt {

struct Item;

/// One step that can be undone: the units it inserted and those it deleted.
struct UndoStep {
    DeleteSet insertions;
    DeleteSet deletions;
    /// The clients of `deletions` in the order in which they are re-created.
    std::vector<ClientId> deletionOrder;
    /// What its owners keep with it, each under an address of its own: an editor the selection
    /// before the change, say, as relative positions (yjs-compat 6).
    std::map<const void *, std::any> meta;
};

/// A run of units that an undo or redo is about to delete.
struct UndoDeletion {
    Id id; ///< Of its first unit.
    std::uint32_t length = 0;
    SharedType parent;
    std::optional<std::string> key; ///< If it is the value of a map.
    std::optional<SharedType> type; ///< If it is a nested type.
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
        /// As well as those whose origin is an object of such a type: `typeid(TextBinding)`.
        std::vector<std::type_index> trackedOriginTypes{};
        /// If set: only transactions for which it is true are captured, the manager's own included.
        std::function<bool(const Transaction &)> captureTransaction{};
        /// If set: undo and redo delete only that for which it is true. Called for what is inside
        /// of a type before the type itself.
        std::function<bool(const UndoDeletion &)> deleteFilter{};
        /// Brings an old value of a key back even if somebody else has set the key since.
        bool ignoreRemoteMapChanges = false;
    };

    enum class StepKind { Undo, Redo };
    enum class Stacks { Both, Undo, Redo };

    /// What happened to a step.
    struct StepEvent {
        StepKind kind = StepKind::Undo;
        Origin origin; ///< Of the transaction that did it.
        /// That the transaction changed; not known if an observer undid, whose transaction waits.
        std::vector<SharedType> changedTypes;
    };

    /// Of the whole document.
    UndoManager(Doc &doc, Options options, const cowrite::Clock &clock);
    /// Of these types of `doc` and what is in them.
    UndoManager(Doc &doc, std::vector<SharedType> scope, Options options,
                const cowrite::Clock &clock);
    ~UndoManager();
    UndoManager(const UndoManager &) = delete;
    UndoManager &operator=(const UndoManager &) = delete;

    /// Undoes steps until one changes something; false if there was none, and within a transaction,
    /// where it would be mixed with other edits.
    bool undo();
    bool redo();
    [[nodiscard]] bool canUndo() const { return !m_undoStack.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_redoStack.empty(); }
    /// The next change begins a new step.
    void stopCapturing();
    /// Forgets these steps. What they kept from being collected is collected once it is deleted
    /// again or what it is in is deleted (yjs-compat 3.7).
    void clear(Stacks which = Stacks::Both);
    /// What undo(), or redo(), takes back, the next step last.
    [[nodiscard]] const std::deque<UndoStep> &steps(StepKind kind) const
    {
        return kind == StepKind::Undo ? m_undoStack : m_redoStack;
    }
    /// Takes the steps of an earlier manager of this document, mostly before it is read from where
    /// it is stored: their deletions must be kept by a ContentKeeper meanwhile, and what was redone
    /// be restored with restoreRedone(). The steps so far are forgotten. No signal.
    void restore(std::deque<UndoStep> undo, std::deque<UndoStep> redo);
    /// From the next transaction on; what is there already changes nothing.
    void addToScope(const SharedType &type);
    void addTrackedOrigin(Origin origin);
    void removeTrackedOrigin(Origin origin);
    /// That of the transactions in which this undoes and redoes.
    [[nodiscard]] Origin origin() const { return Origin::of(this); }

    /// A step was pushed (not when a change joined the step on top). The step may be given meta.
    Signal<UndoStep &, const StepEvent &> stepAdded;
    /// A change joined the step on top.
    Signal<UndoStep &, const StepEvent &> stepUpdated;
    /// A step was undone or redone; the document has changed already.
    Signal<const UndoStep &, const StepEvent &> stepPopped;
    /// Steps were forgotten: by clear(), or those to redo as a new edit was captured.
    Signal<Stacks> cleared;

private:
    enum class Mode { Capturing, Undoing, Redoing };

    bool pop(Mode mode);
    [[nodiscard]] bool reverse(const UndoStep &step);
    void onTransaction(const Transaction &transaction);
    [[nodiscard]] bool isTracked(const Transaction &transaction) const;
    [[nodiscard]] bool isTrackedOrigin(Origin origin) const;
    void keepDeletions(const Transaction &transaction);
    [[nodiscard]] bool mayDelete(const Item *item) const;
    [[nodiscard]] bool inScope(const Branch *branch) const;
    [[nodiscard]] bool deletedByAnyStep(Id id) const;
    void forget(std::deque<UndoStep> &steps);

    Doc &m_doc;
    /// None: the whole document.
    std::optional<std::vector<SharedType>> m_scope;
    Options m_options;
    const cowrite::Clock &m_clock;
    std::deque<UndoStep> m_undoStack;
    std::deque<UndoStep> m_redoStack;
    /// What the manager's own transactions were for, until they are seen: those begun by observers
    /// wait for their turn.
    std::deque<Mode> m_ownModes;
    /// What the last of these transactions changed.
    std::vector<SharedType> m_ownChanges;
    /// When the step on top was last added to; none after stopCapturing().
    std::optional<std::chrono::steady_clock::time_point> m_lastCapture;
    Subscription m_subscription;
};

} // namespace cowrite::crdt
