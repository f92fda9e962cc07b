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
    const int top = m_editor->verticalScrollBar()->value();
    const QTextBlock block = blockOfLine(*document, top);
    m_topLine = QTextCursor(block.isValid() ? block : document->firstBlock());
    m_horizontal = m_editor->horizontalScrollBar()->value();
    if (block.isValid()) {
        const QTextLine line = block.layout()->lineAt(top - block.firstLineNumber());
        if (line.isValid()) {
            m_topLine.setPosition(block.position() + line.textStart());
        }
    }
}

void ViewAnchor::restore()
{
    if (!m_follow) {
        m_editor->verticalScrollBar()->setValue(0);
        return;
    }
    const QTextBlock block = m_topLine.block();
    // Asking for the rectangle lays the block out.
    m_editor->document()->documentLayout()->blockBoundingRect(block);
    const QTextLine line = block.layout()->lineForTextPosition(m_topLine.positionInBlock());
    const int lineInBlock = line.isValid() ? line.lineNumber() : 0;
    m_editor->verticalScrollBar()->setValue(block.firstLineNumber() + lineInBlock);
    m_editor->horizontalScrollBar()->setValue(m_horizontal);
}

} // namespace cowrite::ui
