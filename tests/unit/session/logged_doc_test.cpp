#include "libsync/session/log/logged_doc.h"

#include "libsync/codec/update_codec.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// A log with one document, and the replica on it.
class Fixture : public QObject {
public:
    Fixture() { open(); }

    void open()
    {
        store::LogOptions options;
        options.executor = [this](std::function<void()> function) {
            QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
        };
        auto opened = store::Log::open(m_folder.path().toStdString(), m_clock, std::move(options));
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        log = std::move(*opened);
        m_committed = log->committed().connect([this](store::DocumentId, store::Seq seq) {
            if (logged) {
                logged->onCommitted(seq);
            }
        });
        const auto known = log->findByKey("doc");
        id = known ? known->id : createDocument();
        logged = std::make_unique<LoggedDoc>(
            *log, id, m_rng, [](const crdt::Transaction &) { return std::string("author"); });
    }

    /// As when the program ends and starts again.
    void reopen()
    {
        logged.reset();
        log.reset();
        open();
        QSignalSpy loaded(logged.get(), &LoggedDoc::loaded);
        logged->load();
        QTRY_COMPARE(loaded.size(), 1);
    }

    /// The place of the checkpoint in the log.
    store::Seq checkpointSeq() { return log->load(id)->checkpointSeq; }

    crdt::Text text() { return *logged->doc().text("content"); }

    std::unique_ptr<store::Log> log;
    store::DocumentId id{};
    std::unique_ptr<LoggedDoc> logged;

private:
    store::DocumentId createDocument()
    {
        store::DocumentInfo info;
        info.key = "doc";
        return log->createDocument(info).value();
    }

    QTemporaryDir m_folder;
    ManualClock m_clock;
    SeededRng m_rng{5};
    Subscription m_committed;
};

} // namespace

class LoggedDocTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyChangeIsInTheLogBeforeAnybodyHears();
    void changesOfOthersAreLoggedToo();
    void whatWasWrittenIsThereAgain();
    void aLongLogIsReadInSlicesAndThenKeptShort();
    void aLargeStateIsReadTheSame();
    void updatesThatWaitForOthersSurvive();
    void rowsThatCannotBeReadAreReportedEachTime();
    void aMissingDocumentIsReported();
};

void LoggedDocTest::everyChangeIsInTheLogBeforeAnybodyHears()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    store::Seq heard = 0;
    const Subscription subscription = fixture.logged->changed.connect(
        [&](ByteView update, store::Seq seq, const crdt::Transaction &transaction) {
            QVERIFY(!update.empty());
            QVERIFY(transaction.isLocal());
            QCOMPARE(fixture.log->lastSeq(fixture.id), seq);
            heard = seq;
        });
    QSignalSpy committed(fixture.logged.get(), &LoggedDoc::committed);
    QVERIFY(fixture.text().insert(0, u"a").has_value());
    QCOMPARE(heard, store::Seq(1));
    QCOMPARE(fixture.logged->committedSeq(), store::Seq(0));
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(fixture.logged->committedSeq(), store::Seq(1));
    // A transaction that changes nothing leaves nothing.
    QVERIFY(fixture.text().remove(1, 5).has_value());
    QCOMPARE(fixture.logged->lastSeq(), store::Seq(1));
}

void LoggedDocTest::changesOfOthersAreLoggedToo()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    SeededRng rng(9);
    crdt::Doc other(rng);
    QVERIFY(other.text("content")->insert(0, u"theirs").has_value());
    const Bytes update = codec::encodeStateAsUpdate(other);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(codec::applyUpdate(fixture.logged->doc(), update, crdt::Origin::of(&other))
                    .has_value());
    }
    QCOMPARE(fixture.logged->lastSeq(), store::Seq(1));
    fixture.reopen();
    QCOMPARE(fixture.text().toString(), std::u16string(u"theirs"));
    QCOMPARE(fixture.logged->loadedUpdatesBy("author", 0), std::uint64_t(1));
    QCOMPARE(fixture.logged->loadedUpdatesBy("author", 1), std::uint64_t(0));
    QCOMPARE(fixture.logged->loadedUpdatesBy("nobody", 0), std::uint64_t(0));
}

void LoggedDocTest::whatWasWrittenIsThereAgain()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    QVERIFY(fixture.text().insert(0, u"hello").has_value());
    QVERIFY(fixture.text().remove(0, 1).has_value());
    const crdt::StateVector state = fixture.logged->doc().stateVector();
    const crdt::DeleteSet deleted = fixture.logged->doc().deleteSet();
    fixture.reopen();
    QVERIFY(fixture.logged->isLoaded());
    QCOMPARE(fixture.text().toString(), std::u16string(u"ello"));
    QVERIFY(fixture.logged->doc().stateVector() == state);
    QVERIFY(fixture.logged->doc().deleteSet() == deleted);
    QCOMPARE(fixture.logged->lastSeq(), store::Seq(2));
    QCOMPARE(fixture.logged->committedSeq(), store::Seq(2));
    // Loading appends nothing, and writing goes on.
    QVERIFY(fixture.text().insert(0, u"H").has_value());
    QCOMPARE(fixture.logged->lastSeq(), store::Seq(3));
}

void LoggedDocTest::aLongLogIsReadInSlicesAndThenKeptShort()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    std::u16string expected;
    for (int i = 0; i < 12'000; ++i) {
        const auto at = static_cast<std::uint32_t>(i * 7919 % (i + 1));
        const char16_t letter = static_cast<char16_t>(u'a' + i % 26);
        QVERIFY(fixture.text().insert(at, std::u16string(1, letter)).has_value());
        expected.insert(at, 1, letter);
    }
    fixture.reopen();
    QCOMPARE(fixture.text().toString(), expected);
    QTRY_COMPARE(fixture.checkpointSeq(), store::Seq(12'000));
    fixture.reopen();
    QCOMPARE(fixture.text().toString(), expected);
    QCOMPARE(fixture.logged->loadedCheckpointSeq(), store::Seq(12'000));
    QCOMPARE(fixture.logged->loadedUpdatesBy("author", 0), std::uint64_t(0));
}

void LoggedDocTest::aLargeStateIsReadTheSame()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    const std::u16string page(400, u'p');
    for (int i = 0; i < 5'000; ++i) {
        QVERIFY(fixture.text().insert(0, page).has_value());
    }
    QTRY_COMPARE(fixture.checkpointSeq(), store::Seq(5'000));
    QVERIFY(fixture.text().insert(0, u"after it").has_value());
    fixture.reopen();
    QCOMPARE(fixture.logged->loadedCheckpointSeq(), store::Seq(5'000));
    QCOMPARE(fixture.text().length(), 2'000'008u);
    QCOMPARE(fixture.text().substring(0, 9), std::u16string(u"after itp"));
}

void LoggedDocTest::updatesThatWaitForOthersSurvive()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    SeededRng rng(9);
    crdt::Doc other(rng);
    std::vector<Bytes> updates;
    const Subscription subscription =
        codec::observeUpdates(other, [&](ByteView update, const crdt::Transaction &) {
            updates.emplace_back(update.begin(), update.end());
        });
    QVERIFY(other.text("content")->insert(0, u"one").has_value());
    QVERIFY(other.text("content")->insert(3, u" two").has_value());
    QVERIFY(codec::applyUpdate(fixture.logged->doc(), updates[1], crdt::Origin::of(&other))
                .has_value());
    fixture.logged->logPending(updates[1]);
    fixture.reopen();
    QVERIFY(fixture.logged->doc().hasPending());
    QVERIFY(codec::applyUpdate(fixture.logged->doc(), updates[0], crdt::Origin::of(&other))
                .has_value());
    QCOMPARE(fixture.text().toString(), std::u16string(u"one two"));
}

void LoggedDocTest::rowsThatCannotBeReadAreReportedEachTime()
{
    Fixture fixture;
    fixture.logged->setLoaded();
    fixture.log->append(fixture.id, "author", {0xff, 0xff});
    for (int i = 0; i < 6'000; ++i) {
        QVERIFY(fixture.text().insert(static_cast<std::uint32_t>(i), u"x").has_value());
        if (i == 10) {
            fixture.reopen();
            QCOMPARE(fixture.logged->damagedRows(), 1);
        }
    }
    fixture.reopen();
    QCOMPARE(fixture.logged->damagedRows(), 1);
    QCOMPARE(fixture.logged->loadedCheckpointSeq(), store::Seq(0));
    QCOMPARE(fixture.text().length(), 6'000u);
}

void LoggedDocTest::aMissingDocumentIsReported()
{
    Fixture fixture;
    QVERIFY(fixture.log->removeDocument(fixture.id).has_value());
    QSignalSpy failed(fixture.logged.get(), &LoggedDoc::loadFailed);
    fixture.logged->load();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!failed.first().first().toString().isEmpty());
    QVERIFY(!fixture.logged->isLoaded());
}

QTEST_GUILESS_MAIN(LoggedDocTest)
#include "logged_doc_test.moc"
