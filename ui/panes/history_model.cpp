#include "ui/panes/history_model.h"

#include "ui/document/history_text.h"

#include <algorithm>

namespace cowrite::ui {

using session::HistoryEntry;
using session::Moment;
using session::NamedVersion;

QList<HistoryRow> historyRows(const EntryIndex &entries, const QList<NamedVersion> &versions,
                              const std::function<session::EditInfo(Moment)> &editBefore)
{
    QList<HistoryRow> rows;
    rows.reserve(entries.all().size() + versions.size());
    for (const HistoryEntry &entry : entries.all()) {
        rows.append({entry, {}});
    }
    for (const NamedVersion &version : versions) {
        const session::EditInfo edit = editBefore(version.moment);
        const HistoryEntry *entry = entries.entryOf(version.moment, edit.author);
        HistoryRow named{{version.moment, version.moment, edit.author, edit.time, edit.time, 0, 0},
                         version};
        if (entry != nullptr) {
            named.entry.before = entry->before;
            named.entry.begun = entry->begun;
        }
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const HistoryRow &row) {
            return row.entry.after == version.moment && row.version.id.isEmpty();
        });
        if (same != rows.end()) {
            same->version = version;
        } else {
            rows.append(named);
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const HistoryRow &a, const HistoryRow &b) {
        return a.entry.after > b.entry.after;
    });
    return rows;
}

void HistoryModel::setRows(const QList<HistoryRow> &rows, const QString &selfId, const QDate &today)
{
    if (selfId != m_selfId || today != m_today) {
        beginResetModel();
        m_rows = rows;
        m_selfId = selfId;
        m_today = today;
        endResetModel();
        return;
    }
    // Rows come at the top, and the one on top grows: the rest keeps its place and its selection.
    qsizetype same = 0;
    const qsizetype shorter = std::min(rows.size(), m_rows.size());
    while (same < shorter &&
           rows.at(rows.size() - 1 - same) == m_rows.at(m_rows.size() - 1 - same)) {
        ++same;
    }
    const auto more = static_cast<int>(rows.size() - m_rows.size());
    const auto changed = static_cast<int>(shorter - same);
    if (more > 0) {
        beginInsertRows({}, 0, more - 1);
        m_rows = rows;
        endInsertRows();
    } else if (more < 0) {
        beginRemoveRows({}, 0, -more - 1);
        m_rows = rows;
        endRemoveRows();
    } else {
        m_rows = rows;
    }
    if (changed > 0) {
        const int first = std::max(more, 0);
        Q_EMIT dataChanged(index(first), index(first + changed - 1));
    }
}

int HistoryModel::rowOf(Moment moment, const session::Author &author) const
{
    // From the bottom: the first that ends from here on is the one, or the name on the moment.
    const auto from =
        std::partition_point(m_rows.rbegin(), m_rows.rend(),
                             [moment](const HistoryRow &row) { return row.entry.after < moment; });
    const auto found = std::find_if(
        from, m_rows.rend(), [&](const HistoryRow &row) { return row.entry.author == author; });
    if (found == m_rows.rend() || found->entry.before >= moment) {
        return -1;
    }
    return static_cast<int>(std::distance(found, m_rows.rend())) - 1;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &[entry, version] = m_rows.at(index.row());
    const bool mine = !m_selfId.isEmpty() && entry.author.userId == m_selfId;
    const QString name = nameOf(entry.author);
    const QString time = dayAndTime(entry.ended, m_today);
    const QString counts = changeCounts(entry.inserted, entry.deleted);
    switch (role) {
    case NameRole:
        return name;
    case Qt::DisplayRole:
        return mine ? tr("%1 (you)").arg(name) : name;
    case TimeRole:
        return time;
    case CountsRole:
        return counts;
    case VersionRole:
        return version.name;
    case ColorRole:
        return colorOf(entry.author);
    case Qt::ToolTipRole:
        return version.id.isEmpty() ? QString()
                                    : tr("“%1”, named by %2, %3")
                                          .arg(version.name, nameOf(version.author),
                                               dayAndTimeInSentence(version.time, m_today))
                                          .toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3").arg(name, time, version.id.isEmpty() ? counts : version.name);
    default:
        return {};
    }
}

} // namespace cowrite::ui
