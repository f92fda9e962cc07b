#pragma once

#include "libsync/base/error.h"
#include "libsync/session/replica/replica.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

class QObject;

namespace cowrite::ui {

enum class ExportFormat {
    Text,
    Markdown,
    Html,
    Pdf,
    UpdateV1, ///< all of the document, for any Yjs program
    UpdateV2,
};

/// The formats for a document of this kind, the likeliest first.
[[nodiscard]] QList<ExportFormat> exportFormats(session::DocumentKind kind);
/// As file dialogs want it: `Markdown (*.md)`.
[[nodiscard]] QString nameFilter(ExportFormat format);
/// With its dot.
[[nodiscard]] QString suffixOf(ExportFormat format);
/// What the ending of a file name asks for, or else what was chosen.
[[nodiscard]] ExportFormat formatOf(const QString &path, ExportFormat chosen);

/// Writes a document as it is now to a file, whole or not at all, and then calls `done` unless
/// `receiver` is gone. Rendering and writing are done on another thread. Error Io, with a sentence.
void exportDocument(session::Replica &replica, const QString &path, ExportFormat format,
                    QObject *receiver, std::function<void(const Result<void> &)> done);

} // namespace cowrite::ui
