#include "ui/look/spaced_layout.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <cmath>

namespace cowrite::ui {

SpacedLayout::SpacedLayout(QTextDocument *document, double factor)
    : QPlainTextDocumentLayout(document), m_factor(factor)
{}

SpacedLayout::Space SpacedLayout::spaceAround(double lineHeight) const
{
    // Whole pixels, or the text would be blurred.
    const double extra = std::round(lineHeight * (m_factor - 1));
    const double above = std::ceil(extra / 2);
    return {above, extra - above};
}

QRectF SpacedLayout::blockBoundingRect(const QTextBlock &block) const
{
    QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    if (!block.isValid() || !block.isVisible()) {
        return rect;
    }
    QTextLayout *layout = block.layout();
    const int lines = layout->lineCount();
    if (lines == 0) {
        return rect;
    }
    const Space space = spaceAround(layout->lineAt(0).height());
    if (layout->lineAt(0).y() < space.above) {
        // Laid out afresh: the lines lie close together.
        for (int i = 0; i < lines; ++i) {
            QTextLine line = layout->lineAt(i);
            line.setPosition(
                QPointF(line.x(), line.y() + space.above + i * (space.above + space.below)));
        }
        rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    }
    rect.setHeight(rect.height() + space.below);
    return rect;
}

} // namespace cowrite::ui
