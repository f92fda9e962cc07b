#include <QTemporaryDir>
#include <QTest>

#include <future>

#include <sqlite3.h>

#include "libsync/store/log.h"
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

    void oldUpdatesOfOneAuthorAndMinuteBecomeOne()
    {
        type(10);
        m_clock.advance(1min);
        type(10);
        m_writer->setAuthor("ann");
        type(5);
        grow();
        type(3);
        compact();
        const StoredDocument stored = load();
        QCOMPARE(placesOf(stored), (std::vector<Seq>{10, 20, 25, 26, 27, 28}));
        QCOMPARE(stored.updates[1].author, std::string("notes"));
        QCOMPARE(stored.updates[2].author, std::string("ann"));
        QCOMPARE(stored.updates[1].time - stored.updates[0].time, 1min);
        QVERIFY(stored.damaged.empty());
        expectTheWholeText(stored);
    }

    void recentUpdatesStayAsTheyAre()
    {
        type(10);
        m_clock.advance(limits::kKeepEveryUpdate - 1min);
        compact();
        QCOMPARE(load().updates.size(), std::size_t{10});
    }

    void aMinuteThatTakesSeveralSlicesBecomesFewUpdates()
    {
        type(3'000);
        grow();
        compact();
        const StoredDocument stored = load();
        QVERIFY2(stored.updates.size() < 30, qPrintable(QString::number(stored.updates.size())));
        expectTheWholeText(stored);
        // What was merged is merged again with nothing.
        compact();
        QCOMPARE(placesOf(load()), placesOf(stored));
    }

    void everyDocumentHasItsTurn()
    {
        TokenWriter other("other", m_rng);
        other.use(*m_log);
        for (int i = 0; i < 600; ++i) {
            m_writer->type();
            other.type();
        }
        QVERIFY(m_log->flush());
        grow();
        compact();
        QVERIFY(load().updates.size() < 20);
        const Result<StoredDocument> stored = m_log->load(other.id());
        QVERIFY(stored->updates.size() < 20);
        QVERIFY(restore(*stored).text == other.textAfter(600));
    }

    void whatCameBetweenIsCompactedTheNextTime()
    {
        type(10);
        grow();
        compact();
        type(10);
        grow();
        compact();
        QCOMPARE(placesOf(load()), (std::vector<Seq>{10, 20}));
    }

    void whatIsDamagedIsLeftAloneAndStillReported()
    {
        type(20);
        run("UPDATE updates SET author = 'eve' WHERE seq = 7");
        run("DELETE FROM updates WHERE seq = 13");
        grow();
        compact();
        const StoredDocument stored = load();
        QCOMPARE(placesOf(stored), (std::vector<Seq>{6, 12, 20}));
        QCOMPARE(stored.damaged,
                 (std::vector<Damage>{{Damage::Kind::Update, 7}, {Damage::Kind::Update, 13}}));
    }

    void aMergedUpdateThatIsGoneIsReported()
    {
        type(10);
        m_clock.advance(1min);
        type(10);
        m_clock.advance(1min);
        type(10);
        grow();
        compact();
        run("DELETE FROM updates WHERE seq = 20");
        const StoredDocument stored = load();
        QCOMPARE(placesOf(stored), (std::vector<Seq>{10, 30}));
        QCOMPARE(stored.damaged, (std::vector<Damage>{{Damage::Kind::Update, 11}}));
    }

    void updatesThatCannotBeReadDoNotStopIt()
    {
        m_log->append(m_writer->id(), "notes", {0xff});
        m_log->append(m_writer->id(), "notes", {0xff});
        grow();
        compact();
        QCOMPARE(placesOf(load()), (std::vector<Seq>{1, 2}));
    }

    void aCheckpointWithinAMergedUpdateHarmsNothing()
    {
        type(10);
        m_writer->checkpoint();
        type(10);
        grow();
        compact();
        const StoredDocument stored = load();
        QCOMPARE(stored.checkpointSeq, Seq{10});
        QCOMPARE(placesOf(stored), (std::vector<Seq>{20}));
        QVERIFY(stored.damaged.empty());
        expectTheWholeText(stored);
    }

    void closingEndsIt()
    {
        type(3'000);
        grow();
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

    /// Everything written so far becomes old.
    void grow() { m_clock.advance(limits::kKeepEveryUpdate + 1min); }

    void compact()
    {
        std::promise<Result<>> done;
        m_log->compact([&](const Result<> &result) { done.set_value(result); });
        const Result<> result = done.get_future().get();
        QVERIFY2(result, result ? "" : result.error().message.c_str());
    }

    [[nodiscard]] StoredDocument load() { return m_log->load(m_writer->id()).value(); }

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

    /// With the log closed meanwhile.
    void run(const char *sql)
    {
        QVERIFY(m_log->close());
        sqlite3 *connection = nullptr;
        const QString file = m_folder->filePath(QString::fromLatin1(Log::kFileName));
        QCOMPARE(sqlite3_open(qPrintable(file), &connection), SQLITE_OK);
        QCOMPARE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_changes(connection), 1);
        sqlite3_close(connection);
        open();
    }

    ManualClock m_clock;
    SeededRng m_rng{41};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TokenWriter> m_writer;
    std::unique_ptr<Log> m_log;
};

QTEST_APPLESS_MAIN(CompactionTest)
#include "compaction_test.moc"
