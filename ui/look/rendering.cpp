#include "ui/look/rendering.h"

#include <QBuffer>
#include <QFontDatabase>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>
#include <QTextOption>

namespace cowrite::ui {

namespace {

constexpr int kResolution = 300;
constexpr int kPointSize = 10;

/// Takes pictures and styles from nowhere: whose document it is could otherwise have any file of
/// this computer read.
class ClosedDocument : public QTextDocument {
protected:
    QVariant loadResource(int type, const QUrl &name) override
    {
        Q_UNUSED(type)
        Q_UNUSED(name)
        return {};
    }
};

void fill(QTextDocument &document, const Page &page)
{
    document.setMetaInformation(QTextDocument::DocumentTitle, page.title);
    if (page.kind == session::DocumentKind::Markdown) {
        document.setMarkdown(page.text, QTextDocument::MarkdownDialectGitHub);
        return;
    }
    QTextOption option = document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSize(kPointSize);
    document.setDefaultFont(font);
    document.setPlainText(page.text);
}

} // namespace

QByteArray toHtml(const Page &page)
{
    if (page.kind == session::DocumentKind::Markdown) {
        ClosedDocument document;
        fill(document, page);
        return document.toHtml().toUtf8();
    }
    const QString html = QStringLiteral("<!DOCTYPE html>\n"
                                        "<html><head><meta charset=\"utf-8\"><title>%1</title>\n"
                                        "<style>pre { white-space: pre-wrap; }</style></head>\n"
                                        "<body><pre>\n%2</pre></body></html>\n");
    return html.arg(page.title.toHtmlEscaped(), page.text.toHtmlEscaped()).toUtf8();
}

QByteArray toPdf(const Page &page)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(page.title);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setResolution(kResolution);
    ClosedDocument document;
    fill(document, page);
    document.print(&writer);
    return bytes;
}

QString markdownOf(const QString &html)
{
    ClosedDocument document;
    document.setHtml(html);
    return document.toMarkdown(QTextDocument::MarkdownDialectGitHub);
}

} // namespace cowrite::ui
