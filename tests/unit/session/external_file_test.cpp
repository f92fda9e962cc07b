#include "libsync/session/files/external_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace cowrite;
using namespace cowrite::session;

namespace {

constexpr uid_t kSomebody = 65534;
constexpr gid_t kOtherGroup = 12345;

/// For root, to whom everything is allowed, acts as somebody else for as long as it lives.
class OrdinaryPerson {
public:
    OrdinaryPerson()
    {
        if (m_isRoot) {
            m_isRoot = ::setegid(kSomebody) == 0 && ::seteuid(kSomebody) == 0;
        }
    }
    ~OrdinaryPerson()
    {
        if (m_isRoot && (::seteuid(0) != 0 || ::setegid(0) != 0)) {
            qFatal("cannot be root again");
        }
    }
    OrdinaryPerson(const OrdinaryPerson &) = delete;
    OrdinaryPerson &operator=(const OrdinaryPerson &) = delete;

private:
    bool m_isRoot = ::geteuid() == 0;
};

} // namespace

class ExternalFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("notes.txt"));
        QVERIFY(::chmod(qPrintable(m_folder->path()), 0777) == 0);
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("old") == 3);
    }
    void aFileThatMayNotBeWrittenIsNotReplaced();
    void anotherGroupGetsNothingFromTheOldOne();

private:
    QByteArray content() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void ExternalFileTest::aFileThatMayNotBeWrittenIsNotReplaced()
{
    QVERIFY(::chmod(qPrintable(m_path), 0444) == 0);
    const Result<FileVersion> version = versionOf(m_path);
    Result<FileVersion> replaced = version;
    {
        const OrdinaryPerson person;
        replaced = replaceContent(m_path, "new", *version, QStringLiteral("tag"));
    }
    QVERIFY(!replaced && replaced.error().code == ErrorCode::Denied);
    QCOMPARE(content(), QByteArray("old"));
}

void ExternalFileTest::anotherGroupGetsNothingFromTheOldOne()
{
    // Only root can give a file to a group that it is not in.
    const bool isKept = ::chown(qPrintable(m_path), static_cast<uid_t>(-1), kOtherGroup) != 0;
    QVERIFY(::chmod(qPrintable(m_path), 0666) == 0);
    const Result<FileVersion> version = versionOf(m_path);
    Result<FileVersion> replaced = version;
    {
        const OrdinaryPerson person;
        replaced = replaceContent(m_path, "new", *version, QStringLiteral("tag"));
    }
    QVERIFY2(replaced.has_value(), replaced ? "" : replaced.error().message.c_str());
    QCOMPARE(content(), QByteArray("new"));
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(m_path), &status), 0);
    QCOMPARE(status.st_mode & 07777, isKept ? 0666U : 0606U);
}

QTEST_GUILESS_MAIN(ExternalFileTest)
#include "external_file_test.moc"
