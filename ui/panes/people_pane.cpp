#include "ui/panes/people_pane.h"

#include "ui/panes/person_delegate.h"

#include <QListView>
#include <QVBoxLayout>

namespace cowrite::ui {

PeoplePane::PeoplePane(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_model(new PeopleModel(this)),
      m_delegate(new PersonDelegate(theme, this)),
      m_list(new QListView(this))
{
    setObjectName(QStringLiteral("peoplePage"));
    setAttribute(Qt::WA_StyledBackground);
    m_list->setObjectName(QStringLiteral("peopleList"));
    m_list->setAccessibleName(tr("People in this document"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setMouseTracking(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->addWidget(m_list);
    const auto onChosen = [this](const QModelIndex &index) {
        Q_EMIT personClicked(index.data(PeopleModel::KeyRole).toULongLong());
    };
    connect(m_list, &QListView::clicked, this, onChosen);
    connect(m_list, &QListView::activated, this, onChosen);
}

void PeoplePane::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_list->viewport()->update();
}

void PeoplePane::setPeople(const QList<Person> &people)
{
    m_model->setPeople(people);
}

} // namespace cowrite::ui
