#pragma once

#include "ui/look/theme.h"

#include <QAbstractListModel>
#include <QColor>
#include <QList>
#include <QString>

#include <cstdint>

namespace cowrite::ui {

/// Somebody in the document, in words for the screen.
struct Person {
    std::uint64_t key = 0;
    QString name;
    QColor color;
    bool isSelf = false;
    /// "Line 17", "Line 17, typing", or what else is known; may be empty.
    QString whereabouts;

    friend bool operator==(const Person &, const Person &) = default;
};

/// Who is in the document, a row each.
class PeopleModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { KeyRole = Qt::UserRole + 1, NameRole, ColorRole, WhereaboutsRole };

    using QAbstractListModel::QAbstractListModel;

    void setPeople(const QList<Person> &people);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Person> m_people;
};

} // namespace cowrite::ui
