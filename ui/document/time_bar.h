#pragma once

#include "libsync/session/history/history.h"
#include "ui/look/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QSlider;

namespace cowrite::ui {

/// The bar below a text of the past: play, and a slider over every edit. Arrows step by one edit,
/// Page Up and Page Down by what somebody wrote at a stretch, Space plays.
class TimeBar : public QFrame {
    Q_OBJECT

public:
    enum class Direction { Earlier, Later };

    explicit TimeBar(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Neither of these says that somebody chose a moment.
    void setNow(session::Moment now);
    void setMoment(session::Moment moment);
    void setPlaying(bool playing);

Q_SIGNALS:
    /// By slider or keys.
    void momentChosen(cowrite::session::Moment moment);
    void entryWanted(cowrite::ui::TimeBar::Direction direction);
    void playToggled();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void updateLabel();
    void updateButton();

    Theme m_theme;
    QPushButton *m_play;
    QSlider *m_slider;
    QLabel *m_label;
    bool m_playing = false;
};

} // namespace cowrite::ui
