#include "ui/edit_history.h"

#include "libsync/crdt/doc.h"

#include <any>

namespace cowrite::ui {

namespace {

crdt::UndoManager::Options trackOnly(crdt::Origin origin)
{
    crdt::UndoManager::Options options;
    options.trackedOrigins = {origin};
    return options;
}

} // namespace

EditHistory::EditHistory(crdt::Text text, crdt::Origin origin, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_text(text),
      m_manager(text.doc(), {text}, trackOnly(origin), clock),
      m_before(stored({}))
{
    m_manager.addTrackedOrigin(crdt::Origin::of(this));
    m_added = m_manager.stepAdded.connect(
        [this](crdt::UndoStep &step, const crdt::UndoManager::StepEvent &) {
            step.meta[this] = m_before;
            Q_EMIT availabilityChanged();
        });
    m_updated = m_manager.stepUpdated.connect(
        [this](crdt::UndoStep &, const crdt::UndoManager::StepEvent &) {
            Q_EMIT availabilityChanged();
        });
    m_popped = m_manager.stepPopped.connect(
        [this](const crdt::UndoStep &step, const crdt::UndoManager::StepEvent &) {
            const auto meta = step.meta.find(this);
            if (meta == step.meta.end()) {
                return;
            }
            const auto *selection = std::any_cast<StoredSelection>(&meta->second);
            const auto anchor = crdt::resolve(m_text.doc(), selection->anchor);
            const auto head = crdt::resolve(m_text.doc(), selection->head);
            if (anchor && head) {
                Q_EMIT selectionRestored({anchor->index, head->index});
            }
        });
}

EditHistory::StoredSelection EditHistory::stored(const SelectionOffsets &selection) const
{
    // Before the unit after it, so that a caret at the end of a line stays at that end when the
    // text behind it comes back.
    return {crdt::makeRelativePosition(m_text, selection.anchor, -1),
            crdt::makeRelativePosition(m_text, selection.head, -1)};
}

void EditHistory::setSelectionBefore(const SelectionOffsets &selection)
{
    m_before = stored(selection);
}

void EditHistory::apply(const crdt::Delta &delta)
{
    breakStep();
    // Not the origin of the binding, which takes what comes with that for what the view has
    // already. A refused change leaves the text as it is, which is what is shown then.
    (void)m_text.doc().transact([&] { return m_text.applyDelta(delta); }, crdt::Origin::of(this));
    breakStep();
}

void EditHistory::undo()
{
    m_manager.undo();
    Q_EMIT availabilityChanged();
}

void EditHistory::redo()
{
    m_manager.redo();
    Q_EMIT availabilityChanged();
}

} // namespace cowrite::ui
