#include "ui/document/document_export.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/document/another_thread.h"
#include "ui/look/rendering.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>

namespace cowrite::ui {

namespace {

struct Export {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

QByteArray asByteArray(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// The bytes of a file, made later on another thread.
std::function<QByteArray()> contentOf(session::Replica &replica, ExportFormat format)
{
    if (format == ExportFormat::UpdateV1 || format == ExportFormat::UpdateV2) {
        const QByteArray update = asByteArray(codec::encodeStateAsUpdate(
            replica.doc(), {},
            format == ExportFormat::UpdateV2 ? codec::UpdateFormat::V2 : codec::UpdateFormat::V1));
        return [update] { return update; };
    }
    const std::u16string text = replica.content().toString();
    if (format == ExportFormat::Text || format == ExportFormat::Markdown) {
        return [text, form = replica.textForm()] { return session::encodeText(text, form); };
    }
    const Page page{replica.title(), QString::fromStdU16String(text), replica.kind()};
    return [page, format] { return format == ExportFormat::Pdf ? toPdf(page) : toHtml(page); };
}

Result<void> write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        return {};
    }
    return fail(ErrorCode::Io, Export::tr("“%1” could not be written: %2.")
                                   .arg(QFileInfo(path).fileName(), file.errorString())
                                   .toStdString());
}

} // namespace

QList<ExportFormat> exportFormats(session::DocumentKind kind)
{
    QList<ExportFormat> formats{ExportFormat::Text, ExportFormat::Html, ExportFormat::Pdf,
                                ExportFormat::UpdateV1, ExportFormat::UpdateV2};
    if (kind == session::DocumentKind::Markdown) {
        formats.prepend(ExportFormat::Markdown);
    }
    return formats;
}

QString nameFilter(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Text:
        return Export::tr("Plain text (*.txt)");
    case ExportFormat::Markdown:
        return Export::tr("Markdown (*.md)");
    case ExportFormat::Html:
        return Export::tr("Web page (*.html)");
    case ExportFormat::Pdf:
        return Export::tr("PDF (*.pdf)");
    case ExportFormat::UpdateV1:
        return Export::tr("Document for Yjs programs (*.yjs)");
    case ExportFormat::UpdateV2:
        return Export::tr("Document for Yjs programs, small (*.yjs2)");
    }
    return {};
}

QString suffixOf(ExportFormat format)
{
    const QString filter = nameFilter(format);
    return filter.mid(filter.lastIndexOf(QLatin1Char('.'))).chopped(1);
}

ExportFormat formatOf(const QString &path, ExportFormat chosen)
{
    for (const ExportFormat format :
         {ExportFormat::Text, ExportFormat::Markdown, ExportFormat::Html, ExportFormat::Pdf,
          ExportFormat::UpdateV1, ExportFormat::UpdateV2}) {
        if (path.endsWith(suffixOf(format), Qt::CaseInsensitive)) {
            return format;
        }
    }
    return chosen;
}

void exportDocument(session::Replica &replica, const QString &path, ExportFormat format,
                    QObject *receiver, std::function<void(const Result<void> &)> done)
{
    session::onAnotherThread(
        [content = contentOf(replica, format), path] { return write(path, content()); },
        [receiver = QPointer(receiver), done](const Result<void> &written) {
            if (receiver) {
                done(written);
            }
        });
}

} // namespace cowrite::ui
