#include "ui/look/row.h"

#include <QPainter>

namespace cowrite::ui {

namespace {

constexpr double kRadius = 6;
constexpr double kFocusWidth = 1.5;

} // namespace

void paintRow(QPainter &painter, const QRectF &area, QStyle::State state, const Theme &theme)
{
    const bool selected = state.testFlag(QStyle::State_Selected);
    const bool focused = state.testFlag(QStyle::State_HasFocus);
    if (!selected && !focused && !state.testFlag(QStyle::State_MouseOver)) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(focused ? QPen(theme.accent, kFocusWidth) : QPen(Qt::NoPen));
    painter.setBrush(selected ? theme.selectedRow : theme.hoveredRow);
    const double inset = focused ? kFocusWidth / 2 : 0;
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter.restore();
}

} // namespace cowrite::ui
