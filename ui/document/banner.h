#pragma once

#include "ui/document/status_text.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace cowrite::ui {

/// The one line above the text that says what is the matter and what to do. Takes no focus.
class Banner : public QFrame {
    Q_OBJECT

public:
    enum class Closing { ByItself, ByPerson };

    explicit Banner(QWidget *parent = nullptr);

    /// Shows the text; an empty title hides the banner. Closing::ByPerson adds a close button.
    void show(const BannerText &text, Closing closing = Closing::ByItself);
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void actionTriggered();
    void otherActionTriggered();
    void closed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Title and sentence in one line, or one below the other where there is no room for that.
    void arrange();

    BannerText m_text;
    QLabel *m_title;
    QLabel *m_label;
    QBoxLayout *m_words; ///< both
    QPushButton *m_action;
    QPushButton *m_otherAction;
    QPushButton *m_close;
};

} // namespace cowrite::ui
