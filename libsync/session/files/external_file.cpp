#include "libsync/session/files/external_file.h"

#include "libsync/store/disk_files.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cowrite::session {

namespace {

constexpr mode_t kNewFileMode = 0666;
constexpr mode_t kDraftMode = 0600; ///< until it has the permissions of the file
constexpr mode_t kPermissions = 07777;
constexpr mode_t kRunAsOwner = 06000;
constexpr mode_t kOfGroup = 0070;

std::string nameOf(const QString &path)
{
    return "“" + QFileInfo(path).fileName().toStdString() + "”";
}

tl::unexpected<Error> failure(int systemError, const QString &path)
{
    const std::string name = nameOf(path);
    switch (systemError) {
    case ENOENT:
    case ENOTDIR:
        return fail(ErrorCode::NotFound, "There is no file " + name + ".");
    case EACCES:
    case EPERM:
        return fail(ErrorCode::Denied, "You may not use " + name + ".");
    case EISDIR:
        return fail(ErrorCode::WrongKind, name + " is a folder. Choose a text file.");
    default:
        return store::fileFailure(systemError, name + " cannot be used");
    }
}

tl::unexpected<Error> busy(const QString &path)
{
    return fail(ErrorCode::Busy, "Another program is writing to " + nameOf(path) + ".");
}

/// A file that is closed when this goes away.
class Descriptor {
public:
    Descriptor(const QString &path, int flags, mode_t mode = 0)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, mode))
    {}
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] bool isOpen() const { return m_number >= 0; }
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

FileVersion versionFrom(const struct stat &status)
{
    return {status.st_dev, status.st_ino, status.st_size,
            std::chrono::seconds(status.st_mtim.tv_sec) +
                std::chrono::nanoseconds(status.st_mtim.tv_nsec)};
}

Result<struct stat> statusOf(const QString &path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0) {
        return failure(errno, path);
    }
    if (S_ISDIR(status.st_mode)) {
        return failure(EISDIR, path);
    }
    if (!S_ISREG(status.st_mode)) {
        // Reading from a pipe, say, would wait for somebody who writes.
        return fail(ErrorCode::WrongKind, nameOf(path) + " is not a file with text in it.");
    }
    return status;
}

Result<void> writeAll(int descriptor, const QByteArray &bytes, const QString &path)
{
    for (qint64 done = 0; done < bytes.size();) {
        const ssize_t count = ::write(descriptor, bytes.constData() + done,
                                      static_cast<std::size_t>(bytes.size() - done));
        if (count < 0 && errno != EINTR) {
            return failure(errno, path);
        }
        done += std::max<ssize_t>(count, 0);
    }
    return ::fsync(descriptor) == 0 ? Result<void>() : failure(errno, path);
}

/// Who may do what with the new file is what it was with the old one, or less.
bool takePermissions(int descriptor, const struct stat &old)
{
    mode_t mode = old.st_mode & kPermissions;
    // The owner cannot be kept by everybody, the group by some. Before the permissions: it takes
    // some of them away.
    if (::fchown(descriptor, old.st_uid, old.st_gid) != 0) {
        mode &= ~kRunAsOwner;
        if (::fchown(descriptor, static_cast<uid_t>(-1), old.st_gid) != 0) {
            mode &= ~kOfGroup;
        }
    }
    if (::fchmod(descriptor, mode) == 0) {
        return true;
    }
    // Disks without permissions refuse, and there everything has the same.
    const int systemError = errno;
    struct stat status = {};
    const bool isNoMore =
        ::fstat(descriptor, &status) == 0 && (status.st_mode & kPermissions & ~mode) == 0;
    errno = systemError;
    return isNoMore;
}

/// Writes the new content beside the file, in `draft`.
Result<FileVersion> writeDraft(const QString &draft, const QByteArray &bytes, const QString &path,
                               const std::optional<struct stat> &old)
{
    // What a program that was killed has left there.
    (void)QFile::remove(draft);
    const Descriptor file(draft, O_WRONLY | O_CREAT | O_EXCL, old ? kDraftMode : kNewFileMode);
    if (!file.isOpen()) {
        return failure(errno, path);
    }
    if (old && !takePermissions(file.number(), *old)) {
        const int systemError = errno;
        (void)QFile::remove(draft);
        return failure(systemError, path);
    }
    struct stat status = {};
    const Result<void> written = writeAll(file.number(), bytes, path);
    if (!written || ::fstat(file.number(), &status) != 0) {
        const int systemError = errno;
        (void)QFile::remove(draft);
        return written ? failure(systemError, path) : tl::unexpected(written.error());
    }
    return versionFrom(status);
}

bool rename(const QString &from, const QString &to, unsigned flags)
{
    return ::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD,
                       QFile::encodeName(to).constData(), flags) == 0;
}

/// Not every file system can do it; then a moment is left in which somebody may write unseen.
bool cannotExchange()
{
    return errno == EINVAL || errno == ENOSYS;
}

/// Gives the draft, which is not there afterwards, the name of the file, which is not there yet.
Result<void> moveIn(const QString &draft, const QString &target)
{
    if (rename(draft, target, RENAME_NOREPLACE) || (cannotExchange() && rename(draft, target, 0))) {
        return {};
    }
    const int systemError = errno;
    (void)QFile::remove(draft);
    return systemError == EEXIST ? busy(target) : failure(systemError, target);
}

/// The same in place of the file, if that is the version which is expected.
Result<void> swapIn(const QString &draft, const QString &target, const FileVersion &expected)
{
    if (rename(draft, target, RENAME_EXCHANGE)) {
        const Result<FileVersion> replaced = versionOf(draft);
        const bool isExpected = replaced && *replaced == expected;
        // If not, it was written between our last look and now: back with it. Should that fail,
        // the draft is theirs, and stays.
        if (!isExpected && !rename(draft, target, RENAME_EXCHANGE)) {
            return failure(errno, target);
        }
        (void)QFile::remove(draft);
        return isExpected ? Result<void>() : busy(target);
    }
    if (cannotExchange() && rename(draft, target, 0)) {
        return {};
    }
    const int systemError = errno;
    (void)QFile::remove(draft);
    return systemError == ENOENT ? busy(target) : failure(systemError, target);
}

} // namespace

QString resolvedPath(const QString &path)
{
    const QString resolved = QFileInfo(path).canonicalFilePath();
    return resolved.isEmpty() ? path : resolved;
}

Result<FileVersion> versionOf(const QString &path)
{
    return statusOf(path).map(versionFrom);
}

Result<FileContent> readContent(const QString &path, std::size_t maxBytes)
{
    const Result<FileVersion> before = versionOf(path);
    if (!before) {
        return tl::unexpected(before.error());
    }
    if (before->size > static_cast<qint64>(maxBytes)) {
        return fail(ErrorCode::LimitExceeded, nameOf(path) +
                                                  " is too large for a document: more than " +
                                                  std::to_string(maxBytes >> 20) + " MB.");
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return file.error() == QFileDevice::PermissionsError || !QFileInfo(path).isReadable()
                   ? fail(ErrorCode::Denied, "You may not read " + nameOf(path) + ".")
                   : fail(ErrorCode::Io, nameOf(path) + " cannot be read: " +
                                             file.errorString().toStdString() + ".");
    }
    FileContent content{file.read(static_cast<qint64>(maxBytes) + 1), *before};
    if (file.error() != QFileDevice::NoError) {
        return fail(ErrorCode::Io,
                    nameOf(path) + " cannot be read: " + file.errorString().toStdString() + ".");
    }
    const Result<FileVersion> after = versionOf(path);
    if (!after || *after != *before || content.bytes.size() != before->size) {
        return busy(path);
    }
    return content;
}

Result<FileVersion> replaceContent(const QString &path, const QByteArray &bytes,
                                   const std::optional<FileVersion> &expected, const QString &tag)
{
    const QString target = resolvedPath(path);
    std::optional<struct stat> old;
    if (expected) {
        const Result<struct stat> status = statusOf(target);
        if (!status) {
            return tl::unexpected(status.error());
        }
        if (versionFrom(*status) != *expected) {
            return busy(path);
        }
        // The folder alone decides who may replace it; who may write it decides its own.
        if (::faccessat(AT_FDCWD, QFile::encodeName(target).constData(), W_OK, AT_EACCESS) != 0) {
            return failure(errno, path);
        }
        old = *status;
    }
    const QString folder = QFileInfo(target).path();
    const QString draft = folder + QLatin1String("/.cowrite-") + tag;
    // Of the draft: what somebody writes to the file from now on is another version.
    const Result<FileVersion> version = writeDraft(draft, bytes, path, old);
    if (!version) {
        return version;
    }
    Result<void> done = expected ? swapIn(draft, target, *expected) : moveIn(draft, target);
    if (done) {
        done = store::syncFolder(folder.toStdString());
    }
    return done ? version : tl::unexpected(done.error());
}

} // namespace cowrite::session
