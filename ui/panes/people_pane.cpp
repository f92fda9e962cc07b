#include "ui/panes/people_pane.h"

#include "ui/look/list_focus.h"
#include "ui/look/role_choice.h"
#include "ui/panes/person_delegate.h"

#include <QAction>
#include <QActionGroup>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

#include <utility>

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
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    takeFocusWhenFilled(*m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->addWidget(m_list);
    const auto onChosen = [this](const QModelIndex &index) {
        Q_EMIT personClicked(index.data(PeopleModel::KeyRole).toULongLong());
    };
    connect(m_list, &QListView::clicked, this, onChosen);
    // A mouse that activates by a click has clicked as well, and one press would be two.
    auto *enter = new QAction(tr("Show their place"), this);
    enter->setObjectName(QStringLiteral("peopleShow"));
    enter->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    enter->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(enter);
    connect(enter, &QAction::triggered, this, [this, onChosen] {
        if (m_list->currentIndex().isValid()) {
            onChosen(m_list->currentIndex());
        }
    });
    connect(m_list, &QListView::customContextMenuRequested, this, &PeoplePane::showMenu);
}

void PeoplePane::showMenu(const QPoint &point)
{
    // The menu key asks in the middle of the list, and means the row that has the focus.
    const QModelIndex under = m_list->indexAt(point);
    const QModelIndex index = under.isValid() ? under : m_list->currentIndex();
    if (!index.isValid()) {
        return;
    }
    const Person person = m_model->personAt(index.row());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("personMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *const show = menu->addAction(tr("Show their place"));
    show->setObjectName(QStringLiteral("personShow"));
    connect(show, &QAction::triggered, this, [this, person] { Q_EMIT personClicked(person.key); });
    if (!person.isSelf) {
        QAction *const follow =
            menu->addAction(person.isFollowed ? tr("Stop following") : tr("Follow"));
        follow->setObjectName(QStringLiteral("personFollow"));
        connect(follow, &QAction::triggered, this, [this, person] {
            if (person.isFollowed) {
                Q_EMIT unfollowRequested();
            } else {
                Q_EMIT followRequested(person.key);
            }
        });
    }
    if (person.guest) {
        addHostActions(*menu, person);
    }
    menu->popup(m_list->viewport()->mapToGlobal(
        under.isValid() ? point : m_list->visualRect(index).center()));
}

void PeoplePane::addHostActions(QMenu &menu, const Person &person)
{
    using protocol::Access;
    menu.addSeparator();
    auto *roles = new QActionGroup(&menu);
    const std::pair<Access, QString> choices[] = {
        {Access::Edit, QStringLiteral("personMayEdit")},
        {Access::Comment, QStringLiteral("personMayComment")},
        {Access::View, QStringLiteral("personMayView")}};
    for (const auto &[access, name] : choices) {
        QAction *const role = menu.addAction(roleName(access));
        role->setObjectName(name);
        role->setCheckable(true);
        role->setChecked(person.access.value_or(Access::Edit) == access);
        roles->addAction(role);
        connect(role, &QAction::triggered, this, [this, guest = *person.guest, access = access] {
            Q_EMIT accessChosen(guest, access);
        });
    }
    menu.addSeparator();
    QAction *const remove = menu.addAction(tr("Remove from this document"));
    remove->setObjectName(QStringLiteral("personRemove"));
    connect(remove, &QAction::triggered, this,
            [this, guest = *person.guest] { Q_EMIT removeRequested(guest); });
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
