#include "tests/unit/session/fixture.h"

#include <QFile>
#include <QStorageInfo>

#include <cerrno>
#include <cstring>

#include <sys/mount.h>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// Takes all that is left of the disk that temporary folders are on, until it is gone.
class Filler {
public:
    Filler() : m_file(QDir::tempPath() + QStringLiteral("/filler"))
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            qFatal("cannot open the filler");
        }
        while (m_file.write(QByteArray(4'096, 'f')) == 4'096) {
        }
    }
    ~Filler() { m_file.remove(); }

private:
    QFile m_file;
};

/// Makes that disk read-only until it is gone. No kernel does so under a file that is open for
/// writing, as the log is all the time: an error of the disk under it is a matter of
/// unit_session_disk.
class ReadOnlyDisk {
public:
    ReadOnlyDisk() { remount(MS_RDONLY); }
    ~ReadOnlyDisk() { remount(0); }

private:
    static void remount(unsigned long flags)
    {
        if (::mount(nullptr, qPrintable(QDir::tempPath()), nullptr, MS_REMOUNT | flags,
                    "size=8m") != 0) {
            qFatal("cannot remount: %s", std::strerror(errno));
        }
    }
};

/// Runs on a small disk of its own (on_small_disk.sh), which a person and a server share.
class FullDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void editingGoesOnAndIsSavedWhenThereIsRoomAgain();
    void aLogThatCannotBeOpenedSaysWhy();
    void aFileThatIsKeptInStepIsWrittenWhenThereIsRoomAgain();
    void aLogOnAReadOnlyDiskSaysWhyAndOpensLater();
    void aFileOnAReadOnlyDiskIsWrittenWhenThatIsPossible();

private:
    /// Keeps a file in step on a disk that has the fault for a while.
    template <class Fault>
    void keepThrough(const QString &message);
};

} // namespace

void FullDiskTest::initTestCase()
{
    // Not on a disk that is used for anything else.
    QVERIFY(QStorageInfo(QDir::tempPath()).bytesTotal() <= 8 << 20);
}

void FullDiskTest::editingGoesOnAndIsSavedWhenThereIsRoomAgain()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica *hers = &ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers->link(), LinkState::Online);
    type(*hers, 0, u"begin;");
    QTRY_COMPARE(hers->edits().waiting, quint64(0));
    const DocumentId id = hers->id();
    QString expected = QStringLiteral("begin;");
    {
        const Filler filler;
        for (int i = 0; i < 100; ++i) {
            const std::u16string token = u"token" + QString::number(i).toStdU16String() + u';';
            type(*hers, static_cast<std::uint32_t>(expected.size()), token);
            expected += QString::fromStdU16String(token);
        }
        QTRY_VERIFY_WITH_TIMEOUT(hers->diskState() == DiskState::Full, 1'000);
        QCOMPARE(hers->diskMessage(), QStringLiteral("The disk is full."));
        QVERIFY(hers->edits().unsaved > 0);
        QVERIFY(hers->edits().waiting > 0);
        QCOMPARE(hers->link(), LinkState::Online);
    }
    QTRY_COMPARE(hers->edits().unsaved, quint64(0));
    QTRY_COMPARE(hers->edits().waiting, quint64(0));
    QTRY_VERIFY(hers->diskState() == DiskState::Ok);
    server.stop();
    ann.restart();
    hers = ann.profile().open(id).value();
    QTRY_VERIFY(hers->isLoaded());
    QCOMPARE(hers->damagedRows(), 0);
    QCOMPARE(textOf(*hers), expected);
}

void FullDiskTest::aLogThatCannotBeOpenedSaysWhy()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    SystemRng rng;
    const Filler filler;
    const auto profile = Profile::open(folder.path(), clock, rng);
    QVERIFY(!profile);
    QVERIFY(profile.error().code == ErrorCode::DiskFull);
    QCOMPARE(profile.error().message, std::string("The disk is full."));
}

void FullDiskTest::aFileThatIsKeptInStepIsWrittenWhenThereIsRoomAgain()
{
    keepThrough<Filler>(
        QStringLiteral("“notes.txt” cannot be written: the disk is full. Your text is safe in "
                       "Cowrite, and goes into the file as soon as that is possible."));
}

void FullDiskTest::aFileOnAReadOnlyDiskIsWrittenWhenThatIsPossible()
{
    keepThrough<ReadOnlyDisk>(
        QStringLiteral("“notes.txt” cannot be written there. Your text is safe in Cowrite, and "
                       "goes into the file as soon as that is possible."));
}

template <class Fault>
void FullDiskTest::keepThrough(const QString &message)
{
    // The log is on another disk.
    const QTemporaryDir elsewhere(QDir::currentPath() + QStringLiteral("/profile-XXXXXX"));
    QVERIFY(elsewhere.isValid());
    const SystemClock clock;
    SystemRng rng;
    const auto profile = std::move(*Profile::open(elsewhere.path(), clock, rng));
    Replica *const replica = *profile->createDocument(QStringLiteral("Notes"), DocumentKind::Text,
                                                      std::u16string(5'000, u'x'));
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("notes.txt"));
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(replica->keepFile(path, ExistingText::Replace).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray(5'000, 'x'), 20'000);
    {
        const Fault fault;
        type(*replica, 0, std::u16string(5'000, u'y'));
        QTRY_COMPARE_WITH_TIMEOUT(replica->fileMessage(), message, 20'000);
        QCOMPARE(content(), QByteArray(5'000, 'x'));
        QCOMPARE(replica->diskMessage(), QString());
    }
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray(5'000, 'y') + QByteArray(5'000, 'x'), 20'000);
    QTRY_COMPARE(replica->fileMessage(), QString());
}

void FullDiskTest::aLogOnAReadOnlyDiskSaysWhyAndOpensLater()
{
    TestPerson ann(QStringLiteral("Ann"));
    const DocumentId id = ann.create(QStringLiteral("Notes"), u"kept").id();
    ann.close();
    const SystemClock clock;
    SystemRng rng;
    {
        const ReadOnlyDisk disk;
        const auto profile = Profile::open(ann.folder(), clock, rng);
        QVERIFY(!profile);
        QVERIFY(profile.error().code == ErrorCode::ReadOnly);
        QCOMPARE(QString::fromStdString(profile.error().message),
                 QStringLiteral("The disk or the folder cannot be written to."));
    }
    ann.open();
    Replica *const replica = ann.profile().open(id).value();
    QTRY_VERIFY(replica->isLoaded());
    QCOMPARE(textOf(*replica), QStringLiteral("kept"));
}

QTEST_GUILESS_MAIN(FullDiskTest)
#include "full_disk_test.moc"
