#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>
#include <QString>

class QPainter;

namespace cowrite::ui {

/// The program's own pictures, drawn in one colour: `name` is a file in resources/icons without
/// its ending. Their `currentColor` becomes `color`.
void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color);

/// The same as an icon, for a button.
[[nodiscard]] QIcon themedIcon(const QString &name, const QColor &color);

/// The icon of the program.
[[nodiscard]] QIcon programIcon();

} // namespace cowrite::ui
