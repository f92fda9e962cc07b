#pragma once

#include <QPointF>
#include <QRectF>
#include <QTextLine>

#include <cstdint>

namespace cowrite::ui {

/// A line of text in sight; a wrapped paragraph has several. Valid until the text or the view
/// changes.
struct VisibleLine {
    QTextLine line;
    QPointF origin; ///< of its paragraph, in the viewport
    std::uint32_t paragraphOffset = 0;
    std::uint32_t startOffset = 0;
    std::uint32_t endOffset = 0; ///< the end of its paragraph is not in it
    bool endsParagraph = false;

    /// Where [from, to) is in this line, as high as the line; empty if it is elsewhere. The end of
    /// a paragraph takes `paragraphEndWidth`.
    [[nodiscard]] QRectF rectOf(std::uint32_t from, std::uint32_t to,
                                double paragraphEndWidth) const;
};

} // namespace cowrite::ui
