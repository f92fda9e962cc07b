#pragma once

#include "ui/document/entry_index.h"

#include <QAbstractListModel>
#include <QDate>

namespace cowrite::ui {

/// A row of the list: what one person wrote without a long pause, or a moment that has a name, or
/// both in one where a name was given to the end of such a piece.
struct HistoryRow {
    session::HistoryEntry entry;   ///< for a moment within an entry, the part up to it
    session::NamedVersion version; ///< without an id if it has no name

    friend bool operator==(const HistoryRow &, const HistoryRow &) = default;
};

/// The rows of a history, the latest first.
[[nodiscard]] QList<HistoryRow>
historyRows(const EntryIndex &entries, const QList<session::NamedVersion> &versions,
            const std::function<session::EditInfo(session::Moment)> &editBefore);

/// What was written when and by whom, a row each.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole + 1, TimeRole, CountsRole, VersionRole, ColorRole };

    using QAbstractListModel::QAbstractListModel;

    /// `selfId` marks one's own rows with "(you)"; times are told as seen from `today`. What is
    /// further down and stays the same is left alone.
    void setRows(const QList<HistoryRow> &rows, const QString &selfId, const QDate &today);
    [[nodiscard]] const HistoryRow &row(int index) const { return m_rows.at(index); }
    /// The row that shows the edit before `moment`, which is by this author; -1 for none.
    [[nodiscard]] int rowOf(session::Moment moment, const session::Author &author) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<HistoryRow> m_rows;
    QString m_selfId;
    QDate m_today;
};

} // namespace cowrite::ui
