#include "ui/window/faces_bar.h"

#include "ui/look/face.h"
#include "ui/look/mirrored.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr double kFaceSize = 22;
constexpr double kRing = 2;
constexpr double kStep = 20;

} // namespace

FacesBar::FacesBar(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("faces"));
    setAccessibleName(tr("People in this document"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void FacesBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void FacesBar::setPeople(const QList<Person> &people)
{
    const auto isSame = [](const Person &a, const Person &b) {
        return a.key == b.key && a.name == b.name && a.color == b.color && a.isAway == b.isAway;
    };
    const bool looksSame =
        std::equal(people.begin(), people.end(), m_people.begin(), m_people.end(), isSame);
    m_people = people;
    // Where somebody is does not show here, and fifty people move all the time.
    if (!looksSame) {
        updateGeometry();
        update();
    }
}

int FacesBar::shownCount() const
{
    return std::min(static_cast<int>(m_people.size()), kMaxFaces);
}

QSize FacesBar::sizeHint() const
{
    const int count = shownCount();
    return {count == 0 ? 0 : static_cast<int>(kStep * (count - 1) + kFaceSize + 2 * kRing),
            static_cast<int>(kFaceSize + 2 * kRing)};
}

QRectF FacesBar::faceRect(int index) const
{
    return mirrored(layoutDirection(), rect(),
                    {kRing + index * kStep, kRing, kFaceSize, kFaceSize});
}

std::optional<int> FacesBar::faceAt(const QPointF &point) const
{
    // The later face lies on top.
    for (int i = shownCount() - 1; i >= 0; --i) {
        if (faceRect(i).contains(point)) {
            return i;
        }
    }
    return std::nullopt;
}

void FacesBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < shownCount(); ++i) {
        const QRectF rect = faceRect(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.page);
        painter.drawEllipse(rect.adjusted(-kRing, -kRing, kRing, kRing));
        if (i == kMaxFaces - 1 && m_people.size() > kMaxFaces) {
            painter.setBrush(m_theme.assistant);
            painter.drawEllipse(rect);
            QFont font = interfaceFont();
            font.setPixelSize(9);
            font.setWeight(QFont::DemiBold);
            painter.setFont(font);
            painter.setPen(Qt::white);
            painter.drawText(rect, Qt::AlignCenter,
                             QStringLiteral("+%1").arg(m_people.size() - kMaxFaces + 1));
        } else {
            painter.setOpacity(m_people.at(i).isAway ? kAwayOpacity : 1);
            paintFace(painter, rect, m_people.at(i).name, m_people.at(i).color);
            painter.setOpacity(1);
        }
    }
}

void FacesBar::mousePressEvent(QMouseEvent *event)
{
    if (const auto face = faceAt(event->position())) {
        if (*face == kMaxFaces - 1 && m_people.size() > kMaxFaces) {
            Q_EMIT restClicked();
        } else {
            Q_EMIT personClicked(m_people.at(*face).key);
        }
    }
}

bool FacesBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const auto face = faceAt(help->pos())) {
            const Person &person = m_people.at(*face);
            QString tip = person.isSelf ? tr("%1 (you)").arg(person.name) : person.name;
            if (!person.whereabouts.isEmpty()) {
                tip += QLatin1String("\n") + person.whereabouts;
            }
            QToolTip::showText(help->globalPos(), tip, this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace cowrite::ui
