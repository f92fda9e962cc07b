// The part of Editor that draws: text geometry, the current line, the gutter and who wrote a line.
#include "ui/editor/editor.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/line_gutter.h"
#include "ui/look/mirrored.h"
#include "ui/look/spaced_layout.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr int kGutterLeft = 18;
constexpr int kGutterRight = 4;
constexpr int kMinDigits = 3;
constexpr int kStripeWidth = 4;
constexpr double kStripeOpacity = 0.75;

SpacedLayout::Space spaceAround(const QTextLine &line, const QTextDocument &document)
{
    // The editor gave it to the document.
    return static_cast<const SpacedLayout *>(document.documentLayout())->spaceAround(line.height());
}

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
    // First of all: most of fifty carets are elsewhere, and how high a paragraph is costs a layout.
    const auto [first, last] = blocksInSight();
    if (!block.isValid() || block.blockNumber() < first || block.blockNumber() > last) {
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

std::vector<VisibleLine> Editor::visibleLines() const
{
    std::vector<VisibleLine> lines;
    forVisibleBlocks([&](const QTextBlock &block, const QRectF &rect) {
        const QTextLayout *layout = block.layout();
        const auto start = static_cast<std::uint32_t>(block.position());
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const std::uint32_t lineStart = start + static_cast<std::uint32_t>(line.textStart());
            lines.push_back({line, rect.topLeft(), start, lineStart,
                             lineStart + static_cast<std::uint32_t>(line.textLength()),
                             i == layout->lineCount() - 1});
        }
    });
    return lines;
}

std::pair<int, int> Editor::blocksInSight() const
{
    const int first = firstVisibleBlock().blockNumber();
    return {first, std::min(first + viewport()->height() / std::max(fontMetrics().height(), 1) + 1,
                            blockCount() - 1)};
}

std::vector<QRectF> Editor::visibleRects(std::uint32_t from, std::uint32_t to) const
{
    std::vector<QRectF> rects;
    const double paragraphEndWidth = fontMetrics().horizontalAdvance(QLatin1Char(' '));
    for (const VisibleLine &line : visibleLines()) {
        const QRectF rect = line.rectOf(from, to, paragraphEndWidth);
        if (!rect.isEmpty()) {
            rects.push_back(rect);
        }
    }
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
        const SpacedLayout::Space space = spaceAround(line, *document());
        painter.fillRect(QRectF(0, rect.top() + line.y() - space.above, viewport()->width(),
                                line.height() + space.above + space.below),
                         m_theme.currentLine);
    }
}

void Editor::paintEvent(QPaintEvent *event)
{
    const std::vector<VisibleLine> lines = visibleLines();
    {
        QPainter below(viewport());
        below.setClipRegion(event->region());
        paintCurrentLine(below);
        for (EditorLayer *layer : m_layers) {
            layer->paintBelow(below, lines);
        }
        m_marks.paintBelow(below, m_theme);
        m_carets->paintSelections(below);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter above(viewport());
    above.setClipRegion(event->region());
    for (EditorLayer *layer : m_layers) {
        layer->paintAbove(above, lines);
    }
    m_marks.paintAbove(above, m_theme);
    above.setClipping(false);
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
        return m_authorsVisible ? kStripeWidth : 0;
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
    isRightToLeft() ? setViewportMargins(0, 0, width, 0) : setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(QStyle::visualRect(layoutDirection(), area,
                                             QRect(area.left(), area.top(), width, area.height())));
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
        if (const auto author = authorOf(block)) {
            // Not to the bottom of `rect`: that of the last paragraph has the margin in it.
            const QTextLine last = block.layout()->lineAt(block.layout()->lineCount() - 1);
            const double height = last.y() + last.height() + spaceAround(last, *document()).below;
            painter.setOpacity(kStripeOpacity);
            const QRectF stripe(0, rect.top(), kStripeWidth, height);
            painter.fillRect(mirrored(layoutDirection(), m_gutter->rect(), stripe), author->color);
            painter.setOpacity(1);
        }
        if (!m_lineNumbers) {
            return;
        }
        painter.setPen(block.blockNumber() == current && hasFocus() ? m_theme.text
                                                                    : m_theme.lineNumber);
        const QString number = QString::number(block.blockNumber() + 1);
        const double numberWidth = painter.fontMetrics().horizontalAdvance(number);
        const QRectF place(m_gutter->width() - kGutterRight - numberWidth, rect.top() + line.y(),
                           numberWidth, line.height());
        painter.drawText(QPointF(mirrored(layoutDirection(), m_gutter->rect(), place).left(),
                                 place.top() + line.ascent()),
                         number);
    });
}

// ---------------------------------------------------------------- authors

void Editor::setLineAuthors(LineAuthors authors)
{
    m_lineAuthors = std::move(authors);
    updateAuthors();
}

void Editor::setAuthorsVisible(bool visible)
{
    m_authorsVisible = visible;
    layOutGutter();
    updateAuthors();
}

void Editor::updateAuthors()
{
    m_gutter->update();
}

std::optional<LineAuthor> Editor::authorOf(const QTextBlock &block) const
{
    if (!m_authorsVisible || !m_lineAuthors || block.length() <= 1) {
        return std::nullopt;
    }
    const auto from = static_cast<std::uint32_t>(block.position());
    return m_lineAuthors(from, from + static_cast<std::uint32_t>(block.length()) - 1);
}

bool Editor::event(QEvent *event)
{
    // The strip lets the pointer through to the editor.
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (m_gutter->geometry().contains(help->pos())) {
            const int y = help->pos().y() - m_gutter->y();
            QString text;
            QRect where;
            forVisibleBlocks([&](const QTextBlock &block, const QRectF &rect) {
                const auto author =
                    y >= rect.top() && y < rect.bottom() ? authorOf(block) : std::nullopt;
                if (author) {
                    text = tr("%1, %2").arg(author->name, author->time);
                    where = QRect(0, m_gutter->y() + static_cast<int>(rect.top()),
                                  m_gutter->width(), static_cast<int>(rect.height()));
                }
            });
            QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this, where);
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

} // namespace cowrite::ui
