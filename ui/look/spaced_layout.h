#pragma once

#include <QPlainTextDocumentLayout>

namespace cowrite::ui {

/// The layout of QPlainTextEdit with more room between the lines; QTextBlockFormat's line height
/// has no effect there.
class SpacedLayout : public QPlainTextDocumentLayout {
    Q_OBJECT

public:
    /// Lines are `factor` times as high as the font asks for; at least 1.
    SpacedLayout(QTextDocument *document, double factor);

    [[nodiscard]] QRectF blockBoundingRect(const QTextBlock &block) const override;

    /// Whole pixels above and below a line of this height.
    struct Space {
        double above = 0;
        double below = 0;
    };
    [[nodiscard]] Space spaceAround(double lineHeight) const;

private:
    double m_factor;
};

} // namespace cowrite::ui
