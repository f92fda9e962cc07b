#include "libsync/session/document/document_info.h"

namespace cowrite::session {

QString toString(DocumentKind kind)
{
    switch (kind) {
    case DocumentKind::Text:
        return QStringLiteral("text");
    case DocumentKind::Markdown:
        return QStringLiteral("markdown");
    case DocumentKind::Code:
        return QStringLiteral("code");
    case DocumentKind::Rich:
        return QStringLiteral("rich");
    case DocumentKind::Table:
        return QStringLiteral("table");
    }
    return {};
}

DocumentKind documentKindFromString(const QString &kind)
{
    for (const DocumentKind known :
         {DocumentKind::Markdown, DocumentKind::Code, DocumentKind::Rich, DocumentKind::Table}) {
        if (kind == toString(known)) {
            return known;
        }
    }
    return DocumentKind::Text;
}

} // namespace cowrite::session
