#include "ui/look/face.h"

#include "ui/look/theme.h"

#include <QPainter>
#include <QStringList>

namespace cowrite::ui {

namespace {

constexpr double kDotRadius = 4;

/// The first character of a word, which may be two UTF-16 units long.
QString firstCharacter(const QString &word)
{
    return word.left(word.size() > 1 && word.at(0).isHighSurrogate() ? 2 : 1);
}

} // namespace

QString initialsOf(const QString &name)
{
    const QStringList words = name.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty()) {
        return QStringLiteral("?");
    }
    if (words.size() > 1) {
        return (firstCharacter(words.first()) + firstCharacter(words.last())).toUpper();
    }
    const QString first = firstCharacter(words.first());
    return (first + firstCharacter(words.first().mid(first.size()))).toUpper();
}

void paintFace(QPainter &painter, const QRectF &rect, const QString &name, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(rect);
    QFont font = interfaceFont();
    font.setPixelSize(static_cast<int>(rect.height() * 0.4));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(readableOn(color));
    painter.drawText(rect, Qt::AlignCenter, initialsOf(name));
    painter.restore();
}

void paintDot(QPainter &painter, const QPointF &center, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(center, kDotRadius, kDotRadius);
    painter.restore();
}

} // namespace cowrite::ui
