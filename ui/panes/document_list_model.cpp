#include "ui/panes/document_list_model.h"

namespace cowrite::ui {

namespace {

/// What the dot of a row says by its colour.
QString stateName(session::DocumentState state)
{
    switch (state) {
    case session::DocumentState::Local:
        return DocumentListModel::tr("on this computer only");
    case session::DocumentState::Synced:
        return DocumentListModel::tr("all saved on the server");
    case session::DocumentState::Waiting:
        return DocumentListModel::tr("edits wait for the server");
    }
    return {};
}

} // namespace

void DocumentListModel::setDocuments(const QList<session::DocumentInfo> &documents)
{
    m_documents = documents;
    rebuild();
}

void DocumentListModel::setFilter(const QString &filter)
{
    m_filter = filter.trimmed();
    rebuild();
}

void DocumentListModel::rebuild()
{
    QList<Row> rows;
    const auto addSection = [&](const QString &title, bool shared) {
        const qsizetype before = rows.size();
        for (const session::DocumentInfo &document : std::as_const(m_documents)) {
            const bool isShared = document.state != session::DocumentState::Local;
            if (isShared == shared && document.title.contains(m_filter, Qt::CaseInsensitive)) {
                rows.append({{}, document});
            }
        }
        if (rows.size() > before) {
            rows.insert(before, {title, {}});
        }
    };
    addSection(tr("Shared"), true);
    addSection(tr("On this computer"), false);

    if (rows.size() == m_rows.size()) {
        // The same rows with other dots or titles: no reset, so that nothing jumps.
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (rows[i] != m_rows[i]) {
                m_rows[i] = rows[i];
                Q_EMIT dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)));
            }
        }
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QModelIndex DocumentListModel::indexOf(session::DocumentId id) const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].section.isEmpty() && m_rows[i].document.id == id) {
            return index(static_cast<int>(i));
        }
    }
    return {};
}

int DocumentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DocumentListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows.at(index.row());
    const bool isSection = !row.section.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return isSection ? row.section : row.document.title;
    case Qt::AccessibleTextRole:
        return isSection ? row.section
                         : tr("%1, %2").arg(row.document.title, stateName(row.document.state));
    case Qt::ToolTipRole:
        return isSection || row.document.address.isEmpty() ? QVariant() : row.document.address;
    case IsSectionRole:
        return isSection;
    case IdRole:
        return row.document.id;
    case KindRole:
        return static_cast<int>(row.document.kind);
    case StateRole:
        return static_cast<int>(row.document.state);
    default:
        return {};
    }
}

Qt::ItemFlags DocumentListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !m_rows.at(index.row()).section.isEmpty()) {
        return Qt::NoItemFlags;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace cowrite::ui
