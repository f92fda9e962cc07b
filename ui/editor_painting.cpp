// The part of Editor that draws: text geometry, the current line, the gutter.
#include "ui/editor.h"
#include "ui/line_gutter.h"
#include "ui/spaced_layout.h"

#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr int kGutterLeft = 18;
constexpr int kGutterRight = 4;
constexpr int kMinDigits = 3;

} // namespace

template <class Visit>
void Editor::forVisibleBlocks(Visit visit) const
{
    QTextBlock block = firstVisibleBlock();
    QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && rect.top() <= viewport()->height()) {
        if (block.isVisible()) {
            visit(block, rect);
        }
        const double bottom = rect.bottom();
        block = block.next();
        if (block.isValid()) {
            rect = blockBoundingRect(block);
            rect.moveTop(bottom);
        }
    }
}

std::optional<QRectF> Editor::visibleCaretRect(std::uint32_t offset) const
{
    const QTextBlock block =
        document()->findBlock(std::min(static_cast<int>(offset), document()->characterCount() - 1));
    const QTextBlock first = firstVisibleBlock();
    if (!block.isValid() || block.blockNumber() < first.blockNumber()) {
        return std::nullopt;
    }
    const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
    if (rect.top() > viewport()->height()) {
        return std::nullopt;
    }
    const int inBlock = static_cast<int>(offset) - block.position();
    const QTextLine line =
        block.layout()->lineForTextPosition(std::min(inBlock, block.length() - 1));
    if (!line.isValid()) {
        return std::nullopt;
    }
    const QRectF caret(rect.left() + line.cursorToX(inBlock), rect.top() + line.y(), 1,
                       line.height());
    return viewport()->rect().toRectF().adjusted(-1, 0, 0, 0).intersects(caret)
               ? std::optional(caret)
               : std::nullopt;
}

std::vector<QRectF> Editor::visibleRects(std::uint32_t from, std::uint32_t to) const
{
    std::vector<QRectF> rects;
    const int start = static_cast<int>(from);
    const int end = static_cast<int>(to);
    // How much of the end of a paragraph shows that it is selected.
    const double endWidth = fontMetrics().horizontalAdvance(QLatin1Char(' '));
    forVisibleBlocks([&](const QTextBlock &block, const QRectF &blockRect) {
        const int blockEnd = block.position() + block.length() - 1;
        if (end <= block.position() || start > blockEnd) {
            return;
        }
        const QTextLayout *layout = block.layout();
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const int lineStart = block.position() + line.textStart();
            const int lineEnd = lineStart + line.textLength();
            if (end <= lineStart || start > lineEnd) {
                continue;
            }
            const double left = line.cursorToX(std::max(start, lineStart) - block.position());
            double right = line.cursorToX(std::min(end, lineEnd) - block.position());
            if (end > blockEnd && i == layout->lineCount() - 1) {
                right += endWidth;
            }
            if (right > left) {
                rects.emplace_back(blockRect.left() + left, blockRect.top() + line.y(),
                                   right - left, line.height());
            }
        }
    });
    return rects;
}

void Editor::paintCurrentLine(QPainter &painter)
{
    const QTextBlock block = textCursor().block();
    if (isReadOnly() || textCursor().hasSelection() ||
        block.blockNumber() < firstVisibleBlock().blockNumber()) {
        return;
    }
    const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
    const QTextLine line = block.layout()->lineForTextPosition(textCursor().positionInBlock());
    if (line.isValid() && rect.top() <= viewport()->height()) {
        const auto *layout = static_cast<const SpacedLayout *>(document()->documentLayout());
        const SpacedLayout::Space space = layout->spaceAround(line.height());
        painter.fillRect(QRectF(0, rect.top() + line.y() - space.above, viewport()->width(),
                                line.height() + space.above + space.below),
                         m_theme.currentLine);
    }
}

void Editor::paintEvent(QPaintEvent *event)
{
    {
        QPainter below(viewport());
        below.setClipRegion(event->region());
        paintCurrentLine(below);
        m_carets->paintSelections(below);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter above(viewport());
    m_carets->paintCarets(above);
}

void Editor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutGutter();
}

int Editor::gutterWidth() const
{
    if (!m_lineNumbers) {
        return 0;
    }
    int digits = 1;
    for (int count = blockCount(); count >= 10; count /= 10) {
        ++digits;
    }
    return kGutterLeft + kGutterRight +
           std::max(digits, kMinDigits) * fontMetrics().horizontalAdvance(QLatin1Char('9'));
}

void Editor::layOutGutter()
{
    const int width = gutterWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), width, area.height());
}

void Editor::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), m_theme.page);
    QFont font = this->font();
    painter.setFont(font);
    const int current = textCursor().blockNumber();
    forVisibleBlocks([&](const QTextBlock &block, const QRectF &rect) {
        const QTextLine line = block.layout()->lineAt(0);
        if (!line.isValid()) {
            return;
        }
        painter.setPen(block.blockNumber() == current && hasFocus() ? m_theme.text
                                                                    : m_theme.lineNumber);
        const QString number = QString::number(block.blockNumber() + 1);
        painter.drawText(QPointF(m_gutter->width() - kGutterRight -
                                     painter.fontMetrics().horizontalAdvance(number),
                                 rect.top() + line.y() + line.ascent()),
                         number);
    });
}

} // namespace cowrite::ui
