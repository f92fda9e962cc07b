#pragma once

#include "libsync/protocol/access.h"
#include "ui/document/people_model.h"
#include "ui/look/theme.h"

#include <QWidget>

class QListView;
class QMenu;

namespace cowrite::ui {

class PersonDelegate;

/// Who is in the document, where, and what they may do. A click shows their place, and one more
/// follows them; a menu has that too, and for who shares the document what their guests may do.
class PeoplePane : public QWidget {
    Q_OBJECT

public:
    explicit PeoplePane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setPeople(const QList<Person> &people);

Q_SIGNALS:
    void personClicked(quint64 key);
    void followRequested(quint64 key);
    void unfollowRequested();
    /// See Host; `guest` is Person::guest.
    void accessChosen(quint64 guest, cowrite::protocol::Access access);
    void removeRequested(quint64 guest);

private:
    void showMenu(const QPoint &point);
    void addHostActions(QMenu &menu, const Person &person);

    PeopleModel *m_model;
    PersonDelegate *m_delegate;
    QListView *m_list;
};

} // namespace cowrite::ui
