#pragma once

#include "ui/document/status_text.h"
#include "ui/look/theme.h"

#include <QFrame>
#include <QTimer>

#include <chrono>

class QLabel;
class QPushButton;

namespace cowrite::ui {

class Dot;

/// The line at the bottom: where my edits are, who is here, how the connection is, where I am.
class StatusBar : public QFrame {
    Q_OBJECT

public:
    /// A safer state is shown only after it has lasted this long, so that the words stand still
    /// while one types. A less safe one is shown at once.
    static constexpr std::chrono::milliseconds kSettleTime{200};

    explicit StatusBar(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setSaved(const StatusSentence &sentence);
    void setPeople(const QString &text);
    void setConnection(const QString &text);
    void setPosition(int line, int column);
    void setLanguage(const QString &name);
    /// Where a choice of languages belongs.
    [[nodiscard]] QPushButton *languageButton() const { return m_language; }
    /// Nothing is open.
    void clear();

Q_SIGNALS:
    /// The language was clicked.
    void languageClicked();

private:
    void showSaved();

    Theme m_theme;
    StatusSentence m_shown;
    StatusSentence m_next;
    QTimer m_settle;
    Dot *m_dot;
    QLabel *m_saved;
    QLabel *m_people;
    QLabel *m_connection;
    QLabel *m_position;
    QPushButton *m_language;
};

} // namespace cowrite::ui
