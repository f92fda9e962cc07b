// The part of DocumentView that knows where one is in the text, and finds back there.
#include "ui/document/document_view.h"

#include "ui/editor/editor.h"

#include <QLayout>

#include <utility>

namespace cowrite::ui {

std::optional<PlaceInText> DocumentView::place() const
{
    if (m_place || !m_editor->hasText()) {
        return m_place;
    }
    const crdt::Text text = m_editor->text();
    const SelectionOffsets selection = m_editor->selection();
    // A caret stays with what was written before it, the topmost line with its first letter.
    return PlaceInText{crdt::makeRelativePosition(text, selection.anchor, -1),
                       crdt::makeRelativePosition(text, selection.head, -1),
                       crdt::makeRelativePosition(text, m_editor->topOffset())};
}

void DocumentView::goTo(const PlaceInText &place)
{
    m_place = place;
    takePlace();
}

void DocumentView::takePlace()
{
    // What is not shown has no size yet, and so no lines to scroll to.
    if (!m_place || !m_editor->hasText() || !isVisible()) {
        return;
    }
    layout()->activate();
    const PlaceInText place = *std::exchange(m_place, std::nullopt);
    const auto offsetOf = [this](const crdt::RelativePosition &position) {
        const auto found = crdt::resolve(m_replica.doc(), position);
        return found && found->type == m_editor->text() ? std::optional(found->index)
                                                        : std::nullopt;
    };
    if (const auto anchor = offsetOf(place.anchor), head = offsetOf(place.head); anchor && head) {
        m_editor->select({*anchor, *head});
    }
    if (const auto top = offsetOf(place.top)) {
        m_editor->showAtTop(*top);
    }
}

void DocumentView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    takePlace();
}

} // namespace cowrite::ui
