#include "ui/look/color_choice.h"

#include "ui/look/accessible_role.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr int kStep = 34;
constexpr double kRadius = 12;

} // namespace

ColorChoice::ColorChoice(const QStringList &colors, QWidget *parent)
    : QWidget(parent), m_colors(colors), m_color(colors.first())
{
    setObjectName(QStringLiteral("identityColor"));
    setAccessibleName(tr("Your colour"));
    setAccessibleRole(*this, QAccessible::ColorChooser);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ColorChoice::setColor(const QString &color)
{
    m_color = color;
    const qsizetype index = m_colors.indexOf(color);
    setAccessibleDescription(index < 0 ? QString()
                                       : tr("Colour %1 of %2").arg(index + 1).arg(m_colors.size()));
    update();
}

void ColorChoice::choose(const QString &color)
{
    setColor(color);
    Q_EMIT chosen(color);
}

QSize ColorChoice::sizeHint() const
{
    return {static_cast<int>(m_colors.size()) * kStep, kStep};
}

void ColorChoice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Link), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6);
    }
    for (qsizetype i = 0; i < m_colors.size(); ++i) {
        const QPointF center(kStep * (static_cast<double>(i) + 0.5), kStep / 2.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(m_colors.at(i)));
        painter.drawEllipse(center, kRadius, kRadius);
        if (m_colors.at(i).compare(m_color, Qt::CaseInsensitive) == 0) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
            painter.drawEllipse(center, kRadius + 3, kRadius + 3);
        }
    }
}

void ColorChoice::mousePressEvent(QMouseEvent *event)
{
    const auto index = static_cast<qsizetype>(event->position().x()) / kStep;
    if (index >= 0 && index < m_colors.size()) {
        choose(m_colors.at(index));
    }
}

void ColorChoice::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->key() == Qt::Key_Left;
    if (!back && event->key() != Qt::Key_Right) {
        QWidget::keyPressEvent(event);
        return;
    }
    const qsizetype index = m_colors.indexOf(m_color) + (back ? -1 : 1);
    choose(m_colors.at(std::clamp(index, qsizetype{0}, m_colors.size() - 1)));
}

} // namespace cowrite::ui
