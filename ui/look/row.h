#pragma once

#include "ui/look/theme.h"

#include <QStyle>

class QPainter;
class QRectF;

namespace cowrite::ui {

/// What lies behind a row of a list: whether it is selected, under the pointer, and, by a line
/// around it, whether it has the focus.
void paintRow(QPainter &painter, const QRectF &area, QStyle::State state, const Theme &theme);

} // namespace cowrite::ui
