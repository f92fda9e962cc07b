// Conformance cases 64, 67 and 69 of yjs-compat.md: what an undo manager can be asked to do.

#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

#include <functional>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;
using namespace std::chrono_literals;

namespace {

struct Editor {
    int caret = 0;
};
struct Importer {
    int line = 0;
};

/// Every change is a step of its own.
UndoManager::Options stepwise()
{
    UndoManager::Options options;
    options.captureTimeout = 0ms;
    return options;
}

} // namespace

class UndoOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allOfADocumentCanBeTheScope()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager undo(peer.doc, stepwise(), clock);
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(peer.map().set("k", Any(1)));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.map()), bytes("{}"));
        QVERIFY(undo.undo());
        QCOMPARE(string(peer.text()), QString());
        peer.doc.transact([] {}); // Changes nothing, and so leaves what can be redone.
        QVERIFY(!undo.canUndo());
        QVERIFY(undo.redo());
        QCOMPARE(string(peer.text()), QStringLiteral("a"));
    }

    void theScopeCanGrow()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager undo(peer.doc, {peer.text()}, stepwise(), clock);
        QVERIFY(peer.map().set("before", Any(1)));
        QVERIFY(!undo.canUndo());
        undo.addToScope(peer.map());
        QVERIFY(peer.map().set("after", Any(1)));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.map()), bytes(R"({"before":1})"));
        QVERIFY(!undo.canUndo());
    }

    // Case 64.
    void trackedOriginsComeAndGo()
    {
        Peer peer(1);
        ManualClock clock;
        const Editor editor;
        UndoManager undo(peer.doc, {peer.text()}, stepwise(), clock);
        const auto type = [&] {
            peer.doc.transact([&] { QVERIFY(peer.text().insert(0, u"x")); }, Origin::of(&editor));
        };
        type();
        QVERIFY(!undo.canUndo());
        undo.addTrackedOrigin(Origin::of(&editor));
        undo.addTrackedOrigin(Origin::of(&editor));
        type();
        QVERIFY(undo.undo());
        undo.removeTrackedOrigin(Origin::of(&editor));
        type();
        QVERIFY(!undo.canUndo());
        QVERIFY(undo.canRedo()); // Nor does it count as a new edit.
    }

    // Case 64.
    void originsAreTrackedByTheirType()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager::Options options = stepwise();
        options.trackedOrigins.clear();
        options.trackedOriginTypes = {typeid(Editor)};
        UndoManager undo(peer.doc, {peer.text()}, options, clock);
        const Editor one;
        const Editor other;
        const Importer importer;
        peer.doc.transact([&] { QVERIFY(peer.text().insert(0, u"1")); }, Origin::of(&one));
        peer.doc.transact([&] { QVERIFY(peer.text().insert(1, u"2")); }, Origin::of(&other));
        peer.doc.transact([&] { QVERIFY(peer.text().insert(2, u"3")); }, Origin::of(&importer));
        QVERIFY(peer.text().insert(3, u"4"));
        QVERIFY(undo.undo());
        QCOMPARE(string(peer.text()), QStringLiteral("134"));
        QVERIFY(undo.undo());
        QCOMPARE(string(peer.text()), QStringLiteral("34"));
        QVERIFY(!undo.canUndo());
    }

    void transactionsCanBeLeftOut()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager::Options options = stepwise();
        options.captureTransaction = [](const Transaction &transaction) {
            return transaction.deletions().empty();
        };
        UndoManager undo(peer.doc, {peer.text()}, options, clock);
        QVERIFY(peer.text().insert(0, u"ab"));
        QVERIFY(peer.text().remove(0, 1));
        QVERIFY(undo.undo());
        QCOMPARE(string(peer.text()), QString());
        QVERIFY(!undo.canRedo()); // It is asked about undo's own transaction as well.
    }

    void whatAFilterProtectsIsNotDeleted()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager::Options options = stepwise();
        std::vector<UndoDeletion> asked;
        options.deleteFilter = [&](const UndoDeletion &deletion) {
            asked.push_back(deletion);
            return !deletion.type;
        };
        UndoManager undo(peer.doc, {peer.array(), peer.map()}, options, clock);
        QVERIFY(peer.array().push({NewText{u"hi"}, Any(1), Any(2)}));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.array()), bytes(R"([[]])"));
        QCOMPARE(asked.size(), std::size_t{3});
        QVERIFY(asked[0].id == (Id{1, 3}));
        QCOMPARE(asked[0].length, 2U);
        QVERIFY(asked[0].parent == peer.array());
        QVERIFY(!asked[0].key);
        QVERIFY(asked[1].parent == peer.array().get(0)->type());
        QVERIFY(asked[2].type == peer.array().get(0)->type());

        asked.clear();
        QVERIFY(peer.map().set("k", NewMap{}));
        QVERIFY(!undo.undo()); // A step that may do nothing is none.
        QCOMPARE(json(peer.map()), bytes(R"({"k":{}})"));
        QVERIFY(asked[0].key == std::optional<std::string>("k"));
    }

    // Case 67.
    void aRemoteValueOfAKeyIsReplacedIfAsked()
    {
        Peer peer(1);
        Peer remote(2);
        ManualClock clock;
        UndoManager::Options options = stepwise();
        options.ignoreRemoteMapChanges = true;
        UndoManager undo(peer.doc, {peer.map()}, options, clock);
        QVERIFY(peer.map().set("k", Any("one")));
        QVERIFY(peer.map().set("k", Any("two")));
        exchange(peer, remote);
        QVERIFY(remote.map().set("k", Any("remote")));
        exchange(peer, remote);
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.map()), bytes(R"({"k":"one"})"));
        QCOMPARE(peer.state(),
                 bytes("02 01 02 00 a8 01 01 01 77 06 72 65 6d 6f 74 65 03 01 00 28 01 01 6d "
                       "01 6b 01 77 03 6f 6e 65 a1 01 00 01 a8 02 00 01 77 03 6f 6e 65 "
                       "02 02 01 00 01 01 01 00 02"));
        QVERIFY(undo.canRedo());
    }

    void stepsTellWhoChangedWhat()
    {
        Peer peer(1);
        ManualClock clock;
        const Editor editor;
        UndoManager undo(peer.doc, {peer.text(), peer.map()}, stepwise(), clock);
        undo.addTrackedOrigin(Origin::of(&editor));
        std::vector<UndoManager::StepEvent> events;
        const auto note = [&](const UndoStep &, const UndoManager::StepEvent &event) {
            events.push_back(event);
        };
        const Subscription added = undo.stepAdded.connect(note);
        const Subscription popped = undo.stepPopped.connect(note);
        peer.doc.transact(
            [&] {
                QVERIFY(peer.text().insert(0, u"a"));
                QVERIFY(peer.map().set("k", Any(1)));
            },
            Origin::of(&editor));
        QVERIFY(undo.undo());
        QCOMPARE(events.size(), std::size_t{3});
        const std::vector<SharedType> both{peer.text(), peer.map()};
        QVERIFY(events[0].kind == UndoManager::StepKind::Undo);
        QVERIFY(events[0].origin == Origin::of(&editor));
        QVERIFY(events[0].changedTypes == both);
        QVERIFY(events[1].kind == UndoManager::StepKind::Redo);
        QVERIFY(events[1].origin == undo.origin());
        QVERIFY(events[2].kind == UndoManager::StepKind::Undo);
        QVERIFY(events[2].origin == undo.origin());
        QCOMPARE(events[2].changedTypes.size(), std::size_t{2});
    }

    void stacksAreClearedOneByOneAndSaySo()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager undo(peer.doc, {peer.text()}, stepwise(), clock);
        std::vector<UndoManager::Stacks> cleared;
        const Subscription watching =
            undo.cleared.connect([&](UndoManager::Stacks which) { cleared.push_back(which); });
        using Stacks = UndoManager::Stacks;
        const auto fill = [&] {
            QVERIFY(peer.text().insert(0, u"a"));
            QVERIFY(peer.text().insert(0, u"b"));
            QVERIFY(undo.undo());
        };
        undo.clear(); // Nothing there, nothing said.
        fill();
        undo.clear(Stacks::Redo);
        QVERIFY(undo.canUndo() && !undo.canRedo());
        undo.clear(Stacks::Redo);
        fill();
        undo.clear(Stacks::Undo);
        QVERIFY(!undo.canUndo() && undo.canRedo());
        QVERIFY(peer.text().insert(0, u"c")); // Clears what could be redone.
        QVERIFY(undo.undo());
        undo.clear();
        QVERIFY(!undo.canUndo() && !undo.canRedo());
        QVERIFY(cleared == (std::vector{Stacks::Redo, Stacks::Undo, Stacks::Redo, Stacks::Both}));
    }

    void managersOfOneDocumentUndoTheirOwn()
    {
        Peer peer(1);
        ManualClock clock;
        const Editor editor;
        UndoManager::Options options = stepwise();
        UndoManager plain(peer.doc, {peer.text()}, options, clock);
        options.trackedOrigins = {Origin::of(&editor)};
        UndoManager edits(peer.doc, {peer.text()}, options, clock);
        QVERIFY(peer.text().insert(0, u"a"));
        peer.doc.transact([&] { QVERIFY(peer.text().insert(0, u"b")); }, Origin::of(&editor));
        QVERIFY(peer.text().remove(0, 2));
        // Not there any more, but it was the step's.
        QVERIFY(!edits.undo());
        QVERIFY(plain.undo());
        QCOMPARE(string(peer.text()), QStringLiteral("ba"));
        QVERIFY(!edits.redo());
        QVERIFY(plain.undo());
        QCOMPARE(string(peer.text()), QStringLiteral("b"));
        QVERIFY(plain.redo());
        QCOMPARE(string(peer.text()), QStringLiteral("ba"));
    }

    void severalOwnersKeepSomethingWithAStep()
    {
        Peer peer(1);
        ManualClock clock;
        const Editor one{1};
        const Editor other{2};
        UndoManager undo(peer.doc, {peer.text()}, stepwise(), clock);
        const auto keepCaret = [&](const Editor &editor) {
            return undo.stepAdded.connect([&](UndoStep &step, const UndoManager::StepEvent &) {
                step.meta[&editor] = editor.caret;
            });
        };
        const Subscription first = keepCaret(one);
        const Subscription second = keepCaret(other);
        std::vector<int> carets;
        const Subscription popped =
            undo.stepPopped.connect([&](const UndoStep &step, const UndoManager::StepEvent &) {
                carets = {std::any_cast<int>(step.meta.at(&one)),
                          std::any_cast<int>(step.meta.at(&other))};
            });
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(undo.undo());
        QVERIFY(carets == (std::vector{1, 2}));
    }
};

QTEST_APPLESS_MAIN(UndoOptionsTest)
#include "undo_options_test.moc"
