// The part of Editor that keys, input methods, the pointer and the clipboard go through.
#include "ui/editor/editor.h"
#include "ui/editor/openable.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QWheelEvent>

#include <algorithm>

namespace cowrite::ui {

void Editor::keyPressEvent(QKeyEvent *event)
{
    // The base class would take these two to the document's own undo, which is off.
    if (event->matches(QKeySequence::Undo)) {
        undoEdit();
    } else if (event->matches(QKeySequence::Redo)) {
        redoEdit();
    } else {
        const int before = document()->revision();
        QPlainTextEdit::keyPressEvent(event);
        if (document()->revision() != before) {
            // At once: what fifty others send would be worked off before the next turn's paint.
            viewport()->repaint();
        }
    }
}

void Editor::inputMethodEvent(QInputMethodEvent *event)
{
    // Remembered before the base class acts: a committed text is sent at once, and what that sets
    // off must not find the composition it ends.
    m_composition.reset();
    if (!event->preeditString().isEmpty()) {
        m_composition = Composition{event->preeditString(), event->attributes()};
    }
    QPlainTextEdit::inputMethodEvent(event);
}

QMimeData *Editor::createMimeDataFromSelection() const
{
    auto *data = new QMimeData;
    const auto [from, to] = std::minmax(m_selection.anchor, m_selection.head);
    // From the shared text: the view has stand-ins for what it cannot hold.
    const QString text =
        m_binding ? m_binding->sharedText(from, to - from) : textCursor().selectedText();
    data->setText(m_marks.withoutDeleted(from, text));
    return data;
}

void Editor::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText() && m_undo) {
        m_undo->breakStep();
        QPlainTextEdit::insertFromMimeData(source);
        m_undo->breakStep();
    }
}

void Editor::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("editorMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &label, QKeySequence::StandardKey key, bool enabled,
                         auto run) {
        QAction *action = menu->addAction(label);
        action->setShortcut(key);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    const bool selected = textCursor().hasSelection();
    add(tr("Undo"), QKeySequence::Undo, canUndoEdit(), [this] { undoEdit(); });
    add(tr("Redo"), QKeySequence::Redo, canRedoEdit(), [this] { redoEdit(); });
    menu->addSeparator();
    add(tr("Cut"), QKeySequence::Cut, selected && !isReadOnly(), [this] { cut(); });
    add(tr("Copy"), QKeySequence::Copy, selected, [this] { copy(); });
    add(tr("Paste"), QKeySequence::Paste, canPaste(), [this] { paste(); });
    menu->addSeparator();
    add(tr("Select all"), QKeySequence::SelectAll, true, [this] { selectAll(); });
    // By the keyboard it is asked for at the caret.
    const QTextCursor there = event->reason() == QContextMenuEvent::Keyboard
                                  ? textCursor()
                                  : cursorForPosition(event->pos());
    Q_EMIT menuRequested(*menu, static_cast<std::uint32_t>(there.position()));
    menu->popup(event->reason() == QContextMenuEvent::Keyboard
                    ? viewport()->mapToGlobal(cursorRect().bottomLeft())
                    : event->globalPos());
}

// ---------------------------------------------------------------- pointer

void Editor::dragEnterEvent(QDragEnterEvent *event)
{
    if (isOpenable(*event->mimeData())) {
        event->ignore(); // the window opens it
        return;
    }
    QPlainTextEdit::dragEnterEvent(event);
}

void Editor::mouseMoveEvent(QMouseEvent *event)
{
    m_carets->hover(event->pos());
    QPlainTextEdit::mouseMoveEvent(event);
}

void Editor::leaveEvent(QEvent *event)
{
    m_carets->leave();
    QPlainTextEdit::leaveEvent(event);
}

void Editor::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        // A touchpad sends many small turns.
        m_wheelRest += event->angleDelta().y();
        if (const int steps = m_wheelRest / QWheelEvent::DefaultDeltasPerStep; steps != 0) {
            m_wheelRest -= steps * QWheelEvent::DefaultDeltasPerStep;
            zoomBy(steps);
        }
        event->accept();
        return;
    }
    QPlainTextEdit::wheelEvent(event);
}

} // namespace cowrite::ui
