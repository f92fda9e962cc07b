#include <QTemporaryDir>
#include <QTest>

#include <map>

#include "libsync/store/log.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/store/inbox.h"

using namespace cowrite;
using namespace cowrite::store;
using namespace std::chrono_literals;

namespace {

DocumentInfo document(std::string key)
{
    DocumentInfo info;
    info.key = std::move(key);
    info.title = "Title of " + info.key;
    info.kind = "plain";
    return info;
}

/// A group delay that never ends by itself: a test that gets a commit has asked for it.
LogOptions waiting()
{
    LogOptions options;
    options.groupDelay = std::chrono::hours{24};
    return options;
}

} // namespace

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
    }

    void updatesComeBackInOrderAfterReopening()
    {
        DocumentId id{};
        {
            const auto log = open();
            id = *log->createDocument(document("notes"));
            for (std::uint8_t i = 1; i <= 100; ++i) {
                QCOMPARE(log->append(id, "ann", Bytes(i, i)), Seq{i});
                m_clock.advance(1s);
            }
            QVERIFY(log->close());
        }
        const auto log = open();
        QCOMPARE(log->lastSeq(id), Seq{100});
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(stored);
        QCOMPARE(stored->info.key, std::string("notes"));
        QCOMPARE(stored->updates.size(), std::size_t{100});
        for (std::uint8_t i = 1; i <= 100; ++i) {
            const StoredUpdate &update = stored->updates[i - 1U];
            QCOMPARE(update.seq, Seq{i});
            QCOMPARE(update.author, std::string("ann"));
            QCOMPARE(update.bytes, Bytes(i, i));
            QCOMPARE(update.time, ManualClock().wallNow() + (i - 1) * 1s);
        }
        QCOMPARE(log->append(id, "bob", {1}), Seq{101});
    }

    void aGroupIsCommittedAfterItsDelayAndReportedOncePerDocument()
    {
        LogOptions options;
        options.groupDelay = 1ms;
        const auto log = open(options);
        const DocumentId first = *log->createDocument(document("first"));
        const DocumentId second = *log->createDocument(document("second"));
        std::map<DocumentId, Seq> committed;
        const Subscription subscription = log->committed().connect(
            [&](DocumentId id, Seq seq) { committed[id] = std::max(committed[id], seq); });
        for (int i = 0; i < 50; ++i) {
            log->append(first, {}, {1});
            log->append(second, {}, {2});
        }
        log->append(second, {}, {3});
        QVERIFY(m_inbox.waitFor([&] { return committed[first] == 50 && committed[second] == 51; }));
        QCOMPARE(log->waitingBytes(), std::uint64_t{0});
    }

    void aFullGroupDoesNotWait()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        Seq committed = 0;
        const Subscription subscription =
            log->committed().connect([&](DocumentId, Seq seq) { committed = seq; });
        log->append(id, {}, {1});
        // The writer thread waits for more by then.
        QCOMPARE(log->load(id)->updates.size(), std::size_t{1});
        log->append(id, {}, Bytes(std::size_t{600} << 10, 2));
        log->append(id, {}, Bytes(std::size_t{600} << 10, 3));
        QVERIFY(m_inbox.waitFor([&] { return committed == 3; }));
    }

    void aGroupWaitsForItsDelay()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        Seq committed = 0;
        int reports = 0;
        const Subscription subscription = log->committed().connect([&](DocumentId, Seq seq) {
            committed = seq;
            ++reports;
        });
        log->append(id, {}, {1});
        log->append(id, {}, {2});
        // The writer thread has looked at the queue once it has answered the read.
        QCOMPARE(log->load(id)->updates.size(), std::size_t{2});
        QCOMPARE(log->waitingBytes(), std::uint64_t{2});
        QVERIFY(log->flush());
        QVERIFY(m_inbox.waitFor([&] { return committed == 2; }));
        QCOMPARE(reports, 1);
    }

    void whatIsQueuedTogetherIsCommittedTogether()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        Seq committed = 0;
        const Subscription subscription =
            log->committed().connect([&](DocumentId, Seq seq) { committed = seq; });
        log->append(id, {}, {1});
        log->together([&] {
            log->append(id, {}, {2});
            QVERIFY(log->flush());
            QVERIFY(m_inbox.waitFor([&] { return committed > 0; }));
            QCOMPARE(committed, Seq{1});
            QCOMPARE(log->waitingBytes(), std::uint64_t{1});
            // It is in the document all the same.
            QCOMPARE(log->load(id)->lastSeq, Seq{2});
            log->append(id, {}, {3});
        });
        QVERIFY(log->flush());
        QVERIFY(m_inbox.waitFor([&] { return committed > 1; }));
        QCOMPARE(committed, Seq{3});
        QCOMPARE(log->waitingBytes(), std::uint64_t{0});
    }

    void aFullGroupDoesNotWaitForItsDelay()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        Seq committed = 0;
        const Subscription subscription =
            log->committed().connect([&](DocumentId, Seq seq) { committed = seq; });
        log->append(id, {}, Bytes(std::size_t{2} << 20, 7));
        QVERIFY(m_inbox.waitFor([&] { return committed == 1; }));
    }

    void flushTellsItsCallerOnTheOwnersThread()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        log->append(id, {}, {1});
        bool flushed = false;
        log->flush([&](const Result<> &result) { flushed = result.has_value(); });
        QVERIFY(!flushed);
        QVERIFY(m_inbox.waitFor([&] { return flushed; }));
        QCOMPARE(log->waitingBytes(), std::uint64_t{0});
    }

    void loadingSeesUpdatesThatStillWait()
    {
        const auto log = open(waiting());
        const DocumentId id = *log->createDocument(document("notes"));
        log->append(id, "ann", {1});
        QVERIFY(log->flush());
        log->append(id, "ann", {2});
        std::optional<StoredDocument> stored;
        log->load(id, [&](Result<StoredDocument> result) { stored = std::move(*result); });
        QVERIFY(m_inbox.waitFor([&] { return stored.has_value(); }));
        QCOMPARE(stored->updates.size(), std::size_t{2});
        QCOMPARE(stored->updates[1].bytes, Bytes{2});
        QCOMPARE(stored->lastSeq, Seq{2});
    }

    void aDocumentOpensAsItsCheckpointAndTheUpdatesAfterIt()
    {
        DocumentId id{};
        {
            const auto log = open();
            id = *log->createDocument(document("notes"));
            for (std::uint8_t i = 1; i <= 10; ++i) {
                log->append(id, {}, {i});
            }
            log->writeCheckpoint(id, 8, {8, 8, 8});
            log->writeCheckpoint(id, 5, {5, 5, 5});
        }
        const auto log = open();
        const Result<StoredDocument> stored = log->load(id);
        QVERIFY(stored);
        QCOMPARE(stored->checkpointSeq, Seq{8});
        QCOMPARE(stored->checkpoint, (Bytes{8, 8, 8}));
        QCOMPARE(stored->updates.size(), std::size_t{2});
        QCOMPARE(stored->updates[0].seq, Seq{9});
        QCOMPARE(stored->lastSeq, Seq{10});
        QVERIFY(stored->damaged.empty());

        const Result<StoredDocument> whole = log->load(id, LoadFrom::Beginning);
        QVERIFY(whole);
        QCOMPARE(whole->checkpointSeq, Seq{8});
        QCOMPARE(whole->updates.size(), std::size_t{10});
        QCOMPARE(whole->updates[0].seq, Seq{1});
        QCOMPARE(whole->lastSeq, Seq{10});
        QVERIFY(whole->damaged.empty());
    }

    void whatCanBeUndoneIsKeptUntilItIsReplacedOrForgotten()
    {
        const StoredUndo first{1, m_clock.wallNow(), {1, 2}};
        const StoredUndo second{2, m_clock.wallNow() + 1s, {3}};
        DocumentId id{};
        {
            const auto log = open(waiting());
            id = *log->createDocument(document("notes"));
            log->append(id, {}, {1});
            log->append(id, {}, {2});
            QVERIFY(!log->load(id)->undo);
            log->putUndo(id, first);
            QVERIFY(log->load(id)->undo == first); // it still waits
            QVERIFY(log->flush());
            log->putUndo(id, second);
            QVERIFY(log->load(id)->undo == second);
        }
        const auto log = open(waiting());
        QVERIFY(log->load(id)->undo == second);
        log->putUndo(id, {2, m_clock.wallNow(), {}});
        QVERIFY(!log->load(id)->undo);
        QVERIFY(log->flush());
        QVERIFY(!log->load(id)->undo);
    }

    void theListOfDocumentsIsKept()
    {
        DocumentInfo notes = document("notes");
        DocumentInfo plan = document("plan");
        {
            const auto log = open();
            notes.id = *log->createDocument(notes);
            plan.id = *log->createDocument(plan);
            notes.address = "ws://127.0.0.1:1/notes";
            notes.identity = "identity";
            notes.created = notes.opened = m_clock.wallNow();
            notes.acknowledged = 7;
            notes.extra = "{\"a\":1}";
            plan.opened = m_clock.wallNow() + 1h;
            QVERIFY(log->updateDocument(notes));
            QVERIFY(log->updateDocument(plan));
            QCOMPARE(log->documents(), (std::vector<DocumentInfo>{plan, notes}));
        }
        const auto log = open();
        QCOMPARE(log->documents(), (std::vector<DocumentInfo>{plan, notes}));
        QCOMPARE(log->find(notes.id), std::optional(notes));
        QCOMPARE(log->findByKey("plan"), std::optional(plan));
        QCOMPARE(log->findByKey("none"), std::optional<DocumentInfo>());
    }

    void aKeyNamesOneDocument()
    {
        const auto log = open();
        DocumentInfo other = document("other");
        QVERIFY(log->createDocument(document("notes")));
        other.id = *log->createDocument(other);
        QVERIFY(log->createDocument(document("notes")).error().code == ErrorCode::Refused);
        other.key = "notes";
        QVERIFY(log->updateDocument(other).error().code == ErrorCode::Refused);
        other.key = "renamed";
        QVERIFY(log->updateDocument(other));
        QVERIFY(!log->findByKey("other"));
        QVERIFY(log->flush());
    }

    void aRemovedDocumentIsGoneAndItsIdIsNotUsedAgain()
    {
        DocumentId id{};
        {
            const auto log = open();
            id = *log->createDocument(document("notes"));
            log->append(id, {}, {1});
            log->writeCheckpoint(id, 1, {1});
            QVERIFY(log->removeDocument(id));
            QVERIFY(log->removeDocument(id).error().code == ErrorCode::NotFound);
            QCOMPARE(log->append(id, {}, {2}), Seq{0});
            QVERIFY(log->load(id).error().code == ErrorCode::NotFound);
        }
        const auto log = open();
        QVERIFY(log->documents().empty());
        const DocumentId next = *log->createDocument(document("notes"));
        QVERIFY(next > id);
        QVERIFY(log->load(next)->updates.empty());
        QVERIFY(log->load(next)->checkpoint.empty());
    }

    void nothingArrivesAfterTheLogIsGone()
    {
        bool arrived = false;
        {
            const auto log = open(waiting());
            const DocumentId id = *log->createDocument(document("notes"));
            log->append(id, {}, {1});
            log->flush([&](const Result<> &) { arrived = true; });
            QVERIFY(log->close());
        }
        bool last = false;
        m_inbox.executor()([&] { last = true; });
        QVERIFY(m_inbox.waitFor([&] { return last; }));
        QVERIFY(!arrived);
    }

    void aClosedLogRefusesToRead()
    {
        const auto log = open();
        const DocumentId id = *log->createDocument(document("notes"));
        QVERIFY(log->close());
        QVERIFY(log->close());
        QVERIFY(log->load(id).error().code == ErrorCode::Refused);
        QVERIFY(log->flush().error().code == ErrorCode::Refused);
    }

    void theFolderOfANewLogIsPrivate()
    {
        const std::filesystem::path folder =
            std::filesystem::path(m_directory->path().toStdString()) / "a" / "b";
        QVERIFY(Log::open(folder, m_clock));
        QCOMPARE(std::filesystem::status(folder).permissions(), std::filesystem::perms::owner_all);
    }

private:
    std::unique_ptr<Log> open(LogOptions options = {})
    {
        options.executor = m_inbox.executor();
        auto log = Log::open(m_directory->path().toStdString(), m_clock, std::move(options));
        if (!log) {
            qFatal("%s", log.error().message.c_str());
        }
        return std::move(*log);
    }

    ManualClock m_clock;
    Inbox m_inbox;
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_APPLESS_MAIN(LogTest)
#include "log_test.moc"
