#include "libsync/session/text_file.h"

#include "libsync/base/limits.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace cowrite::session {

namespace {

/// Half a message: in the worst case an update takes a byte for each of the text's, and some.
constexpr qint64 kMaxFileBytes = static_cast<qint64>(limits::kMaxMessageBytes / 2);

DocumentKind kindOf(const QFileInfo &file)
{
    static const QStringList markdown{QStringLiteral("md"), QStringLiteral("markdown")};
    static const QStringList code{
        QStringLiteral("c"),    QStringLiteral("cc"),   QStringLiteral("cpp"),
        QStringLiteral("h"),    QStringLiteral("hpp"),  QStringLiteral("py"),
        QStringLiteral("js"),   QStringLiteral("ts"),   QStringLiteral("rs"),
        QStringLiteral("go"),   QStringLiteral("java"), QStringLiteral("sh"),
        QStringLiteral("html"), QStringLiteral("css"),  QStringLiteral("json"),
        QStringLiteral("xml"),  QStringLiteral("yml"),  QStringLiteral("yaml"),
        QStringLiteral("tex"),  QStringLiteral("sql"),
    };
    const QString suffix = file.suffix().toLower();
    if (markdown.contains(suffix)) {
        return DocumentKind::Markdown;
    }
    return code.contains(suffix) ? DocumentKind::Code : DocumentKind::Text;
}

} // namespace

Result<TextFile> readTextFile(const QString &path)
{
    const QFileInfo info(path);
    const std::string name = "“" + info.fileName().toStdString() + "”";
    if (!info.exists()) {
        return fail(ErrorCode::NotFound, "There is no file " + name + ".");
    }
    if (info.isDir()) {
        return fail(ErrorCode::WrongKind, name + " is a folder. Choose a text file.");
    }
    if (info.size() > kMaxFileBytes) {
        return fail(ErrorCode::LimitExceeded,
                    name + " is too large for a document: more than 8 MB.");
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        const bool isDenied = file.error() == QFileDevice::PermissionsError || !info.isReadable();
        return isDenied ? fail(ErrorCode::Denied, "You may not read " + name + ".")
                        : fail(ErrorCode::Io,
                               name + " cannot be read: " + file.errorString().toStdString() + ".");
    }
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return fail(ErrorCode::Io,
                    name + " cannot be read: " + file.errorString().toStdString() + ".");
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.contains(QChar(0))) {
        return fail(ErrorCode::WrongKind,
                    name + " is not a text file. Cowrite opens text in UTF-8.");
    }
    const qsizetype windows = text.count(QLatin1String("\r\n"));
    const qsizetype unix = text.count(u'\n') - windows;
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(u'\r', u'\n');
    return TextFile{text.toStdU16String(),
                    windows > unix ? QStringLiteral("\r\n") : QStringLiteral("\n"), info.fileName(),
                    kindOf(info)};
}

} // namespace cowrite::session
