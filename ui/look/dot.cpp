#include "ui/look/dot.h"

#include "ui/look/face.h"

#include <QPainter>

namespace cowrite::ui {

Dot::Dot(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Dot::setColor(const QColor &color)
{
    m_color = color;
    update();
}

QSize Dot::sizeHint() const
{
    return {8, 8};
}

void Dot::paintEvent(QPaintEvent *)
{
    if (m_color.isValid()) {
        QPainter painter(this);
        paintDot(painter, rect().toRectF().center(), m_color);
    }
}

} // namespace cowrite::ui
