#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <future>
#include <vector>

#include <sqlite3.h>

#include "libsync/store/database.h"
#include "libsync/store/log.h"
#include "libsync/store/schema.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_disk.h"
#include "tests/support/token_log.h"

using namespace cowrite;
using namespace cowrite::store;
using namespace std::chrono_literals;

namespace {

using Files = MemoryDisk::Files;
using Loss = MemoryDisk::Loss;

/// Takes back the steps of schema.cpp from the second on.
constexpr const char *kBackToVersion1 = R"sql(
    DROP TABLE segment;
    DROP TABLE undo;
    ALTER TABLE document DROP COLUMN compacted;
    ALTER TABLE document DROP COLUMN crc;
    ALTER TABLE updates DROP COLUMN merged;
    ALTER TABLE document DROP COLUMN acknowledged;
    ALTER TABLE document DROP COLUMN extra;
    DROP TABLE checkpoint;
    PRAGMA user_version=1;
)sql";

constexpr const char *kFile = "/log.sqlite";

enum class Checkpoints { No, Yes };

/// A log whose power can be lost at each sync, and what it has confirmed until then.
class PowerLossTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingConfirmedIsLostInASessionOfAThousandEdits();
    void aCompactionLosesNothing_data();
    void aCompactionLosesNothing();
    void aMigrationIsDoneOrNotDone();

private:
    [[nodiscard]] std::unique_ptr<Log> open(const MemoryDisk &disk, const QTemporaryDir &folder,
                                            std::chrono::milliseconds delay)
    {
        LogOptions options;
        options.groupDelay = delay;
        options.vfs = disk.vfs();
        auto log = Log::open(folder.path().toStdString(), m_clock, options);
        if (!log) {
            m_problem = "cannot be opened: " + log.error().message;
            return nullptr;
        }
        return std::move(*log);
    }

    /// At each sync, each thing that can become of the disk then.
    void watch(MemoryDisk &disk)
    {
        disk.setOnSync([this, &disk] {
            ++m_syncs;
            for (const Loss loss : {Loss::All, Loss::None, Loss::Tail, Loss::Anything}) {
                if (m_problem.empty()) {
                    check(disk.afterPowerLoss(loss, m_losses));
                }
            }
        });
    }

    /// That the log opens on a disk with these files, and has everything that was confirmed.
    void check(const Files &files)
    {
        ++m_images;
        const MemoryDisk disk(files);
        {
            const auto log = open(disk, m_afterwards, 0ms);
            for (std::size_t i = 0; log && i < m_writers.size(); ++i) {
                check(*log, *m_writers[i], m_confirmed[i]);
            }
        }
        if (const std::string found = integrityOf(kFile, disk.vfs());
            m_problem.empty() && found != "ok") {
            m_problem = "integrity_check: " + found;
        }
        if (!m_problem.empty()) {
            m_problem += " (at sync " + std::to_string(m_syncs) + ')';
        }
    }

    void check(Log &log, const TokenWriter &writer, Seq confirmed)
    {
        const auto known = log.findByKey(writer.key());
        if (!known) {
            m_problem = confirmed > 0 ? writer.key() + " is not there" : std::string();
            return;
        }
        const Result<StoredDocument> stored = log.load(known->id);
        const Result<StoredDocument> all = log.load(known->id, LoadFrom::Beginning);
        if (!stored || !all) {
            m_problem = "cannot be loaded: " + (stored ? all : stored).error().message;
            return;
        }
        const Restored restored = restore(*stored);
        if (!stored->damaged.empty() || !restored.error.empty()) {
            m_problem = "rows are damaged: " + restored.error;
        } else if (stored->lastSeq < confirmed) {
            m_problem = "confirmed " + std::to_string(confirmed) + ", there " +
                        std::to_string(stored->lastSeq);
        } else if (restored.text != writer.textAfter(stored->lastSeq)) {
            m_problem = "the text is not that of edit " + std::to_string(stored->lastSeq);
        } else if (const std::string wrong = writer.firstDifference(all->updates); !wrong.empty()) {
            m_problem = "the history: " + wrong;
        }
    }

    /// Types, in groups that are committed together, and closes the log.
    void writeSession(const MemoryDisk &disk, Seq edits, Checkpoints checkpoints)
    {
        // Only a flush commits, so that a seed always gives the same session.
        const auto log = open(disk, m_folder, 1h);
        QVERIFY2(log, m_problem.c_str());
        const Subscription committed = log->committed().connect([this](DocumentId id, Seq seq) {
            for (std::size_t i = 0; i < m_writers.size(); ++i) {
                if (m_writers[i]->id() == id) {
                    m_confirmed[i] = seq;
                }
            }
        });
        for (const auto &writer : m_writers) {
            writer->use(*log);
        }
        for (Seq edit = 0; edit < edits; ++edit) {
            TokenWriter &writer = *m_writers[m_rng.below(m_writers.size())];
            writer.type();
            if (checkpoints == Checkpoints::Yes && m_rng.below(60) == 0) {
                writer.checkpoint();
            }
            if (m_rng.below(3) == 0) {
                QVERIFY(log->flush());
            }
        }
        QVERIFY(log->close());
    }

    void runSql(const MemoryDisk &disk, const char *sql) const
    {
        sqlite3 *connection = nullptr;
        QCOMPARE(sqlite3_open_v2(kFile, &connection, SQLITE_OPEN_READWRITE, disk.vfs().c_str()),
                 SQLITE_OK);
        const std::string script = std::string("PRAGMA locking_mode=EXCLUSIVE;") + sql;
        QCOMPARE(sqlite3_exec(connection, script.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(connection);
    }

    [[nodiscard]] std::int64_t numberFrom(const MemoryDisk &disk, const char *sql) const
    {
        return Database::open(kFile, disk.vfs()).value().number(sql).value();
    }

    void report() const
    {
        QVERIFY2(m_problem.empty(), m_problem.c_str());
        qInfo("%d syncs, %d disks", m_syncs, m_images);
    }

    ManualClock m_clock;
    // The logs are locked here, and lie on disks in memory.
    QTemporaryDir m_folder;
    QTemporaryDir m_afterwards;
    SeededRng m_rng{11};
    SeededRng m_losses{12};
    std::vector<std::unique_ptr<TokenWriter>> m_writers;
    std::array<Seq, 2> m_confirmed{};
    std::string m_problem;
    int m_syncs = 0;
    int m_images = 0;
};

} // namespace

void PowerLossTest::init()
{
    m_writers.clear();
    m_writers.push_back(std::make_unique<TokenWriter>("a", m_rng));
    m_writers.push_back(std::make_unique<TokenWriter>("b", m_rng));
    m_confirmed = {};
    m_problem.clear();
    m_syncs = m_images = 0;
}

void PowerLossTest::cleanup()
{
    QVERIFY2(m_problem.empty(), m_problem.c_str());
}

void PowerLossTest::nothingConfirmedIsLostInASessionOfAThousandEdits()
{
    MemoryDisk disk;
    watch(disk);
    // It begins with no database and is opened again on the way.
    for (int part = 0; part < 4; ++part) {
        writeSession(disk, 250, Checkpoints::Yes);
    }
    QCOMPARE(m_confirmed[0] + m_confirmed[1], Seq{1'000});
    report();
    QVERIFY(m_syncs > 300);
}

void PowerLossTest::aCompactionLosesNothing_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::newRow("a database of now") << false;
    QTest::newRow("one that is written anew, as it gives no pages back") << true;
}

void PowerLossTest::aCompactionLosesNothing()
{
    QFETCH(bool, isOld);
    MemoryDisk disk;
    writeSession(disk, 1'000, Checkpoints::No);
    if (isOld) {
        runSql(disk, "PRAGMA temp_store=MEMORY; PRAGMA auto_vacuum=NONE; VACUUM");
    }
    const auto log = open(disk, m_folder, 1h);
    QVERIFY2(log, m_problem.c_str());
    for (const auto &writer : m_writers) {
        writer->use(*log);
        writer->checkpoint();
    }
    QVERIFY(log->flush());
    watch(disk);
    std::promise<Result<>> done;
    log->compact([&](const Result<> &result) { done.set_value(result); });
    QVERIFY(done.get_future().get());
    QVERIFY(log->close());
    report();
    QVERIFY(numberFrom(disk, "SELECT count(*) FROM segment") > 1);
    QCOMPARE(numberFrom(disk, "PRAGMA freelist_count"), 0);
    QCOMPARE(numberFrom(disk, "PRAGMA auto_vacuum"), 2);
}

void PowerLossTest::aMigrationIsDoneOrNotDone()
{
    MemoryDisk disk;
    writeSession(disk, 50, Checkpoints::No);
    runSql(disk, kBackToVersion1);
    watch(disk);
    {
        const auto log = open(disk, m_folder, 1h);
        QVERIFY2(log, m_problem.c_str());
    }
    report();
    QVERIFY(m_syncs >= kSchemaVersion - 1);
    for (const auto &writer : m_writers) {
        QVERIFY(writer->edits() > 0);
    }
}

QTEST_APPLESS_MAIN(PowerLossTest)
#include "power_loss_test.moc"
