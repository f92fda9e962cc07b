#pragma once

#include "libsync/base/error.h"
#include "libsync/session/document/document_info.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace cowrite::session {

/// How a text is written in a file, apart from the text.
struct TextForm {
    /// `\n` or `\r\n`.
    QString lineEnd = QStringLiteral("\n");
    /// Some programs put U+FEFF in front.
    bool hasByteOrderMark = false;

    friend bool operator==(const TextForm &, const TextForm &) = default;
};

/// What a file becomes when it is opened as a document.
struct TextFile {
    /// All lines end with `\n`.
    std::u16string text;
    /// The end of most lines.
    TextForm form;
    /// The file's name without its folder.
    QString title;
    /// By the file's ending.
    DocumentKind kind = DocumentKind::Text;
};

/// The text of a file in UTF-8. `path` is for the title, the kind and the sentence. Error WrongKind
/// for what is not text.
[[nodiscard]] Result<TextFile> decodeTextFile(const QByteArray &bytes, const QString &path);

/// Reads and decodes a file; blocks on the disk. Errors of readContent() and decodeTextFile().
[[nodiscard]] Result<TextFile> readTextFile(const QString &path);

/// A text as UTF-8, with line ends of this form in place of `\n`.
[[nodiscard]] QByteArray encodeText(std::u16string_view text, const TextForm &form);

/// `.md` and the like: what a file with a document of this kind is called.
[[nodiscard]] QString suffixOf(DocumentKind kind);

} // namespace cowrite::session
