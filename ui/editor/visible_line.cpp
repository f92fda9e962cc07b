#include "ui/editor/visible_line.h"

#include <algorithm>

namespace cowrite::ui {

QRectF VisibleLine::rectOf(std::uint32_t from, std::uint32_t to, double paragraphEndWidth) const
{
    if (to <= startOffset || from > endOffset) {
        return {};
    }
    const auto x = [this](std::uint32_t offset) {
        return line.cursorToX(static_cast<int>(offset - paragraphOffset));
    };
    const double left = x(std::max(from, startOffset));
    double right = x(std::min(to, endOffset));
    if (endsParagraph && to > endOffset) {
        right += paragraphEndWidth;
    }
    if (right <= left) {
        return {};
    }
    return {origin.x() + left, origin.y() + line.y(), right - left, line.height()};
}

} // namespace cowrite::ui
