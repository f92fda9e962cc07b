#pragma once

#include "libsync/session/document/document_info.h"

#include <QByteArray>
#include <QString>

namespace cowrite::ui {

/// A document as it is to be read, not edited.
struct Page {
    QString title;
    QString text;
    session::DocumentKind kind = session::DocumentKind::Text;
};

// For any thread: they take as long as the text is. Markdown is rendered, and everything else keeps
// its lines as they are. Nothing that the text refers to is read, from this computer or elsewhere.

/// As a web page in UTF-8.
[[nodiscard]] QByteArray toHtml(const Page &page);
/// As a PDF on A4.
[[nodiscard]] QByteArray toPdf(const Page &page);
/// The text of a web page, with what Markdown can say of its look.
[[nodiscard]] QString markdownOf(const QString &html);

} // namespace cowrite::ui
