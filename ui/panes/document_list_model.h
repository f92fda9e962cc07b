#pragma once

#include "libsync/session/document/document_info.h"

#include <QAbstractListModel>
#include <QList>

namespace cowrite::ui {

/// The profile's documents under the titles Shared and On this computer, filtered by what is in
/// the search field. Titles of sections are rows that cannot be chosen.
class DocumentListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IsSectionRole = Qt::UserRole + 1, IdRole, KindRole, StateRole };

    using QAbstractListModel::QAbstractListModel;

    void setDocuments(const QList<session::DocumentInfo> &documents);
    /// Shows titles that contain this, whatever the case; all if it is empty.
    void setFilter(const QString &filter);

    [[nodiscard]] QModelIndex indexOf(session::DocumentId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString section; ///< set for the title of a section
        session::DocumentInfo document;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void rebuild();

    QList<session::DocumentInfo> m_documents;
    QString m_filter;
    QList<Row> m_rows;
};

} // namespace cowrite::ui
