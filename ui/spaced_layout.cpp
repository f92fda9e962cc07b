#include "ui/spaced_layout.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <cmath>

namespace cowrite::ui {

SpacedLayout::SpacedLayout(QTextDocument *document, double factor)
    : QPlainTextDocumentLayout(document), m_factor(factor)
{}

double SpacedLayout::spaceAround(double lineHeight) const
{
    // Whole pixels, or the text would be blurred.
    return std::round(lineHeight * (m_factor - 1) / 2);
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
    const double space = spaceAround(layout->lineAt(0).height());
    if (layout->lineAt(0).y() < space) {
        // Laid out afresh: the lines lie close together.
        for (int i = 0; i < lines; ++i) {
            QTextLine line = layout->lineAt(i);
            line.setPosition(QPointF(line.x(), line.y() + space * (2 * i + 1)));
        }
        rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    }
    rect.setHeight(rect.height() + space);
    return rect;
}

} // namespace cowrite::ui
