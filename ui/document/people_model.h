#pragma once

#include "libsync/protocol/access.h"
#include "ui/look/theme.h"

#include <QAbstractListModel>
#include <QColor>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace cowrite::ui {

/// Somebody in the document, in words for the screen.
struct Person {
    std::uint64_t key = 0;
    QString name;
    QColor color;
    bool isSelf = false;
    /// "Line 17", "Line 17, typing", or what else is known; may be empty.
    QString whereabouts;
    /// What they may do, as far as that is known.
    std::optional<protocol::Access> access;
    bool isAway = false;
    bool isFollowed = false; ///< by me
    /// Of somebody who came by the link of a document that is shared from here; see Host.
    std::optional<quint64> guest;

    friend bool operator==(const Person &, const Person &) = default;
};

/// Who is in the document, a row each.
class PeopleModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        NameRole,
        ColorRole,
        WhereaboutsRole,
        AwayRole,
        AccessRole
    };

    using QAbstractListModel::QAbstractListModel;

    void setPeople(const QList<Person> &people);
    [[nodiscard]] const Person &personAt(int row) const { return m_people.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Person> m_people;
};

} // namespace cowrite::ui
