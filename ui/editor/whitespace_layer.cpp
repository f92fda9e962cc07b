#include "ui/editor/whitespace_layer.h"

#include "ui/editor/editor.h"

#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr double kDot = 2;
constexpr double kArrowHead = 3;
constexpr QChar kNoBreakSpace(0xA0);

} // namespace

void WhitespaceLayer::paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    if (!m_visible) {
        return;
    }
    const QTextDocument &document = *editor().document();
    const double width = editor().viewport()->width();
    const QColor color = editor().theme().lineNumber;
    painter.setPen(color);
    for (const VisibleLine &shown : lines) {
        const QTextLine &line = shown.line;
        // Of a line that is not wrapped, only what is in sight.
        const int first = line.xToCursor(-shown.origin.x(), QTextLine::CursorOnCharacter);
        const int last = std::min(line.textStart() + line.textLength(),
                                  line.xToCursor(width - shown.origin.x()) + 1);
        const double middle = shown.origin.y() + line.y() + line.height() / 2;
        for (int at = first; at < last; ++at) {
            const QChar unit = document.characterAt(static_cast<int>(shown.paragraphOffset) + at);
            if (unit != QLatin1Char(' ') && unit != QLatin1Char('\t') && unit != kNoBreakSpace) {
                continue;
            }
            const double left = shown.origin.x() + line.cursorToX(at);
            const double right = shown.origin.x() + line.cursorToX(at + 1);
            if (unit == QLatin1Char('\t')) {
                const QPointF tip(right - kDot, middle);
                painter.drawLine(QPointF(left + kDot, middle), tip);
                painter.drawLine(tip, tip + QPointF(-kArrowHead, -kArrowHead));
                painter.drawLine(tip, tip + QPointF(-kArrowHead, kArrowHead));
            } else {
                painter.fillRect(QRectF((left + right - kDot) / 2, middle - kDot / 2, kDot, kDot),
                                 color);
            }
        }
    }
}

} // namespace cowrite::ui
