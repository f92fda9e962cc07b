#pragma once

#include "libsync/base/error.h"
#include "libsync/session/document_info.h"

#include <QString>

#include <string>

namespace cowrite::session {

/// What a file becomes when it is opened as a document.
struct TextFile {
    std::u16string text;
    /// `\n` or `\r\n`: what most lines of the file end with. In `text` all end with `\n`.
    QString lineEnd;
    /// The file's name without its folder.
    QString title;
    /// By the file's ending.
    DocumentKind kind = DocumentKind::Text;
};

/// Reads a UTF-8 file, with or without a byte order mark. Errors, each a sentence: NotFound,
/// Denied, Io, WrongKind for what is not text, LimitExceeded beyond 8 MiB, which no peer would
/// take.
[[nodiscard]] Result<TextFile> readTextFile(const QString &path);

} // namespace cowrite::session
