#pragma once

#include "ui/document/people_model.h"
#include "ui/look/theme.h"

#include <QWidget>

class QListView;

namespace cowrite::ui {

class PersonDelegate;

/// Who is in the document and where; a click shows their place.
class PeoplePane : public QWidget {
    Q_OBJECT

public:
    explicit PeoplePane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setPeople(const QList<Person> &people);

Q_SIGNALS:
    void personClicked(quint64 key);

private:
    PeopleModel *m_model;
    PersonDelegate *m_delegate;
    QListView *m_list;
};

} // namespace cowrite::ui
