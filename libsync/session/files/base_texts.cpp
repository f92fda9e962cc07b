#include "libsync/session/files/base_texts.h"

#include "libsync/session/files/external_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace cowrite::session {

QString BaseTexts::nameOf(const QByteArray &content)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

QString BaseTexts::pathOf(DocumentId document, const QString &name) const
{
    return QStringLiteral("%1/%2-%3").arg(m_folder).arg(document).arg(name);
}

Result<void> BaseTexts::write(DocumentId document, const QByteArray &content) const
{
    if (!QDir().mkpath(m_folder)) {
        return fail(ErrorCode::Io, "The folder of this profile cannot be written to.");
    }
    const QString path = pathOf(document, nameOf(content));
    if (read(document, nameOf(content))) {
        return {};
    }
    (void)QFile::remove(path); // damaged, then
    const Result<FileVersion> written =
        replaceContent(path, content, std::nullopt, QString::number(document));
    return written ? Result<void>() : tl::unexpected(written.error());
}

Result<QByteArray> BaseTexts::read(DocumentId document, const QString &name) const
{
    QFile file(pathOf(document, name));
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::NotFound, "There is no such base.");
    }
    QByteArray content = file.readAll();
    if (nameOf(content) != name) {
        return fail(ErrorCode::NotFound, "This base is damaged.");
    }
    return content;
}

void BaseTexts::keepOnly(DocumentId document, const QStringList &names) const
{
    const QDir folder(m_folder);
    const QStringList found =
        folder.entryList({QStringLiteral("%1-*").arg(document)}, QDir::Files | QDir::Hidden);
    for (const QString &file : found) {
        if (!names.contains(file.section(QLatin1Char('-'), 1))) {
            (void)QFile::remove(folder.filePath(file));
        }
    }
}

} // namespace cowrite::session
