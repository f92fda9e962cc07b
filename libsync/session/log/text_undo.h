#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/clock.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/content_keeper.h"
#include "libsync/session/log/undo_codec.h"

#include <QObject>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace cowrite::session {

/// A selection by offsets into the shared text; equal when it is only a caret.
struct SelectionOffsets {
    std::uint32_t anchor = 0;
    std::uint32_t head = 0;

    friend bool operator==(const SelectionOffsets &, const SelectionOffsets &) = default;
};

/// Undo and redo of what one person wrote into one text, with the selections as they were
/// (yjs-compat.md 6). It outlives the editors that write, and the program: its steps can be turned
/// into bytes, and taken from them again while the document is loaded.
class TextUndo : public QObject {
    Q_OBJECT

public:
    /// Of `text`, which may not be loaded yet. `clock` decides which edits are one step: those that
    /// follow each other within 500 ms.
    TextUndo(const crdt::SharedType &text, const Clock &clock, QObject *parent = nullptr);

    /// Edits of this origin can be undone; from now on no more.
    void track(crdt::Origin origin) { m_manager.addTrackedOrigin(origin); }
    void untrack(crdt::Origin origin) { m_manager.removeTrackedOrigin(origin); }
    /// The selection before the next edit; to be told before that edit reaches the shared text.
    void setSelectionBefore(const SelectionOffsets &selection);
    /// The caret jumped: the next edit begins a new step.
    void breakStep() { m_manager.stopCapturing(); }
    /// Writes `delta` into the text, as a step of its own.
    void apply(const crdt::Delta &delta);

    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const { return m_manager.canUndo(); }
    [[nodiscard]] bool canRedo() const { return m_manager.canRedo(); }

    /// The steps as restore() takes them, the newest ones as far as `mostBytes` reach; empty for
    /// none.
    [[nodiscard]] Bytes toBytes(std::size_t mostBytes) const;
    /// What bringing the steps back needs of the content of the document, normalised.
    [[nodiscard]] crdt::DeleteSet deletions() const;

    /// Takes the steps of toBytes(), before the document is read from where it is stored. Errors,
    /// with nothing changed: Malformed; Refused for those of another text; Unsupported for those of
    /// a newer version.
    [[nodiscard]] Result<void> restore(ByteView bytes);
    /// The origin of edits that are read from the log and that can be undone, though the steps do
    /// not know of them yet.
    [[nodiscard]] crdt::Origin replayOrigin() const { return crdt::Origin::of(&m_before); }
    /// The document is read: what was restored is complete.
    void finishRestoring();

Q_SIGNALS:
    /// canUndo() or canRedo() may have changed.
    void availabilityChanged();
    /// The person wrote something; or undid or redid it.
    void stepCaptured();
    void stepPopped();
    /// A step was undone or redone; the selection to show. Fires after the view changed.
    void selectionRestored(const cowrite::session::SelectionOffsets &selection);

private:
    void onPopped(const crdt::UndoStep &step);
    /// Of a step; null if it is not known.
    [[nodiscard]] const StickySelection *selectionOf(const crdt::UndoStep &step) const;
    [[nodiscard]] std::deque<crdt::UndoStep> withSelections(std::vector<StoredStep> steps) const;

    crdt::SharedType m_text;
    crdt::UndoManager m_manager;
    std::optional<StickySelection> m_before;
    /// Until the document is read.
    std::optional<crdt::ContentKeeper> m_keeper;
    std::vector<crdt::RedoneRange> m_redone;
    Subscription m_added;
    Subscription m_updated;
    Subscription m_popped;
};

} // namespace cowrite::session
