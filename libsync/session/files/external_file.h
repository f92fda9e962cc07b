#pragma once

#include "libsync/base/error.h"
#include "libsync/base/limits.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <cstddef>
#include <optional>

namespace cowrite::session {

// A file outside of the profile, which other programs write to as well. Everything here blocks on
// the disk. Errors are sentences that name the file: NotFound, Denied, WrongKind for a folder and
// the like, DiskFull, ReadOnly, Io.

/// Tells one state of a file from another, as long as it is not written twice within the time that
/// the disk counts as one moment, a few milliseconds.
struct FileVersion {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    std::chrono::nanoseconds modified{0}; ///< since the epoch

    friend bool operator==(const FileVersion &, const FileVersion &) = default;
};

struct FileContent {
    QByteArray bytes;
    FileVersion version;
};

/// The file itself behind symbolic links; the path as it is while the file does not exist.
[[nodiscard]] QString resolvedPath(const QString &path);

[[nodiscard]] Result<FileVersion> versionOf(const QString &path);

/// The largest file with text, half a message: in the worst case an update takes a byte for each of
/// the text's, and some.
inline constexpr std::size_t kMaxTextFileBytes = limits::kMaxMessageBytes / 2;

/// Reads all of a file that was not written to meanwhile. Errors: Busy if it was; LimitExceeded for
/// a file of more than `maxBytes`.
[[nodiscard]] Result<FileContent> readContent(const QString &path,
                                              std::size_t maxBytes = kMaxTextFileBytes);

/// Puts `bytes` in place of the version `expected` of the file, or of none. At every moment there
/// is the one or the other, whole, under this name; on the disk when this returns. Permissions
/// stay, and symbolic links are followed. `tag` makes the name of the file that it is written to
/// first, in the same folder, and should be of this writer alone. Error Busy, and the file is as it
/// was, if it is not that version: somebody else has written it.
[[nodiscard]] Result<FileVersion> replaceContent(const QString &path, const QByteArray &bytes,
                                                 const std::optional<FileVersion> &expected,
                                                 const QString &tag);

} // namespace cowrite::session
