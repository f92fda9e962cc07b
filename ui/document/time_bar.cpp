#include "ui/document/time_bar.h"

#include "ui/look/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace cowrite::ui {

namespace {

constexpr QSize kButtonSize(38, 28);
constexpr int kIconSize = 16;

} // namespace

TimeBar::TimeBar(const Theme &theme, QWidget *parent)
    : QFrame(parent),
      m_theme(theme),
      m_play(new QPushButton(this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_label(new QLabel(this))
{
    setObjectName(QStringLiteral("timeBar"));
    setFixedHeight(kTimeBarHeight);
    m_play->setObjectName(QStringLiteral("timePlay"));
    m_play->setFixedSize(kButtonSize);
    m_play->setIconSize({kIconSize, kIconSize});
    m_play->setFocusPolicy(Qt::TabFocus);
    m_slider->setObjectName(QStringLiteral("timeSlider"));
    m_slider->setAccessibleName(tr("Edit to look at"));
    m_slider->installEventFilter(this);
    m_label->setObjectName(QStringLiteral("timeLabel"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 1, 16, 0);
    row->setSpacing(12);
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(m_label);
    connect(m_play, &QPushButton::clicked, this, &TimeBar::playToggled);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        updateLabel();
        Q_EMIT momentChosen(static_cast<session::Moment>(value));
    });
    updateLabel();
    updateButton();
}

void TimeBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    updateButton();
}

void TimeBar::setNow(session::Moment now)
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setMaximum(static_cast<int>(now));
    updateLabel();
}

void TimeBar::setMoment(session::Moment moment)
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(static_cast<int>(moment));
    updateLabel();
}

void TimeBar::setPlaying(bool playing)
{
    m_playing = playing;
    updateButton();
}

void TimeBar::updateButton()
{
    m_play->setIcon(
        themedIcon(m_playing ? QStringLiteral("pause") : QStringLiteral("play"), m_theme.text));
    m_play->setAccessibleName(m_playing ? tr("Pause") : tr("Play"));
    m_play->setToolTip(m_playing ? tr("Pause") : tr("See how the text was written"));
}

void TimeBar::updateLabel()
{
    const auto text = [](int edit, int count) {
        return tr("edit %1 of %2").arg(QLocale().toString(edit), QLocale().toString(count));
    };
    const int count = m_slider->maximum();
    m_label->setText(text(m_slider->value(), count));
    // As wide as it will ever be, so that the slider keeps its length while one drags it.
    m_label->setMinimumWidth(m_label->fontMetrics().horizontalAdvance(text(count, count)));
}

bool TimeBar::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_PageUp:
            Q_EMIT entryWanted(Direction::Later);
            return true;
        case Qt::Key_PageDown:
            Q_EMIT entryWanted(Direction::Earlier);
            return true;
        case Qt::Key_Space:
            Q_EMIT playToggled();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(object, event);
}

} // namespace cowrite::ui
