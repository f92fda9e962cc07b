#pragma once

#include "ui/editor/search_layer.h"

#include <QFrame>
#include <QPointer>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cowrite::ui {

/// The bar below the text to look for something and to replace it, as in Kate: typing looks at
/// once, Return goes on, Shift+Return back, Escape closes.
class FindBar : public QFrame {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    ~FindBar() override;

    /// Looks in this editor from now on.
    void setEditor(Editor &editor);

    enum class Mode { Find, Replace };
    /// Shows the bar, with what is selected as what is looked for if that is part of one line.
    void open(Mode mode);
    /// The next match of what was last looked for; opens the bar if that is nothing.
    void findNext();
    void findPrevious();

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    void close();
    void go(SearchLayer::Step step);
    void updateQuery();
    void showState();
    void addRows();
    void arrange();
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] SearchQuery query() const;
    [[nodiscard]] QPushButton *makeToggle(const QString &objectName, const QString &label,
                                          const QString &name);
    [[nodiscard]] QPushButton *makeButton(const QString &objectName, const QString &label,
                                          const QString &name);

    QPointer<Editor> m_editor;
    QPointer<SearchLayer> m_layer;
    QLineEdit *m_input;
    QLabel *m_count;
    QPushButton *m_case;
    QPushButton *m_words;
    QPushButton *m_expression;
    QPushButton *m_previous;
    QPushButton *m_next;
    QPushButton *m_close;
    QLineEdit *m_replacement;
    QPushButton *m_replaceOne;
    QPushButton *m_replaceAll;
    QGridLayout *m_rows;
    QWidget *m_findButtons;
    QWidget *m_replaceButtons;
    /// Said once, until something else happens.
    QString m_news;
};

} // namespace cowrite::ui
