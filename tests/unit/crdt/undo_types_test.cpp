// Conformance cases 68 and 69 of yjs-compat.md: undo of nested types and of formats, and what is
// kept for it.

#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;
using namespace std::chrono_literals;

class UndoTypesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 68.
    void undoingTheDeletionOfATypeRestoresWhatWasInIt()
    {
        Peer peer(1);
        ManualClock clock;
        UndoManager undo(peer.doc, {peer.map()}, {0ms}, clock);
        QVERIFY(peer.map().set("l", NewArray{}));
        Array list(peer.map().get("l")->type());
        QVERIFY(list.push({Any(1)}));
        QVERIFY(list.push({NewMap{}}));
        QVERIFY(Map(list.get(1)->type()).set("t", NewText{u"hi"}));
        const QByteArray content = json(peer.map());
        QVERIFY(peer.map().remove("l"));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.map()), content);
        QCOMPARE(peer.state(),
                 bytes("01 0a 01 00 27 01 01 6d 01 6c 00 08 00 01 00 01 7d 01 87 01 01 01 "
                       "27 00 01 02 01 74 02 04 00 01 03 02 68 69 a7 01 00 00 08 00 01 06 01 7d 01 "
                       "87 01 07 01 27 00 01 08 01 74 02 04 00 01 09 02 68 69 01 01 01 00 06"));
        Peer reader(2);
        send(peer, reader);
        QCOMPARE(json(reader.map()), content);

        QVERIFY(undo.redo());
        QCOMPARE(json(peer.map()), bytes("{}"));
        QVERIFY(undo.undo());
        QCOMPARE(peer.state(),
                 bytes("01 0f 01 00 27 01 01 6d 01 6c 00 08 00 01 00 01 7d 01 87 01 01 01 "
                       "27 00 01 02 01 74 02 04 00 01 03 02 68 69 a7 01 00 00 08 00 01 06 01 7d 01 "
                       "87 01 07 01 27 00 01 08 01 74 02 04 00 01 09 02 68 69 a7 01 06 00 "
                       "08 00 01 0c 01 7d 01 87 01 0d 01 27 00 01 0e 01 74 02 04 00 01 0f 02 68 69 "
                       "01 01 01 00 0c"));
        send(peer, reader);
        VERIFY_SAME_REPLICAS(peer.doc, reader.doc);
    }

    // Case 68.
    void formatsAreUndoneAndRestoredAsTheMarkersTheyAre()
    {
        Peer peer(1);
        ManualClock clock;
        QVERIFY(peer.text().insert(0, u"abcdef"));
        UndoManager undo(peer.doc, {peer.text()}, {0ms}, clock);
        QVERIFY(peer.text().format(1, 3, kBold));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.text()), bytes(R"([{"insert":"abcdef"}])"));
        QCOMPARE(peer.state(),
                 bytes("01 05 01 00 04 01 01 74 01 61 84 01 00 03 62 63 64 84 01 03 02 65 66 "
                       "c6 01 00 01 01 04 62 6f 6c 64 04 74 72 75 65 "
                       "c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c 01 01 01 06 02"));
        const auto bold = bytes(
            R"([{"insert":"a"},{"insert":"bcd","attributes":{"bold":true}},{"insert":"ef"}])");
        QVERIFY(undo.redo());
        QCOMPARE(json(peer.text()), bold);
        QVERIFY(peer.text().remove(0, 6));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.text()), bold);
        QCOMPARE(peer.state(),
                 bytes("01 0c 01 00 04 01 01 74 01 61 84 01 00 03 62 63 64 84 01 03 02 65 66 "
                       "c6 01 00 01 01 04 62 6f 6c 64 04 74 72 75 65 "
                       "c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c "
                       "c6 01 00 01 06 04 62 6f 6c 64 04 74 72 75 65 "
                       "c6 01 03 01 07 04 62 6f 6c 64 04 6e 75 6c 6c "
                       "44 01 00 01 61 c4 01 06 01 01 03 62 63 64 c4 01 07 01 04 02 65 66 "
                       "c6 01 00 01 08 04 62 6f 6c 64 04 74 72 75 65 "
                       "c6 01 03 01 09 04 62 6f 6c 64 04 6e 75 6c 6c 01 01 01 00 0a"));
    }

    // Case 68: Yjs goes wrong here. An old tombstone's copy stands left of what was typed behind
    // it; as a right neighbour it would contradict the left one, and peers would disagree.
    void aRestoredTypeHasTheOrderThatOthersSee()
    {
        Peer peer(100);
        ManualClock clock;
        QVERIFY(peer.array().push({NewArray{{Any(1), NewText{u"in a list"}, Any("x")}}}));
        Array inner(peer.array().get(0)->type());
        Text text(inner.get(1)->type());
        UndoManager undo(peer.doc, {peer.array()}, {0ms}, clock);
        peer.doc.transact([&] {
            QVERIFY(text.format(5, 1, {{"link", Any("a")}}));
            QVERIFY(text.remove(3, 6));
        });
        QVERIFY(undo.undo());
        QVERIFY(text.insert(3, u"qe"));
        QVERIFY(text.insert(10, u"i"));
        QVERIFY(inner.remove(0, 2));
        QVERIFY(undo.undo());
        QCOMPARE(json(peer.array()), bytes(R"([[1,[{"insert":"in qea lisit"}],"x"]])"));
        Peer reader(5);
        send(peer, reader);
        QCOMPARE(json(reader.array()), json(peer.array()));
        VERIFY_SAME_REPLICAS(peer.doc, reader.doc);
    }

    // Case 68: what a peer brought with the empty origin is tracked as well, here a `div` with an
    // attribute, formatted text and a hook.
    void undoRestoresXmlWithAllThatIsInIt()
    {
        Peer peer(9);
        ManualClock clock;
        UndoManager undo(peer.doc, {0ms}, clock);
        const auto applyTracked = [&](std::string_view digits) {
            QVERIFY(codec::applyUpdate(peer.doc, hex(digits), Origin{}));
        };
        applyTracked("01 07 01 00 07 01 01 70 03 03 64 69 76 07 00 01 00 06 04 00 01 01 01 7a "
                     "87 01 01 05 02 68 6b 28 00 01 00 02 69 64 01 77 01 37 "
                     "46 01 02 01 62 04 74 72 75 65 86 01 02 01 62 04 6e 75 6c 6c 00");
        applyTracked("00 01 01 01 00 07");
        QVERIFY(undo.undo());
        const std::string first = "47 01 00 03 03 64 69 76 07 00 09 00 06 04 00 09 01 01 7a "
                                  "87 09 01 05 02 68 6b 28 00 09 00 02 69 64 01 77 01 37 "
                                  "46 09 02 01 62 04 74 72 75 65 86 09 02 01 62 04 6e 75 6c 6c ";
        const std::string original = "07 01 00 07 01 01 70 03 03 64 69 76 07 00 01 00 06 "
                                     "04 00 01 01 01 7a 87 01 01 05 02 68 6b 28 00 01 00 02 69 64 "
                                     "01 77 01 37 46 01 02 01 62 04 74 72 75 65 "
                                     "86 01 02 01 62 04 6e 75 6c 6c ";
        QCOMPARE(peer.state(), bytes("02 07 09 00 " + first + original + "01 01 01 00 07"));
        QVERIFY(undo.redo());
        QVERIFY(undo.undo());
        QCOMPARE(peer.state(),
                 bytes("02 0e 09 00 " + first +
                       "47 09 00 03 03 64 69 76 07 00 09 07 06 04 00 09 08 01 7a "
                       "87 09 08 05 02 68 6b 28 00 09 07 02 69 64 01 77 01 37 "
                       "46 09 09 01 62 04 74 72 75 65 86 09 09 01 62 04 6e 75 6c 6c " +
                       original + "02 09 01 00 07 01 01 00 07"));
    }

    void undoRestoresASubdocumentWithItsOptions()
    {
        Peer peer(9);
        ManualClock clock;
        UndoManager undo(peer.doc, {peer.map()}, {0ms}, clock);
        const std::string options = "02 67 31 76 02 08 61 75 74 6f 4c 6f 61 64 78 "
                                    "04 6d 65 74 61 76 01 01 78 7d 01 ";
        QVERIFY(codec::applyUpdate(peer.doc, hex("01 01 01 00 29 01 01 6d 01 73 " + options + "00"),
                                   Origin{}));
        QVERIFY(peer.map().remove("s"));
        QVERIFY(undo.undo());
        QCOMPARE(peer.state(), bytes("02 01 09 00 a9 01 00 " + options +
                                     "01 01 00 29 01 01 6d 01 73 " + options + "01 01 01 00 01"));
    }

    // Case 69.
    void whatAStepDeletedIsKeptAndCollectedOnlyWhenDeletedAgain()
    {
        Peer peer(1);
        ManualClock clock;
        QVERIFY(peer.text().insert(0, u"abc"));
        UndoManager undo(peer.doc, {peer.text()}, {0ms}, clock);
        QVERIFY(peer.text().remove(1, 1));
        const auto kept = bytes("01 03 01 00 04 01 01 74 01 61 84 01 00 01 62 84 01 01 01 63 "
                                "01 01 01 01 01");
        QCOMPARE(peer.state(), kept);
        undo.clear();
        QVERIFY(!undo.canUndo());
        QCOMPARE(peer.state(), kept);
        QVERIFY(peer.text().remove(0, 1));
        // "a" and "b" merge: one is kept, and so are both.
        QCOMPARE(peer.state(), bytes("01 02 01 00 04 01 01 74 02 61 62 84 01 01 01 63 "
                                     "01 01 01 00 02"));
    }

    // Case 69: the tombstones of a deleted type are collected with it once nothing keeps them.
    void whatWasKeptIsCollectedWithTheTypeAroundIt()
    {
        Peer peer(1);
        ManualClock clock;
        QVERIFY(peer.map().set("t", NewText{u"abc"}));
        {
            UndoManager undo(peer.doc, {peer.map()}, {0ms}, clock);
            QVERIFY(Text(peer.map().get("t")->type()).remove(1, 1));
            undo.clear();
        }
        QVERIFY(peer.map().remove("t"));
        QCOMPARE(peer.state(), bytes("01 02 01 00 21 01 01 6d 01 74 01 00 03 01 01 01 00 04"));
    }
};

QTEST_APPLESS_MAIN(UndoTypesTest)
#include "undo_types_test.moc"
