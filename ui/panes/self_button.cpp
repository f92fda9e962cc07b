#include "ui/panes/self_button.h"

#include "ui/look/face.h"
#include "ui/look/mirrored.h"

#include <QPainter>

namespace cowrite::ui {

namespace {

constexpr int kHeight = 56;
constexpr int kLeft = 17;
constexpr double kFaceSize = 26;
constexpr int kNameLeft = 51;

} // namespace

SelfButton::SelfButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("selfButton"));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Change your name or colour"));
}

void SelfButton::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void SelfButton::setIdentity(const session::Identity &identity)
{
    m_identity = identity;
    setText(tr("%1 (you)").arg(identity.name));
    update();
}

QSize SelfButton::sizeHint() const
{
    return {160, kHeight};
}

void SelfButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double middle = height() / 2.0;
    const QRectF face(kLeft, middle - kFaceSize / 2, kFaceSize, kFaceSize);
    paintFace(painter, mirrored(layoutDirection(), rect(), face), m_identity.name,
              QColor(m_identity.color));
    painter.setFont(interfaceFont());
    painter.setPen(underMouse() || hasFocus() ? m_theme.syntax.heading : m_theme.text);
    const QRect area = rect().adjusted(kNameLeft, 0, -8, 0);
    painter.drawText(mirrored(layoutDirection(), rect(), area), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, area.width()));
}

} // namespace cowrite::ui
