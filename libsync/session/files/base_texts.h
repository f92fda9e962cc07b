#pragma once

#include "libsync/base/error.h"
#include "libsync/session/document/document_info.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace cowrite::session {

/// What documents and their files last had in common: the bases of merging three ways. Each is a
/// file in the folder `bases` of the profile, named after its document and what is in it, so that
/// the log can refer to it by name. Everything here blocks on the disk. Thread-safe, for different
/// documents.
class BaseTexts {
public:
    explicit BaseTexts(const QString &profile) : m_folder(profile + QLatin1String("/bases")) {}

    /// The name of a base with this content.
    [[nodiscard]] static QString nameOf(const QByteArray &content);

    /// Keeps it; it is on the disk when this returns. Errors: DiskFull, ReadOnly, Io.
    [[nodiscard]] Result<void> write(DocumentId document, const QByteArray &content) const;
    /// Errors: NotFound, also for one whose content is not what its name says.
    [[nodiscard]] Result<QByteArray> read(DocumentId document, const QString &name) const;
    /// Removes all of a document but these.
    void keepOnly(DocumentId document, const QStringList &names) const;

private:
    [[nodiscard]] QString pathOf(DocumentId document, const QString &name) const;

    QString m_folder;
};

} // namespace cowrite::session
