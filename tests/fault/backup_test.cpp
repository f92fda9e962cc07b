#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include "app/ctl/command_line.h"
#include "libsync/store/log.h"
#include "tests/support/manual_clock.h"
#include "tests/support/token_log.h"

using namespace cowrite;
using namespace cowrite::store;

class BackupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBackupOfALogThatIsBeingWrittenIsWhole();
    void aBackupTakesThePlaceOfAnOlderOne();
    void whatIsNoLogIsASentence();

private:
    [[nodiscard]] static std::string path(const QTemporaryDir &folder, const QString &name)
    {
        return folder.filePath(name).toStdString();
    }

    [[nodiscard]] static ctl::Outcome backUp(const QTemporaryDir &folder, const std::string &target)
    {
        return ctl::run({"backup", "-o", target, folder.path().toStdString()});
    }

    /// The document of `writer` in the backup `file`.
    [[nodiscard]] Result<StoredDocument> readBackup(const std::string &file,
                                                    const TokenWriter &writer) const
    {
        const QTemporaryDir folder(fastFolderTemplate());
        std::filesystem::copy_file(file, path(folder, QString::fromLatin1(Log::kFileName)));
        const auto log = Log::open(folder.path().toStdString(), m_clock);
        if (!log) {
            return tl::unexpected(log.error());
        }
        return (*log)->load(writer.id());
    }

    ManualClock m_clock;
    SeededRng m_rng{31};
};

void BackupTest::aBackupOfALogThatIsBeingWrittenIsWhole()
{
    struct Made {
        std::string file;
        Seq confirmedBefore = 0;
    };
    const QTemporaryDir folder(fastFolderTemplate());
    const QTemporaryDir backups(fastFolderTemplate());
    TokenWriter writer("a", m_rng);
    const auto log = Log::open(folder.path().toStdString(), m_clock);
    QVERIFY(log);
    writer.use(**log);
    writer.type();
    QVERIFY((*log)->flush());
    std::atomic<Seq> confirmed{1};
    std::atomic<bool> isDone{false};
    // Enough for the write-ahead log to be begun anew again and again.
    std::thread thread([&] {
        for (int i = 0; i < 6'000; ++i) {
            writer.type();
            if (i % 20 == 0) {
                writer.checkpoint();
            }
            if ((*log)->flush()) {
                confirmed = writer.edits();
            }
        }
        isDone = true;
    });
    std::vector<Made> made;
    while (!isDone) {
        const std::string file = path(backups, QString::number(made.size()));
        const Seq before = confirmed;
        const ctl::Outcome outcome = backUp(folder, file);
        if (outcome.exitStatus == 0) {
            made.push_back({file, before});
        }
    }
    thread.join();
    QVERIFY(made.size() > 1);
    qInfo("%zu backups", made.size());
    for (const Made &backup : made) {
        const Result<StoredDocument> stored = readBackup(backup.file, writer);
        QVERIFY2(stored, stored ? "" : stored.error().message.c_str());
        QVERIFY(stored->damaged.empty());
        QVERIFY(stored->lastSeq >= backup.confirmedBefore);
        QVERIFY(restore(*stored).text == writer.textAfter(stored->lastSeq));
    }
}

void BackupTest::aBackupTakesThePlaceOfAnOlderOne()
{
    const QTemporaryDir folder(fastFolderTemplate());
    const QTemporaryDir backups(fastFolderTemplate());
    const std::string file = path(backups, QStringLiteral("backup"));
    TokenWriter writer("a", m_rng);
    for (Seq edits = 1; edits <= 2; ++edits) {
        // With the log open, and after it was closed.
        const auto log = Log::open(folder.path().toStdString(), m_clock);
        QVERIFY(log);
        writer.use(**log);
        writer.type();
        QVERIFY(edits == 1 ? (*log)->flush() : (*log)->close());
        const ctl::Outcome outcome = backUp(folder, file);
        QCOMPARE(outcome.messages, std::string());
        QCOMPARE(readBackup(file, writer)->lastSeq, edits);
    }
    QCOMPARE(QDir(backups.path()).entryList(QDir::Files), QStringList{QStringLiteral("backup")});
}

void BackupTest::whatIsNoLogIsASentence()
{
    const QTemporaryDir folder;
    const std::string file = path(folder, QStringLiteral("backup"));
    const ctl::Outcome none = backUp(folder, file);
    QCOMPARE(none.exitStatus, 1);
    QVERIFY(none.messages.find("There is no log in") != std::string::npos);

    QFile log(folder.filePath(QString::fromLatin1(Log::kFileName)));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("this is not a database, however long one looks at it");
    log.close();
    const ctl::Outcome broken = backUp(folder, file);
    QCOMPARE(broken.exitStatus, 2);
    QVERIFY(!std::filesystem::exists(file));
    QCOMPARE(ctl::run({"backup", "-o", "-", folder.path().toStdString()}).exitStatus, 1);
}

QTEST_APPLESS_MAIN(BackupTest)
#include "backup_test.moc"
