#pragma once

#include <QFrame>
#include <QList>
#include <QString>

class QLineEdit;
class QListWidget;

namespace cowrite::ui {

/// One of the things to choose from.
struct Choice {
    QString id;
    QString label;
    QString detail; ///< beside the label, muted; looked in as well
};

/// A list with a field above it in which one types to see fewer, the best first (fuzzyMatch()):
/// Return takes the marked one, the arrows mark another one, Escape closes. It is gone once it is
/// closed.
class ChoicePopup : public QFrame {
    Q_OBJECT

public:
    /// `title` says what is chosen.
    ChoicePopup(const QString &title, const QList<Choice> &choices, QWidget *parent);

    /// Marks this one.
    void setCurrent(const QString &id);
    /// With its lower right corner at the upper right one of `button`.
    void openAbove(const QWidget &button);
    /// In the middle of the upper half of the window.
    void openIn(const QWidget &window);

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void open(const QPoint &corner);
    void filter(const QString &words);
    void fill(const QList<Choice> &choices);
    void take();
    void moveBy(int rows);

    QList<Choice> m_choices;
    QLineEdit *m_input;
    QListWidget *m_list;
};

} // namespace cowrite::ui
