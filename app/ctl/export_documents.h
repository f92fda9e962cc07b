#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/session/document/document_info.h"
#include "libsync/session/files/text_file.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cowrite::crdt {
class Doc;
}

namespace cowrite::ctl {

enum class ExportFormat { Text, Html, Pdf, UpdateV1, UpdateV2 };

/// `text`, `html`, `pdf`, `update` or `update-v2`.
[[nodiscard]] std::optional<ExportFormat> exportFormatFrom(std::string_view name);

/// What is to be written of one document.
struct ExportedDocument {
    QString title;
    session::DocumentKind kind = session::DocumentKind::Text;
    session::TextForm form;
};

/// The bytes of the file of `doc`. Error Unsupported, with the rest of a sentence that begins with
/// its title, for what that format cannot hold.
[[nodiscard]] Result<QByteArray> fileContent(crdt::Doc &doc, const ExportedDocument &document,
                                             ExportFormat format);

/// The same of the document in an update V1. `name` is its title if it has none of its own. Errors
/// also: Malformed.
[[nodiscard]] Result<QByteArray> contentOf(ByteView update, const QString &name,
                                           ExportFormat format);

/// The document in a file as an update V1: what a Yjs program wrote, or a text as importFile()
/// makes one of it. Errors: those of session::readImport().
[[nodiscard]] Result<Bytes> updateOf(const std::string &file);

/// A name for the file of a document: its title, made safe for any file system, with the ending of
/// the format, and other than those in `taken`.
[[nodiscard]] QString safeFileName(const ExportedDocument &document, ExportFormat format,
                                   const QStringList &taken);

/// What became of an export.
struct ExportReport {
    QStringList written; ///< the names of the files
    QStringList leftOut; ///< a sentence for each document that was left out
    QStringList failed;  ///< and for each that could not be read whole, or not be written
};

/// Writes every document of the log in `folder`, which a program may have open, as a file into the
/// folder `target`, which is made if need be. A file there of the same name is replaced. Errors:
/// those of store::backUp(), and Io.
[[nodiscard]] Result<ExportReport> exportFolder(const std::filesystem::path &folder,
                                                const std::filesystem::path &target,
                                                ExportFormat format);

/// Writes the document in one file, an update of Yjs, as the file `target`. Errors: those of
/// fileContent() and of session::readImport(); Io.
[[nodiscard]] Result<void> exportFile(const std::string &file, const std::string &target,
                                      ExportFormat format);

/// Writes a text file as an update of Yjs, a document of its own, to `target`; in the format V2 if
/// `isV2`. Errors: those of session::readTextFile(); Io.
[[nodiscard]] Result<void> importFile(const std::string &file, const std::string &target,
                                      ExportFormat format);

} // namespace cowrite::ctl
