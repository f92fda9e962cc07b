#include "libsync/session/log/text_undo.h"

#include "libsync/crdt/doc.h"

#include <algorithm>
#include <any>
#include <utility>

namespace cowrite::session {

namespace {

crdt::UndoManager::Options tracking(std::vector<crdt::Origin> origins)
{
    crdt::UndoManager::Options options;
    options.trackedOrigins = std::move(origins);
    return options;
}

/// The one that the position sticks to.
void addUnit(crdt::DeleteSet &units, const crdt::RelativePosition &position)
{
    if (position.item) {
        units.add(position.item->client, {position.item->clock, 1});
    }
}

} // namespace

TextUndo::TextUndo(const crdt::SharedType &text, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_text(text),
      m_manager(text.doc(), {text}, tracking({crdt::Origin::of(this), replayOrigin()}), clock)
{
    m_added = m_manager.stepAdded.connect(
        [this](crdt::UndoStep &step, const crdt::UndoManager::StepEvent &event) {
            if (m_before && event.origin != replayOrigin()) {
                step.meta[this] = *m_before;
            }
            Q_EMIT availabilityChanged();
            Q_EMIT stepCaptured();
        });
    m_updated = m_manager.stepUpdated.connect(
        [this](crdt::UndoStep &, const crdt::UndoManager::StepEvent &) {
            Q_EMIT availabilityChanged();
            Q_EMIT stepCaptured();
        });
    m_popped = m_manager.stepPopped.connect(
        [this](const crdt::UndoStep &step, const crdt::UndoManager::StepEvent &) {
            onPopped(step);
        });
}

void TextUndo::onPopped(const crdt::UndoStep &step)
{
    Q_EMIT stepPopped();
    const StickySelection *selection = selectionOf(step);
    if (selection == nullptr) {
        return;
    }
    const auto anchor = crdt::resolve(m_text.doc(), selection->anchor);
    const auto head = crdt::resolve(m_text.doc(), selection->head);
    if (anchor && head) {
        Q_EMIT selectionRestored({anchor->index, head->index});
    }
}

const StickySelection *TextUndo::selectionOf(const crdt::UndoStep &step) const
{
    const auto meta = step.meta.find(this);
    return meta != step.meta.end() ? std::any_cast<StickySelection>(&meta->second) : nullptr;
}

void TextUndo::setSelectionBefore(const SelectionOffsets &selection)
{
    // Before the unit after it, so that a caret at the end of a line stays at that end when the
    // text behind it comes back.
    m_before = StickySelection{crdt::makeRelativePosition(m_text, selection.anchor, -1),
                               crdt::makeRelativePosition(m_text, selection.head, -1)};
}

void TextUndo::apply(const crdt::Delta &delta)
{
    breakStep();
    // Not the origin of an editor, which takes what comes with that for what it shows already. A
    // refused change leaves the text as it is, which is what is shown then.
    crdt::Text text(m_text);
    (void)m_text.doc().transact([&] { return text.applyDelta(delta); }, crdt::Origin::of(this));
    breakStep();
}

void TextUndo::undo()
{
    m_manager.undo();
    Q_EMIT availabilityChanged();
}

void TextUndo::redo()
{
    m_manager.redo();
    Q_EMIT availabilityChanged();
}

Bytes TextUndo::toBytes(std::size_t mostBytes) const
{
    using Kind = crdt::UndoManager::StepKind;
    EncodedSteps encoded{m_text.name(), {}, {}, {}};
    crdt::DeleteSet units;
    std::size_t size = 0;
    const auto addNewest = [&](Kind kind, std::vector<Bytes> &to) {
        const std::deque<crdt::UndoStep> &steps = m_manager.steps(kind);
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            const StickySelection *selection = selectionOf(*step);
            Bytes bytes = encodeStep(*step, selection);
            size += bytes.size();
            if (size > mostBytes) {
                break;
            }
            to.push_back(std::move(bytes));
            units.add(step->insertions);
            units.add(step->deletions);
            if (selection != nullptr) {
                addUnit(units, selection->anchor);
                addUnit(units, selection->head);
            }
        }
        std::reverse(to.begin(), to.end());
    };
    // What was undone just now is nearer than what was written long ago.
    addNewest(Kind::Redo, encoded.redo);
    addNewest(Kind::Undo, encoded.undo);
    if (encoded.undo.empty() && encoded.redo.empty()) {
        return {};
    }
    units.normalize();
    encoded.redone = crdt::redoneRanges(m_text.doc(), units);
    return encodeSteps(encoded);
}

crdt::DeleteSet TextUndo::deletions() const
{
    using Kind = crdt::UndoManager::StepKind;
    crdt::DeleteSet units;
    for (const Kind kind : {Kind::Undo, Kind::Redo}) {
        for (const crdt::UndoStep &step : m_manager.steps(kind)) {
            units.add(step.deletions);
        }
    }
    units.normalize();
    return units;
}

std::deque<crdt::UndoStep> TextUndo::withSelections(std::vector<StoredStep> steps) const
{
    std::deque<crdt::UndoStep> result;
    for (StoredStep &stored : steps) {
        result.push_back(std::move(stored.step));
        if (stored.selection) {
            result.back().meta[this] = *stored.selection;
        }
    }
    return result;
}

Result<void> TextUndo::restore(ByteView bytes)
{
    Result<StoredSteps> steps = decodeSteps(bytes);
    if (!steps) {
        return tl::unexpected(steps.error());
    }
    if (steps->root != m_text.name()) {
        return fail(ErrorCode::Refused, "The steps are those of another text.");
    }
    m_manager.restore(withSelections(std::move(steps->undo)),
                      withSelections(std::move(steps->redo)));
    m_redone = std::move(steps->redone);
    m_keeper.emplace(m_text.doc(), deletions());
    return {};
}

void TextUndo::finishRestoring()
{
    m_keeper.reset();
    if (!crdt::restoreRedone(m_text.doc(), std::exchange(m_redone, {}))) {
        m_manager.clear();
    }
    breakStep();
    Q_EMIT availabilityChanged();
}

} // namespace cowrite::session
