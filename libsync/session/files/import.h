#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/update.h"
#include "libsync/session/files/text_file.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <variant>

namespace cowrite::session {

/// A text that was read from a file.
struct ImportedText {
    TextFile file;
    QByteArray bytes; ///< of the file
};

/// A document that a Yjs program has written into a file, whole: nothing that it builds on is
/// missing.
struct ImportedUpdate {
    Bytes bytes; ///< in the format V1, whatever the file has
    std::shared_ptr<crdt::Update> update;
    /// `meta.id`; empty if it was not made by Cowrite.
    QString identity;
    QString title;
    DocumentKind kind = DocumentKind::Text;
};

using Imported = std::variant<ImportedText, ImportedUpdate>;

/// Reads a file that is to be opened: text in UTF-8, or an update in the format V1 or V2, which
/// what is in it tells apart. Blocks; for another thread. Errors, each a sentence: those of
/// readContent(); WrongKind for what is neither; Unsupported for a part of a document, and for one
/// that holds no text.
[[nodiscard]] Result<Imported> readImport(const QString &path);

} // namespace cowrite::session
