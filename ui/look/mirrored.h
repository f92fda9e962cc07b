#pragma once

#include <QGuiApplication>
#include <QRectF>
#include <QString>

namespace cowrite::ui {

/// Where `area`, placed as from left to right, is in a row of this direction: mirrored within `row`
/// if that is from right to left. QStyle::visualRect for places between pixels.
[[nodiscard]] inline QRectF mirrored(Qt::LayoutDirection direction, const QRectF &row,
                                     const QRectF &area)
{
    return direction == Qt::RightToLeft ? QRectF(row.left() + row.right() - area.right(),
                                                 area.top(), area.width(), area.height())
                                        : area;
}

/// The side on which lines of the window begin, also for words whose letters run the other way.
[[nodiscard]] inline Qt::Alignment leadingSide()
{
    return Qt::AlignAbsolute | (QGuiApplication::isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
}

/// Words in an order of their own, whatever stands around them: "*.md" and "+48" stay so from right
/// to left (Unicode's isolates).
[[nodiscard]] inline QString isolated(const QString &words)
{
    return QChar(0x2068) + words + QChar(0x2069);
}

} // namespace cowrite::ui
