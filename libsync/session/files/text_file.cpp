#include "libsync/session/files/text_file.h"

#include "libsync/session/files/external_file.h"

#include <QFileInfo>
#include <QStringDecoder>

namespace cowrite::session {

namespace {

constexpr QChar kByteOrderMark(0xFEFF);

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

Result<TextFile> decodeTextFile(const QByteArray &bytes, const QString &path)
{
    const QFileInfo info(path);
    const std::string name = "“" + info.fileName().toStdString() + "”";
    if (static_cast<std::size_t>(bytes.size()) > kMaxTextFileBytes) {
        return fail(ErrorCode::LimitExceeded, name + " is too large for a document: more than " +
                                                  std::to_string(kMaxTextFileBytes >> 20) + " MB.");
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless |
                                                     QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.contains(QChar(0))) {
        return fail(ErrorCode::WrongKind,
                    name + " is not a text file. Cowrite opens text in UTF-8.");
    }
    TextForm form;
    form.hasByteOrderMark = text.startsWith(kByteOrderMark);
    if (form.hasByteOrderMark) {
        text.remove(0, 1);
    }
    const qsizetype windows = text.count(QLatin1String("\r\n"));
    const qsizetype unix = text.count(u'\n') - windows;
    if (windows > unix) {
        form.lineEnd = QStringLiteral("\r\n");
    }
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(u'\r', u'\n');
    return TextFile{text.toStdU16String(), form, info.fileName(), kindOf(info)};
}

Result<TextFile> readTextFile(const QString &path)
{
    const Result<FileContent> content = readContent(path);
    return content ? decodeTextFile(content->bytes, path) : tl::unexpected(content.error());
}

QByteArray encodeText(std::u16string_view text, const TextForm &form)
{
    QString written = form.hasByteOrderMark ? QString(kByteOrderMark) : QString();
    written += QStringView(text.data(), static_cast<qsizetype>(text.size()));
    if (form.lineEnd != QLatin1String("\n")) {
        written.replace(QLatin1String("\n"), form.lineEnd);
    }
    return written.toUtf8();
}

QString suffixOf(DocumentKind kind)
{
    return kind == DocumentKind::Markdown ? QStringLiteral(".md") : QStringLiteral(".txt");
}

} // namespace cowrite::session
