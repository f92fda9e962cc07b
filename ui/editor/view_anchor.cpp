#include "ui/editor/view_anchor.h"

#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

namespace cowrite::ui {

namespace {

/// A line of QPlainTextEdit's vertical scroll bar: lines of wrapped text, counted from the top.
QTextBlock blockOfLine(const QTextDocument &document, int line)
{
    return document.findBlockByLineNumber(line);
}

} // namespace

ViewAnchor::ViewAnchor(QPlainTextEdit *editor) : m_editor(editor) {}

void ViewAnchor::remember()
{
    const QTextDocument *document = m_editor->document();
    // Text that comes into an empty document is read from its beginning.
    m_follow = !document->isEmpty();
    if (!m_follow) {
        return;
    }
    m_topLine = topLine();
    m_horizontal = m_editor->horizontalScrollBar()->value();
}

QTextCursor ViewAnchor::topLine() const
{
    const QTextDocument *document = m_editor->document();
    const int top = m_editor->verticalScrollBar()->value();
    const QTextBlock block = blockOfLine(*document, top);
    QTextCursor cursor(block.isValid() ? block : document->firstBlock());
    if (block.isValid()) {
        const QTextLine line = block.layout()->lineAt(top - block.firstLineNumber());
        if (line.isValid()) {
            cursor.setPosition(block.position() + line.textStart());
        }
    }
    return cursor;
}

void ViewAnchor::restore()
{
    if (!m_follow) {
        m_editor->verticalScrollBar()->setValue(0);
        return;
    }
    showAtTop(m_topLine);
    m_editor->horizontalScrollBar()->setValue(m_horizontal);
}

void ViewAnchor::showAtTop(const QTextCursor &position)
{
    const QTextBlock block = position.block();
    // Asking for the rectangle lays the block out.
    m_editor->document()->documentLayout()->blockBoundingRect(block);
    const QTextLine line = block.layout()->lineForTextPosition(position.positionInBlock());
    const int lineInBlock = line.isValid() ? line.lineNumber() : 0;
    m_editor->verticalScrollBar()->setValue(block.firstLineNumber() + lineInBlock);
}

} // namespace cowrite::ui
