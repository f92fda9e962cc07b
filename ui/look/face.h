#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace cowrite::ui {

/// Two letters for a name: "Blue" is BL, "Ada Lovelace" is AL.
[[nodiscard]] QString initialsOf(const QString &name);

/// Of a person whose colour nobody knows.
inline constexpr QColor kUnknownPerson(0x6B, 0x72, 0x80);

/// How much there is of the face of somebody who is away.
inline constexpr double kAwayOpacity = 0.45;

/// A person's round face: their initials on their colour.
void paintFace(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color);

/// A dot in the middle of `center`, as in the list of documents.
void paintDot(QPainter &painter, const QPointF &center, const QColor &color);

} // namespace cowrite::ui
