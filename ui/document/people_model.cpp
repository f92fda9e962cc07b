#include "ui/document/people_model.h"

#include "ui/look/role_choice.h"

#include <QStringList>

namespace cowrite::ui {

void PeopleModel::setPeople(const QList<Person> &people)
{
    if (people == m_people) {
        return;
    }
    if (people.size() == m_people.size()) {
        // Mostly somebody moved: no reset, so that the row under the pointer stays.
        m_people = people;
        Q_EMIT dataChanged(index(0), index(static_cast<int>(people.size()) - 1));
        return;
    }
    beginResetModel();
    m_people = people;
    endResetModel();
}

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Person &person = m_people.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return person.isSelf ? tr("%1 (you)").arg(person.name) : person.name;
    case Qt::AccessibleTextRole: {
        QStringList facts{person.whereabouts};
        if (person.access) {
            facts.append(roleName(*person.access));
        }
        facts.removeAll(QString());
        return facts.isEmpty() ? person.name
                               : tr("%1: %2").arg(person.name, facts.join(QLatin1String(", ")));
    }
    case KeyRole:
        return QVariant::fromValue(static_cast<quint64>(person.key));
    case NameRole:
        return person.name;
    case ColorRole:
        return person.color;
    case WhereaboutsRole:
        return person.whereabouts;
    case AwayRole:
        return person.isAway;
    case AccessRole:
        return person.access ? roleName(*person.access) : QString();
    default:
        return {};
    }
}

} // namespace cowrite::ui
