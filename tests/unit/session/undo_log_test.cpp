// What can be undone after the document was closed, or its program killed, and opened again.

#include "libsync/session/log/undo_log.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/log/logged_doc.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

enum class End { Close, Crash };

/// A log with one document that is written in.
class Writer : public QObject {
public:
    Writer() { open(); }

    /// Ends the program and starts it again. A crash loses what waits to be stored.
    void reopen(End end)
    {
        if (end == End::Close) {
            undoLog->store();
        }
        logged.reset();
        undoLog.reset();
        undo.reset();
        m_log.reset();
        open();
    }

    [[nodiscard]] QString text() const
    {
        return QString::fromStdU16String(logged->doc().text("content")->toString());
    }

    /// A step of its own.
    void type(std::uint32_t at, const std::u16string &inserted)
    {
        edit([&](crdt::Text content) { return content.insert(at, inserted); });
    }
    void remove(std::uint32_t at, std::uint32_t length)
    {
        edit([&](crdt::Text content) { return content.remove(at, length); });
    }

    /// Somebody else's edit, as it comes over the network.
    template <class Edit>
    void hear(Edit edit)
    {
        crdt::Doc other(m_rng);
        const crdt::StateVector known = logged->doc().stateVector();
        QVERIFY(codec::applyUpdate(other, codec::encodeStateAsUpdate(logged->doc()), {}));
        QVERIFY(edit(*other.text("content")));
        QVERIFY(codec::applyUpdate(logged->doc(), codec::encodeStateAsUpdate(other, known),
                                   crdt::Origin::of(&other)));
    }

    /// Many edits that are no steps.
    void writeUntilCheckpoint()
    {
        crdt::Text content = *logged->doc().text("content");
        for (int edits = 0; edits < 5'000; ++edits) {
            QVERIFY(content.insert(content.length(), u"."));
        }
        QTRY_VERIFY(stored().checkpointSeq > 0);
    }

    [[nodiscard]] store::StoredDocument stored() { return *m_log->load(m_id); }
    /// What is in the last checkpoint, deleted or not.
    [[nodiscard]] bool checkpointHolds(const char *word)
    {
        const Bytes bytes = stored().checkpoint;
        return std::string(bytes.begin(), bytes.end()).find(word) != std::string::npos;
    }
    store::Log &log() { return *m_log; }
    [[nodiscard]] store::DocumentId id() const { return m_id; }

    ManualClock clock;
    std::unique_ptr<TextUndo> undo;
    std::unique_ptr<UndoLog> undoLog;
    std::unique_ptr<LoggedDoc> logged;

private:
    void open()
    {
        store::LogOptions options;
        options.executor = [this](std::function<void()> function) {
            QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
        };
        auto opened = store::Log::open(m_folder.path().toStdString(), clock, std::move(options));
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        m_log = std::move(*opened);
        const auto known = m_log->findByKey("doc");
        store::DocumentInfo info;
        info.key = "doc";
        m_id = known ? known->id : *m_log->createDocument(info);
        logged = std::make_unique<LoggedDoc>(
            *m_log, m_id, m_rng, [](const crdt::Transaction &transaction) {
                return std::string(transaction.isLocal() ? "me" : "");
            });
        undo = std::make_unique<TextUndo>(*logged->doc().root("content", crdt::TypeKind::Untyped),
                                          clock);
        undo->track(crdt::Origin::of(this));
        undoLog = std::make_unique<UndoLog>(UndoLog::Context{*m_log, m_id, "me", clock}, *undo);
        logged->setUndo(undoLog.get());
        QSignalSpy loaded(logged.get(), &LoggedDoc::loaded);
        logged->load();
        QTRY_COMPARE(loaded.size(), 1);
    }

    template <class Edit>
    void edit(Edit edit)
    {
        clock.advance(1s);
        undo->breakStep();
        undo->setSelectionBefore({0, 0});
        QVERIFY(logged->doc().transact([&] { return edit(*logged->doc().text("content")); },
                                       crdt::Origin::of(this)));
        // What is stored at once is stored in the next turn.
        QCoreApplication::processEvents();
    }

    QTemporaryDir m_folder;
    SystemRng m_rng;
    std::unique_ptr<store::Log> m_log;
    store::DocumentId m_id{};
};

} // namespace

class UndoLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenAndUndoneIsKnownAfterARestart_data();
    void whatWasWrittenAndUndoneIsKnownAfterARestart();
    void aDeletedTextComesBackAfterACheckpoint();
    void whatOthersWroteInBetweenStays();
    void editsThatWereNotStoredBeforeACrashBecomeSteps();
    void whatWasUndoneJustBeforeACrashDoesNotComeBackTwice();
    void nobodyElsesEditBecomesAStep();
    void aDayLaterNothingIsUndoneAndNothingIsKept();
    void whatCannotBeReadIsForgotten_data();
    void whatCannotBeReadIsForgotten();
    void whatIsOlderThanTheCheckpointIsForgotten();
    void thatNothingCanBeUndoneIsNotStored();
    void theOldestStepsGoWhenThereAreTooMany();
};

void UndoLogTest::whatWasWrittenAndUndoneIsKnownAfterARestart_data()
{
    QTest::addColumn<int>("end");
    QTest::newRow("closed") << static_cast<int>(End::Close);
    QTest::newRow("killed") << static_cast<int>(End::Crash);
}

void UndoLogTest::whatWasWrittenAndUndoneIsKnownAfterARestart()
{
    QFETCH(int, end);
    Writer writer;
    writer.type(0, u"one");
    writer.type(3, u" two");
    writer.remove(0, 4);
    writer.undo->undo();
    writer.undoLog->store();
    writer.reopen(static_cast<End>(end));
    QCOMPARE(writer.text(), QStringLiteral("one two"));
    QSignalSpy selection(writer.undo.get(), &TextUndo::selectionRestored);
    writer.undo->redo();
    QCOMPARE(writer.text(), QStringLiteral("two"));
    writer.undo->undo();
    writer.undo->undo();
    QCOMPARE(writer.text(), QStringLiteral("one"));
    QVERIFY(!selection.isEmpty());
    writer.reopen(End::Close);
    writer.undo->undo();
    QCOMPARE(writer.text(), QString());
    QVERIFY(!writer.undo->canUndo());
}

void UndoLogTest::aDeletedTextComesBackAfterACheckpoint()
{
    Writer writer;
    writer.hear([](crdt::Text text) { return text.insert(0, u"theirs mine"); });
    writer.remove(0, 7);
    writer.writeUntilCheckpoint();
    QVERIFY(writer.checkpointHolds("theirs"));
    writer.reopen(End::Crash);
    QVERIFY(writer.text().startsWith(QStringLiteral("mine")));
    writer.undo->undo();
    QVERIFY(writer.text().startsWith(QStringLiteral("theirs mine")));
}

void UndoLogTest::whatOthersWroteInBetweenStays()
{
    Writer writer;
    writer.type(0, u"abcdef");
    writer.hear([](crdt::Text text) { return text.insert(3, u"XY"); });
    writer.remove(1, 6);
    QCOMPARE(writer.text(), QStringLiteral("af"));
    writer.reopen(End::Close);
    writer.hear([](crdt::Text text) { return text.insert(1, u"Z"); });
    writer.undo->undo();
    QString letters = writer.text();
    std::sort(letters.begin(), letters.end());
    QCOMPARE(letters, QStringLiteral("XYZabcdef"));
    writer.undo->undo();
    letters = writer.text();
    std::sort(letters.begin(), letters.end());
    QCOMPARE(letters, QStringLiteral("XYZ"));
}

void UndoLogTest::editsThatWereNotStoredBeforeACrashBecomeSteps()
{
    Writer writer;
    writer.type(0, u"one");
    QTRY_VERIFY(writer.stored().undo);
    writer.type(3, u" two");
    writer.type(7, u" three");
    writer.remove(0, 4);
    QCOMPARE(writer.stored().undo->seq, store::Seq{1});
    writer.reopen(End::Crash);
    QCOMPARE(writer.text(), QStringLiteral("two three"));
    for (const char *expected : {"one two three", "one two", "one", ""}) {
        writer.undo->undo();
        QCOMPARE(writer.text(), QLatin1String(expected));
    }
    QVERIFY(!writer.undo->canUndo());
}

void UndoLogTest::whatWasUndoneJustBeforeACrashDoesNotComeBackTwice()
{
    Writer writer;
    writer.type(0, u"abc");
    writer.remove(0, 2);
    writer.undoLog->store();
    writer.undo->undo();
    QCOMPARE(writer.text(), QStringLiteral("abc"));
    writer.reopen(End::Crash);
    QCOMPARE(writer.text(), QStringLiteral("abc"));
    writer.undo->undo(); // the undoing
    QCOMPARE(writer.text(), QStringLiteral("c"));
    writer.undo->undo(); // the removal
    QCOMPARE(writer.text(), QStringLiteral("abc"));
    writer.undo->undo();
    QCOMPARE(writer.text(), QString());
}

void UndoLogTest::nobodyElsesEditBecomesAStep()
{
    Writer writer;
    writer.type(0, u"mine");
    QTRY_VERIFY(writer.stored().undo);
    writer.hear([](crdt::Text text) { return text.insert(0, u"theirs "); });
    writer.type(11, u"!");
    writer.reopen(End::Crash);
    writer.undo->undo();
    writer.undo->undo();
    QCOMPARE(writer.text(), QStringLiteral("theirs "));
    QVERIFY(!writer.undo->canUndo());
}

void UndoLogTest::aDayLaterNothingIsUndoneAndNothingIsKept()
{
    Writer writer;
    writer.type(0, u"secret word");
    writer.remove(0, 7);
    writer.undoLog->store();
    writer.clock.advance(23h);
    writer.reopen(End::Close);
    QVERIFY(writer.undo->canUndo());
    writer.clock.advance(2h);
    writer.reopen(End::Close);
    QVERIFY(!writer.undo->canUndo());
    QTRY_VERIFY(!writer.stored().undo);
    writer.writeUntilCheckpoint();
    QVERIFY(writer.checkpointHolds("word"));
    QVERIFY(!writer.checkpointHolds("secret"));
}

void UndoLogTest::whatCannotBeReadIsForgotten_data()
{
    QTest::addColumn<Bytes>("bytes");
    QTest::newRow("nothing that makes sense") << Bytes{1, 200, 3, 4};
    QTest::newRow("a newer version") << Bytes{2, 0};
    QTest::newRow("another text") << encodeSteps({"other", {}, {}, {}});
    QTest::newRow("cut off") << Bytes{1, 7, 'c', 'o', 'n', 't', 'e', 'n', 't', 1, 5, 0};
    // Units of nobody; a unit that came back as itself.
    crdt::UndoStep step;
    step.insertions.add(5, {1'000, 70});
    step.deletions.add(5, {0, 4'000'000'000});
    step.deletionOrder = {5, 6, 5};
    QTest::newRow("strange units")
        << encodeSteps({"content", {encodeStep(step, nullptr)}, {}, {{{5, 0}, 3, {6, 2}}}});
    QTest::newRow("a circle") << encodeSteps(
        {"content", {encodeStep(step, nullptr)}, {}, {{{5, 0}, 3, {6, 2}}, {{6, 4}, 2, {5, 1}}}});
}

void UndoLogTest::whatCannotBeReadIsForgotten()
{
    QFETCH(Bytes, bytes);
    Writer writer;
    writer.type(0, u"one");
    writer.undoLog->store();
    writer.log().putUndo(writer.id(), {writer.logged->lastSeq(), writer.clock.wallNow(), bytes});
    writer.reopen(End::Crash);
    QCOMPARE(writer.text(), QStringLiteral("one"));
    QCOMPARE(writer.logged->damagedRows(), 0);
    writer.undo->undo();
    QCOMPARE(writer.text(), QStringLiteral("one"));
    writer.type(3, u" two");
    writer.reopen(End::Close);
    writer.undo->undo();
    QCOMPARE(writer.text(), QStringLiteral("one"));
}

void UndoLogTest::whatIsOlderThanTheCheckpointIsForgotten()
{
    Writer writer;
    writer.type(0, u"one");
    writer.undoLog->store();
    const store::StoredUndo old = *writer.stored().undo;
    writer.type(3, u" two");
    writer.undoLog->store();
    writer.log().writeCheckpoint(writer.id(), 2, codec::encodeStateAsUpdate(writer.logged->doc()));
    writer.log().putUndo(writer.id(), old);
    writer.reopen(End::Crash);
    QCOMPARE(writer.text(), QStringLiteral("one two"));
    QVERIFY(!writer.undo->canUndo());
}

void UndoLogTest::thatNothingCanBeUndoneIsNotStored()
{
    Writer writer;
    writer.hear([](crdt::Text text) { return text.insert(0, u"theirs"); });
    writer.reopen(End::Close);
    QVERIFY(!writer.stored().undo);
}

void UndoLogTest::theOldestStepsGoWhenThereAreTooMany()
{
    Writer writer;
    for (char16_t letter = u'a'; letter <= u'z'; ++letter) {
        writer.type(0, {letter});
    }
    const std::size_t all = writer.undo->toBytes(1'000'000).size();
    const Bytes half = writer.undo->toBytes(all / 2);
    QVERIFY(half.size() < all * 2 / 3);
    writer.undoLog->store();
    writer.log().putUndo(writer.id(), {writer.logged->lastSeq(), writer.clock.wallNow(), half});
    writer.reopen(End::Crash);
    QVERIFY(writer.undo->canUndo());
    while (writer.undo->canUndo()) {
        writer.undo->undo();
    }
    const QString left = writer.text();
    QVERIFY(left.size() > 8 && left.size() < 18);
    QVERIFY(left.endsWith(u'a'));
}

QTEST_GUILESS_MAIN(UndoLogTest)
#include "undo_log_test.moc"
