#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cowrite::session {

/// A document in this profile's log. Never shown to anybody.
using DocumentId = qint64;

/// What a document holds, as `meta.kind` says (product.md).
enum class DocumentKind { Text, Markdown, Code, Rich, Table };

/// `text`, `markdown`, `code`, `rich`, `table`: the spelling in `meta.kind`.
[[nodiscard]] QString toString(DocumentKind kind);
/// Text for anything unknown.
[[nodiscard]] DocumentKind documentKindFromString(const QString &kind);

/// Where the edits of a document are, for the dot in the list of documents.
enum class DocumentState {
    Local,   ///< never shared: it lives in this profile only
    Synced,  ///< every edit made here is on the server as well
    Waiting, ///< edits made here wait for the server
};

/// One row of the list of documents.
struct DocumentInfo {
    DocumentId id = 0;
    QString title;
    DocumentKind kind = DocumentKind::Text;
    /// The link it was joined by; empty for a document that lives here only.
    QString address;
    DocumentState state = DocumentState::Local;
    QDateTime opened;

    friend bool operator==(const DocumentInfo &, const DocumentInfo &) = default;
};

} // namespace cowrite::session
