#pragma once

#include "libsync/session/history/history.h"
#include "ui/look/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace cowrite::ui {

class DocumentView;
class HistoryDelegate;
class HistoryModel;

/// What was written in the document in front, when and by whom. Choosing an entry shows the text
/// after it in place of the document; below, what can be done with the moment that is looked at.
class HistoryPane : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null for no document.
    void setView(DocumentView *view);

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void refreshSoon();
    void refresh();
    void updateChosen();
    void choose(const QModelIndex &index);
    void showMenu(const QPoint &point);
    /// The moment looked at, or now.
    [[nodiscard]] session::Moment moment() const;

    HistoryModel *m_model;
    HistoryDelegate *m_delegate;
    QStackedWidget *m_pages;
    QListView *m_list;
    QLabel *m_message;
    QLabel *m_chosen;
    QPushButton *m_name;
    QPushButton *m_restore;
    QPointer<DocumentView> m_view;
    QTimer m_refresh;
    /// The selection follows the moment: nobody has chosen anything.
    bool m_following = false;
};

} // namespace cowrite::ui
