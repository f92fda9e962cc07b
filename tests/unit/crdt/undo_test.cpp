// Conformance cases 63 to 69 of yjs-compat.md: undo and redo.

#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

#include <memory>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;
using namespace std::chrono_literals;

namespace {

/// A peer with an undo manager; every change is a step of its own unless `timeout` says otherwise.
struct Undoer : Peer {
    explicit Undoer(ClientId client, std::vector<Origin> tracked = {Origin{}},
                    std::chrono::milliseconds timeout = 0ms)
        : Peer(client), options{timeout, std::move(tracked)}
    {}

    /// From now on changes of `scope` are captured.
    void watch(const SharedType &scope)
    {
        manager =
            std::make_unique<UndoManager>(doc, std::vector<SharedType>{scope}, options, clock);
    }

    UndoManager::Options options;
    ManualClock clock;
    std::unique_ptr<UndoManager> manager;
};

} // namespace

class UndoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoWithinATransactionIsRefused()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"a"));
        peer.doc.transact([&] { QVERIFY(!peer.manager->undo()); });
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QString());
    }

    void whatAnObserverUndoesCanBeRedone()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        bool undone = false;
        const Subscription undoing = peer.doc.committed.connect([&](const Transaction &) {
            if (!std::exchange(undone, true)) {
                QVERIFY(peer.manager->undo());
            }
        });
        QVERIFY(peer.text().insert(0, u"a"));
        QCOMPARE(string(peer.text()), QString());
        QVERIFY(!peer.manager->canUndo());
        QVERIFY(peer.manager->redo());
        QCOMPARE(string(peer.text()), QStringLiteral("a"));
    }

    // Case 63.
    void quickChangesAreOneStep()
    {
        Undoer peer(1, {Origin{}}, 500ms);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"a"));
        peer.clock.advance(499ms);
        QVERIFY(peer.text().insert(1, u"b"));
        peer.clock.advance(499ms); // Counted from the last change, not from the first.
        QVERIFY(peer.text().insert(2, u"c"));
        peer.clock.advance(500ms);
        QVERIFY(peer.text().insert(3, u"d"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QStringLiteral("abc"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QString());
        QVERIFY(!peer.manager->undo());
        QVERIFY(!peer.manager->canUndo());
    }

    // Case 63.
    void aStepEndsWhenCapturingIsStopped()
    {
        Undoer peer(1, {Origin{}}, 500ms);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"a"));
        peer.manager->stopCapturing();
        QVERIFY(peer.text().insert(1, u"b"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QStringLiteral("a"));
    }

    // Case 63.
    void aNewEditClearsWhatCouldBeRedone()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(peer.manager->undo());
        QVERIFY(peer.manager->canRedo());
        QVERIFY(peer.text().insert(0, u"z"));
        QVERIFY(!peer.manager->canRedo());
        QVERIFY(!peer.manager->redo());
        QCOMPARE(string(peer.text()), QStringLiteral("z"));
    }

    void ownersLearnOfStepsAndKeepWhatTheyPutThere()
    {
        Undoer peer(1, {Origin{}}, 500ms);
        peer.watch(peer.text());
        QStringList events;
        const Subscription added = peer.manager->stepAdded.connect(
            [&](UndoStep &step, const UndoManager::StepEvent &event) {
                step.meta[&peer] = std::string("caret");
                events += event.kind == UndoManager::StepKind::Undo ? QStringLiteral("undo added")
                                                                    : QStringLiteral("redo added");
            });
        const Subscription updated =
            peer.manager->stepUpdated.connect([&](UndoStep &, const UndoManager::StepEvent &) {
                events += QStringLiteral("updated");
            });
        std::string meta;
        const Subscription popped = peer.manager->stepPopped.connect(
            [&](const UndoStep &step, const UndoManager::StepEvent &) {
                meta = std::any_cast<std::string>(step.meta.at(&peer));
                events += QStringLiteral("popped: ") + string(peer.text());
            });
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(peer.text().insert(1, u"b"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(events, (QStringList{QStringLiteral("undo added"), QStringLiteral("updated"),
                                      QStringLiteral("redo added"), QStringLiteral("popped: ")}));
        QCOMPARE(meta, std::string("caret"));
    }

    // Case 64.
    void onlyTrackedOriginsAreUndone()
    {
        int me = 0;
        Undoer peer(1, {Origin::of(&me)});
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(!peer.manager->canUndo());
        peer.doc.transact([&] { QVERIFY(peer.text().insert(1, u"b")); }, Origin::of(&me));
        peer.apply("01 01 02 00 04 01 01 74 01 52 00");
        QCOMPARE(string(peer.text()), QStringLiteral("abR"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QStringLiteral("aR"));
        QVERIFY(!peer.manager->undo());
    }

    // Case 64.
    void plainEditsAreTrackedByDefaultAndRemoteOnesAreNot()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        peer.apply("01 01 02 00 04 01 01 74 01 52 00");
        QVERIFY(!peer.manager->canUndo());
        QVERIFY(peer.text().insert(1, u"a"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QStringLiteral("R"));
    }

    void changesOutsideTheScopeAreNotCaptured()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        QVERIFY(peer.map().set("k", Any(1)));
        QVERIFY(!peer.manager->canUndo());
    }

    // Case 65.
    void undoAndRedoEmitWhatYjsEmits()
    {
        Undoer peer(1);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"hello"));
        QVERIFY(peer.text().remove(1, 3));
        peer.forgetEmitted();
        QVERIFY(peer.manager->undo());
        QVERIFY(peer.manager->redo());
        QVERIFY(peer.manager->undo());
        QCOMPARE(
            peer.takeEmitted(),
            (QList<QByteArray>{"01 01 01 05 c4 01 00 01 01 03 65 6c 6c 00", "00 01 01 01 05 03",
                               "01 01 01 08 c4 01 00 01 05 03 65 6c 6c 00"}));
        QCOMPARE(string(peer.text()), QStringLiteral("hello"));
        QCOMPARE(peer.state(),
                 bytes("01 05 01 00 04 01 01 74 01 68 84 01 00 03 65 6c 6c 84 01 03 01 6f "
                       "c4 01 00 01 01 03 65 6c 6c c4 01 00 01 05 03 65 6c 6c "
                       "01 01 02 01 03 05 03"));
    }

    // Case 65.
    void fourRoundsOfUndoAndRedoConverge()
    {
        Undoer peer(1);
        Peer reader(2);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"one "));
        QVERIFY(peer.text().insert(4, u"two"));
        QVERIFY(peer.text().remove(1, 4));
        for (int round = 0; round < 4; ++round) {
            while (peer.manager->undo())
                exchange(peer, reader);
            QCOMPARE(string(reader.text()), QString());
            while (peer.manager->redo())
                exchange(peer, reader);
            QCOMPARE(string(reader.text()), QStringLiteral("owo"));
            VERIFY_SAME_REPLICAS(peer.doc, reader.doc);
        }
    }

    // Case 66.
    void undoingADeletionKeepsRemoteTextWhereItIs()
    {
        Undoer peer(1);
        Peer remote(2);
        QVERIFY(peer.text().insert(0, u"abcd"));
        exchange(peer, remote);
        peer.watch(peer.text());
        QVERIFY(peer.text().remove(1, 2));
        QVERIFY(remote.text().insert(2, u"XX"));
        exchange(peer, remote);
        QCOMPARE(string(peer.text()), QStringLiteral("aXXd"));
        QVERIFY(peer.manager->undo());
        exchange(peer, remote);
        QCOMPARE(string(remote.text()), QStringLiteral("abXXcd"));
        VERIFY_SAME_REPLICAS(peer.doc, remote.doc);
        QCOMPARE(peer.state(),
                 bytes("02 01 02 00 c4 01 01 01 02 02 58 58 06 01 00 04 01 01 74 01 61 "
                       "84 01 00 01 62 84 01 01 01 63 84 01 02 01 64 c4 01 00 01 01 01 62 "
                       "c4 02 01 01 02 01 63 01 01 01 01 02"));
    }

    // Case 66: the way round.
    void undoingAnInsertionLeavesRemoteTextInsideIt()
    {
        Undoer peer(1);
        Peer remote(2);
        peer.watch(peer.text());
        QVERIFY(peer.text().insert(0, u"abcd"));
        exchange(peer, remote);
        QVERIFY(remote.text().insert(2, u"XX"));
        exchange(peer, remote);
        QVERIFY(peer.manager->undo());
        QCOMPARE(string(peer.text()), QStringLiteral("XX"));
        QVERIFY(peer.manager->redo());
        exchange(peer, remote);
        QCOMPARE(string(peer.text()), QStringLiteral("abXXcd"));
        VERIFY_SAME_REPLICAS(peer.doc, remote.doc);
    }

    // Case 67.
    void aRemoteValueOfAKeyIsNotUndone()
    {
        Undoer peer(1);
        Peer remote(2);
        peer.watch(peer.map());
        QVERIFY(peer.map().set("k", Any("one")));
        QVERIFY(peer.map().set("k", Any("two")));
        exchange(peer, remote);
        QVERIFY(remote.map().set("k", Any("remote")));
        exchange(peer, remote);
        QVERIFY(!peer.manager->undo());
        QCOMPARE(json(peer.map()), bytes(R"({"k":"remote"})"));
        QVERIFY(!peer.manager->canUndo());
    }

    // Case 67.
    void ownValuesOfAKeyComeBackOneByOne()
    {
        Undoer peer(1);
        peer.watch(peer.map());
        QVERIFY(peer.map().set("k", Any("one")));
        QVERIFY(peer.map().set("k", Any("two")));
        QVERIFY(peer.map().remove("k"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(json(peer.map()), bytes(R"({"k":"two"})"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(json(peer.map()), bytes(R"({"k":"one"})"));
        QVERIFY(peer.manager->undo());
        QCOMPARE(json(peer.map()), bytes("{}"));
        QVERIFY(peer.manager->redo());
        QVERIFY(peer.manager->redo());
        QCOMPARE(peer.state(),
                 bytes("01 06 01 00 28 01 01 6d 01 6b 01 77 03 6f 6e 65 a8 01 00 01 77 03 74 77 6f "
                       "a8 01 01 01 77 03 74 77 6f a8 01 02 01 77 03 6f 6e 65 "
                       "a8 01 03 01 77 03 6f 6e 65 a8 01 04 01 77 03 74 77 6f 01 01 01 00 05"));
    }
};

QTEST_APPLESS_MAIN(UndoTest)
#include "undo_test.moc"
