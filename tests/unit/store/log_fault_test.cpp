#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <sqlite3.h>
#include <unistd.h>

#include "libsync/store/log.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/store/inbox.h"

using namespace cowrite;
using namespace cowrite::store;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(cowrite::FaultyVfs::Disk)
Q_DECLARE_METATYPE(cowrite::store::LogState)

namespace {

DocumentInfo document(std::string key)
{
    DocumentInfo info;
    info.key = std::move(key);
    return info;
}

} // namespace

class LogFaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
        FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
    }

    void cleanup() { FaultyVfs::setDisk(FaultyVfs::Disk::Sound); }

    void updatesOfABrokenDiskWaitAndAreCommittedWhenItRecovers_data()
    {
        QTest::addColumn<FaultyVfs::Disk>("disk");
        QTest::addColumn<LogState>("state");
        QTest::addColumn<QString>("message");
        QTest::newRow("full") << FaultyVfs::Disk::Full << LogState::DiskFull
                              << QStringLiteral("The disk is full.");
        QTest::newRow("read-only")
            << FaultyVfs::Disk::ReadOnly << LogState::ReadOnly
            << QStringLiteral("The disk or the folder cannot be written to.");
        QTest::newRow("broken") << FaultyVfs::Disk::Broken << LogState::Failed
                                << QStringLiteral("The disk failed: disk I/O error.");
    }

    void updatesOfABrokenDiskWaitAndAreCommittedWhenItRecovers()
    {
        QFETCH(FaultyVfs::Disk, disk);
        QFETCH(LogState, state);
        QFETCH(QString, message);

        const auto log = open();
        const DocumentId id = *log->createDocument(document("notes"));
        Seq committed = 0;
        std::vector<LogState> states;
        const Subscription commits =
            log->committed().connect([&](DocumentId, Seq seq) { committed = seq; });
        const Subscription changes = log->stateChanged().connect(
            [&](LogState newState, const std::string &) { states.push_back(newState); });
        log->append(id, "ann", {1});
        QVERIFY(m_inbox.waitFor([&] { return committed == 1; }));

        FaultyVfs::setDisk(disk);
        log->append(id, "ann", {2});
        QVERIFY(m_inbox.waitFor([&] { return !states.empty(); }));
        QCOMPARE(states, std::vector<LogState>{state});
        QCOMPARE(QString::fromStdString(log->stateMessage()), message);
        log->append(id, "ann", {3});
        QVERIFY(!log->flush());
        // Several retries fail, and say nothing new.
        const int failures = FaultyVfs::failures();
        while (FaultyVfs::failures() < failures + 3) {
            std::this_thread::yield();
        }
        QCOMPARE(log->state(), state);
        QCOMPARE(log->waitingBytes(), std::uint64_t{2});
        // The document can be closed and opened again meanwhile.
        QCOMPARE(log->load(id)->updates.size(), std::size_t{3});
        QCOMPARE(committed, Seq{1});

        FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
        QVERIFY(m_inbox.waitFor([&] { return committed == 3 && states.size() == 2; }));
        QCOMPARE(states.back(), LogState::Ok);
        QCOMPARE(log->stateMessage(), std::string());
        QVERIFY(log->close());

        const auto reopened = open();
        const Result<StoredDocument> stored = reopened->load(id);
        QCOMPARE(stored->updates.size(), std::size_t{3});
        for (std::uint8_t i = 1; i <= 3; ++i) {
            QCOMPARE(stored->updates[i - 1U].bytes, Bytes{i});
        }
    }

    void onAFullDiskWhatIsReplacedDoesNotPileUp()
    {
        const auto log = open();
        const DocumentId id = *log->createDocument(document("notes"));
        QVERIFY(log->flush());
        FaultyVfs::setDisk(FaultyVfs::Disk::Full);
        for (std::uint8_t i = 1; i <= 10; ++i) {
            const Seq seq = log->append(id, "ann", {i});
            log->writeCheckpoint(id, seq, Bytes(1'000, i));
            log->putUndo(id, {seq, m_clock.wallNow(), Bytes(100, i)});
            QVERIFY(!log->flush());
        }
        QCOMPARE(log->waitingBytes(), std::uint64_t{1'110});
        FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
        QVERIFY(log->flush());
        QCOMPARE(log->load(id)->updates.size(), std::size_t{0});
        QCOMPARE(log->load(id)->checkpoint, Bytes(1'000, 10));
        QCOMPARE(log->load(id)->undo->bytes, Bytes(100, 10));
    }

    void closingOnAFullDiskTellsHowMuchIsLost()
    {
        const auto log = open();
        const DocumentId id = *log->createDocument(document("notes"));
        QVERIFY(log->flush());
        FaultyVfs::setDisk(FaultyVfs::Disk::Full);
        log->append(id, {}, {1});
        log->append(id, {}, {2});
        const Result<> closed = log->close();
        QVERIFY(closed.error().code == ErrorCode::DiskFull);
        QCOMPARE(closed.error().message,
                 std::string("2 changes could not be saved: The disk is full."));
    }

    void aFullDiskAtTheStartIsAnError()
    {
        FaultyVfs::setDisk(FaultyVfs::Disk::Full);
        const auto log = Log::open(folder(), m_clock, options());
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::DiskFull);
        FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
        QVERIFY(Log::open(folder(), m_clock, options()));
    }

    void aSecondLogInTheSameFolderIsRefused()
    {
        const auto log = Log::open(folder(), m_clock, {});
        QVERIFY(log);
        const auto second = Log::open(folder(), m_clock, {});
        QVERIFY(!second);
        QVERIFY(second.error().code == ErrorCode::Busy);
        QCOMPARE(second.error().message, "Another Cowrite (process " + std::to_string(::getpid()) +
                                             ") is using this folder.");
    }

    void aFolderThatCannotBeMadeIsASentence()
    {
        QFile file(m_directory->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto log = Log::open(folder() / "file" / "folder", m_clock, {});
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Io);
        QVERIFY(log.error().message.find("cannot be created") != std::string::npos);
    }

    void damagedUpdatesAreSkippedAndReported()
    {
        const DocumentId id = storeTenUpdates();
        damage("UPDATE updates SET bytes = x'63' WHERE seq = 4");
        damage("UPDATE updates SET author = 'eve' WHERE seq = 6");
        damage("UPDATE updates SET time = time + 1 WHERE seq = 10");
        const auto log = open();
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(stored);
        QCOMPARE(stored->updates.size(), std::size_t{7});
        QCOMPARE(stored->damaged, (std::vector<Damage>{{Damage::Kind::Update, 4},
                                                       {Damage::Kind::Update, 6},
                                                       {Damage::Kind::Update, 10}}));
        QCOMPARE(log->append(id, {}, {1}), Seq{11});
    }

    void aDamagedCheckpointFallsBackToAllUpdates()
    {
        const DocumentId id = storeTenUpdates();
        {
            const auto log = open();
            log->writeCheckpoint(id, 8, {8, 8});
        }
        damage("UPDATE checkpoint SET bytes = x'0909'");
        const auto log = open();
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(stored);
        QVERIFY(stored->checkpoint.empty());
        QCOMPARE(stored->updates.size(), std::size_t{10});
        QCOMPARE(stored->damaged, (std::vector<Damage>{{Damage::Kind::Checkpoint, 8}}));
    }

    void whatCanBeUndoneIsLeftOutAndReportedWhenItIsDamaged()
    {
        const DocumentId id = storeTenUpdates();
        {
            const auto log = open();
            log->putUndo(id, {8, m_clock.wallNow(), {1, 2, 3}});
        }
        damage("UPDATE undo SET bytes = x'010204'");
        const auto log = open();
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(stored);
        QCOMPARE(stored->updates.size(), std::size_t{10});
        QVERIFY(!stored->undo);
        QCOMPARE(stored->damaged, (std::vector<Damage>{{Damage::Kind::Undo, 8}}));
    }

    void aLogThatIsDamagedWhileItIsInUseIsRepairedAndGoesOn()
    {
        // More than SQLite keeps in memory, so that it reads the damaged pages.
        constexpr std::uint8_t kUpdates = 60;
        DocumentId id{};
        {
            const auto log = open();
            id = *log->createDocument(document("notes"));
            for (std::uint8_t i = 1; i <= kUpdates; ++i) {
                log->append(id, "ann", Bytes(100'000, i));
            }
        }
        const auto log = open();
        int repairs = 0;
        const Subscription subscription = log->repaired().connect([&] { ++repairs; });
        breakTrees();
        log->append(id, "ann", {1});
        QVERIFY(log->flush());
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(m_inbox.waitFor([&] { return repairs == 1; }));
        QVERIFY(log->repairMessage().find("log-damaged-1.sqlite") != std::string::npos);
        QVERIFY(stored);
        QVERIFY(stored->damaged.empty());
        QCOMPARE(stored->updates.size(), std::size_t{kUpdates + 1});
        QVERIFY(std::filesystem::exists(folder() / "log-damaged-1.sqlite"));
        QCOMPARE(log->state(), LogState::Ok);
        log->append(id, "ann", {2});
        QVERIFY(log->close());
        QCOMPARE(open()->load(id)->updates.size(), std::size_t{kUpdates + 2});
    }

    void aRepairLeavesOutWhatWasNotCommitted()
    {
        const QTemporaryDir other;
        const std::filesystem::path copy =
            std::filesystem::path(other.path().toStdString()) / Log::kFileName;
        DocumentId id{};
        {
            LogOptions together = options();
            together.groupDelay = 1h;
            const auto log = std::move(*Log::open(folder(), m_clock, together));
            id = *log->createDocument(document("notes"));
            for (std::uint8_t i = 1; i <= 10; ++i) {
                log->append(id, "ann", {i});
            }
            QVERIFY(log->flush());
            // One commit that takes many pages.
            for (int i = 0; i < 500; ++i) {
                log->append(id, "ann", Bytes(100, 1));
            }
            QVERIFY(log->flush());
            const std::filesystem::path file = folder() / Log::kFileName;
            std::filesystem::copy_file(file, copy);
            std::filesystem::copy_file(file.string() + "-wal", copy.string() + "-wal");
        }
        // The program was killed before the last page of that commit, and the first frame, which
        // has no rows, is damaged.
        const std::filesystem::path wal = copy.string() + "-wal";
        std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 4'096);
        std::fstream stream(wal, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(32 + 24);
        stream.put('\xff');
        stream.close();
        const auto log = Log::open(other.path().toStdString(), m_clock, options());
        QVERIFY(log);
        QVERIFY(!(*log)->repairMessage().empty());
        const Result<StoredDocument> stored = (*log)->load(id);
        QCOMPARE(stored->updates.size(), std::size_t{10});
        QVERIFY(stored->damaged.empty());
    }

    void aRepairIsNotMisledByWhatOnlyLooksLikeARow()
    {
        // Within an update: the form of a row of document 1 at place 0x360800, without its
        // checksum.
        const Bytes likeARow{13, 7, 1, 3, 1, 13, 12, 1, 1, 0x36, 8, 0, 5, 5};
        DocumentId id{};
        {
            const auto log = open();
            id = *log->createDocument(document("notes"));
            log->append(id, "ann", likeARow);
            log->append(id, "ann", {2});
        }
        std::fstream(folder() / Log::kFileName, std::ios::binary | std::ios::in | std::ios::out)
            .put('\xff');
        const auto log = open();
        QVERIFY(!log->repairMessage().empty());
        QCOMPARE(log->lastSeq(id), Seq{2});
        QVERIFY(log->load(id)->damaged.empty());
    }

    void aRepairThatWasInterruptedIsFinished()
    {
        const DocumentId id = storeTenUpdates();
        // The new database is complete; the program was killed before it took its place.
        const std::filesystem::path file = folder() / Log::kFileName;
        std::filesystem::rename(file, file.string() + "-repaired");
        std::ofstream(file) << "damaged";
        std::ofstream(file.string() + "-wal") << "damaged as well";
        const auto log = open();
        QCOMPARE(log->load(id)->updates.size(), std::size_t{10});
        QVERIFY(!std::filesystem::exists(file.string() + "-repaired"));
    }

    void aDamagedDocumentRowClaimsNothingAboutTheServer()
    {
        const DocumentId id = storeTenUpdates();
        damage("UPDATE document SET acknowledged = 9, title = 'x'");
        {
            const auto log = open();
            QCOMPARE(log->find(id)->acknowledged, Seq{0});
            QCOMPARE(log->load(id)->damaged, (std::vector<Damage>{{Damage::Kind::Document, 0}}));
            QVERIFY(log->updateDocument(*log->find(id)));
        }
        QVERIFY(open()->load(id)->damaged.empty());
    }

private:
    [[nodiscard]] std::filesystem::path folder() const { return m_directory->path().toStdString(); }

    [[nodiscard]] LogOptions options() const
    {
        LogOptions options;
        options.groupDelay = 0ms;
        options.retryDelay = 1ms;
        options.executor = m_inbox.executor();
        options.vfs = FaultyVfs::name();
        return options;
    }

    [[nodiscard]] std::unique_ptr<Log> open() const
    {
        auto log = Log::open(folder(), m_clock, options());
        if (!log) {
            qFatal("%s", log.error().message.c_str());
        }
        return std::move(*log);
    }

    [[nodiscard]] DocumentId storeTenUpdates() const
    {
        const auto log = open();
        const DocumentId id = *log->createDocument(document("notes"));
        for (std::uint8_t i = 1; i <= 10; ++i) {
            log->append(id, "ann", {i});
        }
        return id;
    }

    /// Gives the pages of every tree a kind that does not exist. Pages of large values, which begin
    /// with a zero, and the first one stay as they are.
    void breakTrees() const
    {
        constexpr qint64 kPage = 4'096;
        QFile file(QString::fromStdString((folder() / Log::kFileName).string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = kPage; page < file.size(); page += kPage) {
            QVERIFY(file.seek(page));
            char kind = 0;
            QVERIFY(file.peek(&kind, 1) == 1);
            if (kind != 0) {
                QVERIFY(file.putChar('\xff'));
            }
        }
    }

    void damage(const char *sql) const
    {
        sqlite3 *connection = nullptr;
        const std::string file = (folder() / Log::kFileName).string();
        QCOMPARE(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
        QCOMPARE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_changes(connection), 1);
        sqlite3_close(connection);
    }

    ManualClock m_clock;
    Inbox m_inbox;
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_APPLESS_MAIN(LogFaultTest)
#include "log_fault_test.moc"
