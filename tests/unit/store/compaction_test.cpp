#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <future>

#include <sqlite3.h>

#include "libsync/store/database.h"
#include "libsync/store/log.h"
#include "libsync/store/row_checksum.h"
#include "tests/support/manual_clock.h"
#include "tests/support/token_log.h"

using namespace cowrite;
using namespace cowrite::store;
using namespace std::chrono_literals;

class CompactionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>(fastFolderTemplate());
        m_writer = std::make_unique<TokenWriter>("notes", m_rng);
        open();
    }

    void cleanup() { m_log.reset(); }

    void whatACheckpointHoldsIsPackedAndStaysAsItWas()
    {
        type(100);
        m_clock.advance(90s);
        m_writer->setAuthor("ann");
        type(100);
        m_writer->checkpoint();
        type(3);
        const StoredDocument before = loadAll();
        compact();
        QCOMPARE(number("SELECT count(*) FROM updates"), 3);
        QCOMPARE(number("SELECT count(*) FROM segment"), 1);
        const StoredDocument after = loadAll();
        QVERIFY(after.updates == before.updates);
        QCOMPARE(after.updates.size(), std::size_t{203});
        QCOMPARE(after.lastSeq, Seq{203});
        QVERIFY(after.damaged.empty());
        QCOMPARE(placesOf(load()), (std::vector<Seq>{201, 202, 203}));
        expectTheWholeText(load());
    }

    void whatNoCheckpointHoldsStays()
    {
        type(100);
        compact();
        QCOMPARE(number("SELECT count(*) FROM updates"), 100);
        m_writer->checkpoint();
        QVERIFY(m_log->flush());
        run("UPDATE checkpoint SET crc = crc + 1");
        compact();
        QCOMPARE(number("SELECT count(*) FROM updates"), 100);
        QCOMPARE(number("SELECT count(*) FROM segment"), 0);
    }

    void aLongHistoryBecomesSeveralSegments()
    {
        type(6'000);
        m_writer->checkpoint();
        const StoredDocument before = loadAll();
        compact();
        QVERIFY(number("SELECT count(*) FROM segment") > 1);
        QCOMPARE(number("SELECT count(*) FROM updates"), 0);
        QVERIFY(loadAll().updates == before.updates);
        const std::int64_t segments = number("SELECT count(*) FROM segment");
        compact();
        QCOMPARE(number("SELECT count(*) FROM segment"), segments);
    }

    void everyDocumentHasItsTurn()
    {
        TokenWriter other("other", m_rng);
        other.use(*m_log);
        for (int i = 0; i < 600; ++i) {
            m_writer->type();
            other.type();
        }
        m_writer->checkpoint();
        other.checkpoint();
        compact();
        QCOMPARE(number("SELECT count(DISTINCT document) FROM segment"), 2);
        QCOMPARE(number("SELECT count(*) FROM updates"), 0);
        const StoredDocument stored = m_log->load(other.id(), LoadFrom::Beginning).value();
        QCOMPARE(stored.updates.size(), std::size_t{600});
        QVERIFY(restore(stored).text == other.textAfter(600));
        QVERIFY(m_log->removeDocument(m_writer->id()));
        QCOMPARE(number("SELECT count(DISTINCT document) FROM segment"), 1);
    }

    void whatCameSinceIsPackedTheNextTime()
    {
        for (int i = 0; i < 2; ++i) {
            type(100);
            m_writer->checkpoint();
            compact();
        }
        QCOMPARE(number("SELECT count(*) FROM segment"), 2);
        QCOMPARE(loadAll().updates.size(), std::size_t{200});
        QVERIFY(loadAll().damaged.empty());
    }

    void whatIsDamagedIsLeftAloneAndStillReported()
    {
        type(300);
        m_writer->checkpoint();
        QVERIFY(m_log->flush());
        run("UPDATE updates SET author = 'eve' WHERE seq = 70");
        run("DELETE FROM updates WHERE seq = 130");
        const StoredDocument before = loadAll();
        compact();
        QCOMPARE(number("SELECT count(*) FROM segment"), 3);
        QCOMPARE(number("SELECT count(*) FROM updates"), 1);
        const StoredDocument after = loadAll();
        QVERIFY(after.updates == before.updates);
        QCOMPARE(after.damaged,
                 (std::vector<Damage>{{Damage::Kind::Update, 70}, {Damage::Kind::Update, 130}}));
    }

    void aDamagedSegmentCostsNoContent()
    {
        type(100);
        m_writer->checkpoint();
        compact();
        type(100);
        m_writer->checkpoint();
        compact();
        type(1);
        run("UPDATE segment SET bytes = zeroblob(40) WHERE seq = 100");
        QVERIFY(load().damaged.empty());
        expectTheWholeText(load());
        const StoredDocument all = loadAll();
        QCOMPARE(all.damaged, (std::vector<Damage>{{Damage::Kind::Update, 1}}));
        QCOMPARE(all.updates.front().seq, Seq{101});
        run("DELETE FROM segment WHERE seq = 100");
        QCOMPARE(loadAll().damaged, all.damaged);
    }

    void withoutItsCheckpointTheSegmentsGiveTheDocument()
    {
        type(100);
        m_writer->checkpoint();
        type(10);
        compact();
        run("UPDATE checkpoint SET bytes = zeroblob(40)");
        const StoredDocument stored = load();
        QCOMPARE(stored.damaged, (std::vector<Damage>{{Damage::Kind::Checkpoint, 100}}));
        QCOMPARE(stored.updates.size(), std::size_t{110});
        expectTheWholeText(stored);
    }

    void aCheckpointWithinASegmentHarmsNothing()
    {
        type(100);
        m_writer->checkpoint();
        compact();
        // As if a repair had found an older one.
        run("UPDATE checkpoint SET seq = 0, bytes = x'0000', crc = 0");
        m_log->writeCheckpoint(m_writer->id(), 50, {0, 0});
        QVERIFY(m_log->flush());
        QCOMPARE(placesOf(load()).front(), Seq{51});
        QCOMPARE(load().updates.size(), std::size_t{50});
    }

    void aLargeUpdateStaysInARowOfItsOwn()
    {
        type(50);
        m_log->append(m_writer->id(), "notes", Bytes((std::size_t{1} << 20) + 1, 7));
        m_log->append(m_writer->id(), "notes", {0xff});
        m_log->writeCheckpoint(m_writer->id(), 52, {0, 0});
        compact();
        QCOMPARE(number("SELECT min(seq) FROM updates"), 51);
        QCOMPARE(loadAll().updates.size(), std::size_t{52});
        QCOMPARE(loadAll().updates.back().bytes, (Bytes{0xff}));
    }

    void whatAnOlderVersionMergedIsPackedAsItIs()
    {
        type(100);
        m_writer->checkpoint();
        QVERIFY(m_log->flush());
        const StoredUpdate last = loadAll().updates[59];
        const std::int64_t crc =
            updateChecksum(m_writer->id(), 60, 9, toInteger(last.time), last.author, last.bytes);
        const QString sql =
            QStringLiteral("UPDATE updates SET merged = 9, crc = %1 WHERE seq = 60");
        run(qPrintable(sql.arg(crc)));
        run("DELETE FROM updates WHERE seq > 50 AND seq < 60", 9);
        const StoredDocument before = loadAll();
        QVERIFY(before.damaged.empty());
        compact();
        QCOMPARE(number("SELECT count(*) FROM segment"), 1);
        QVERIFY(loadAll().updates == before.updates);
        QVERIFY(loadAll().damaged.empty());
    }

    void roomIsGivenBackToTheDisk_data()
    {
        QTest::addColumn<bool>("isOld");
        QTest::newRow("a database of now") << false;
        QTest::newRow("one of a version that gave none back") << true;
    }

    void roomIsGivenBackToTheDisk()
    {
        QFETCH(bool, isOld);
        type(6'000);
        if (isOld) {
            run("PRAGMA auto_vacuum=NONE; VACUUM", 0);
            QCOMPARE(number("PRAGMA auto_vacuum"), 0);
        }
        m_writer->checkpoint();
        QVERIFY(m_log->close());
        const auto size = QFileInfo(file()).size();
        open();
        compact();
        QCOMPARE(number("PRAGMA freelist_count"), 0);
        QCOMPARE(number("PRAGMA auto_vacuum"), 2);
        QVERIFY(QFileInfo(file()).size() < size / 2);
        QCOMPARE(loadAll().updates.size(), std::size_t{6'000});
    }

    void aRepairFindsSegments()
    {
        type(3'000);
        m_writer->checkpoint();
        compact();
        type(20);
        const StoredDocument before = loadAll();
        QVERIFY(m_log->close());
        QFile database(file());
        QVERIFY(database.open(QIODevice::ReadWrite));
        database.write("no");
        database.close();
        open();
        QVERIFY(!m_log->repairMessage().empty());
        QVERIFY(loadAll().updates == before.updates);
        QVERIFY(loadAll().damaged.empty());
        // What free pages and older ones still had of them is not there a second time.
        QCOMPARE(number("SELECT count(*) FROM updates"), 20);
    }

    void closingEndsIt()
    {
        type(6'000);
        m_writer->checkpoint();
        std::promise<Result<>> done;
        m_log->compact([&](const Result<> &result) { done.set_value(result); });
        QVERIFY(m_log->close());
        // Whether it was done by then or not, it says so.
        const Result<> result = done.get_future().get();
        QVERIFY(result || result.error().code == ErrorCode::Refused);
        open();
        expectTheWholeText(load());
    }

private:
    void open()
    {
        auto log = Log::open(m_folder->path().toStdString(), m_clock);
        if (!log) {
            qFatal("%s", log.error().message.c_str());
        }
        m_log = std::move(*log);
        m_writer->use(*m_log);
    }

    void type(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_writer->type();
        }
        QVERIFY(m_log->flush());
    }

    void compact()
    {
        QVERIFY(m_log->flush());
        std::promise<Result<>> done;
        m_log->compact([&](const Result<> &result) { done.set_value(result); });
        const Result<> result = done.get_future().get();
        QVERIFY2(result, result ? "" : result.error().message.c_str());
    }

    [[nodiscard]] StoredDocument load() { return m_log->load(m_writer->id()).value(); }
    [[nodiscard]] StoredDocument loadAll()
    {
        return m_log->load(m_writer->id(), LoadFrom::Beginning).value();
    }

    [[nodiscard]] static std::vector<Seq> placesOf(const StoredDocument &stored)
    {
        std::vector<Seq> places;
        for (const StoredUpdate &update : stored.updates) {
            places.push_back(update.seq);
        }
        return places;
    }

    void expectTheWholeText(const StoredDocument &stored) const
    {
        const Restored restored = restore(stored);
        QCOMPARE(restored.error, std::string());
        QVERIFY(restored.text == m_writer->textAfter(m_writer->edits()));
    }

    [[nodiscard]] QString file() const
    {
        return m_folder->filePath(QString::fromLatin1(Log::kFileName));
    }

    /// Changes so many rows, with the log closed meanwhile.
    void run(const char *sql, int rows = 1)
    {
        QVERIFY(m_log->close());
        sqlite3 *connection = nullptr;
        QCOMPARE(sqlite3_open(qPrintable(file()), &connection), SQLITE_OK);
        QCOMPARE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_changes(connection), rows);
        sqlite3_close(connection);
        open();
    }

    /// The one number that `sql` gives, with the log closed meanwhile.
    [[nodiscard]] std::int64_t number(const char *sql)
    {
        if (!m_log->close()) {
            qFatal("cannot be closed");
        }
        std::int64_t result = -1;
        {
            Database database = Database::open(file().toStdString(), {}).value();
            result = database.number(sql).value();
        }
        open();
        return result;
    }

    ManualClock m_clock;
    SeededRng m_rng{41};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TokenWriter> m_writer;
    std::unique_ptr<Log> m_log;
};

QTEST_APPLESS_MAIN(CompactionTest)
#include "compaction_test.moc"
