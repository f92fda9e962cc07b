#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/undo_manager.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace cowrite::ui {

/// A selection by offsets into the shared text; equal when it is only a caret.
struct SelectionOffsets {
    std::uint32_t anchor = 0;
    std::uint32_t head = 0;

    friend bool operator==(const SelectionOffsets &, const SelectionOffsets &) = default;
};

/// Undo and redo of what one binding wrote, with the selection as it was (yjs-compat.md 6).
class EditHistory : public QObject {
    Q_OBJECT

public:
    /// `origin` is that of the edits to undo. `clock` decides which edits are one step: those that
    /// follow each other within 500 ms.
    EditHistory(crdt::Text text, crdt::Origin origin, const Clock &clock,
                QObject *parent = nullptr);

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

Q_SIGNALS:
    /// canUndo() or canRedo() may have changed.
    void availabilityChanged();
    /// A step was undone or redone; the selection to show. Fires after the view changed.
    void selectionRestored(const cowrite::ui::SelectionOffsets &selection);

private:
    /// What a step keeps: the selection from before it, sticking to the text.
    struct StoredSelection {
        crdt::RelativePosition anchor;
        crdt::RelativePosition head;
    };

    [[nodiscard]] StoredSelection stored(const SelectionOffsets &selection) const;

    crdt::Text m_text;
    crdt::UndoManager m_manager;
    StoredSelection m_before;
    Subscription m_added;
    Subscription m_updated;
    Subscription m_popped;
};

} // namespace cowrite::ui
