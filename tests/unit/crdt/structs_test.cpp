// Conformance cases 11 to 16 of yjs-compat.md: values of structs, split pairs, merging.

#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

class StructsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 11.
    void aMapItemOfThreeElementsReadsAsItsLast()
    {
        const auto update = "01 01 01 00 28 01 01 6d 01 61 03 7d 01 7d 02 7d 03 00";
        Peer peer(2);
        peer.apply(update);
        QCOMPARE(json(peer.map()), bytes(R"({"a":3})"));
        QCOMPARE(peer.state(), QByteArray(update));
    }

    // Case 11: where such an item comes from.
    void overwrittenValuesOfOneKeyMergeIntoOneItemWithoutCollection()
    {
        Peer peer(1, GarbageCollection::Off);
        for (int value = 1; value <= 3; ++value)
            QVERIFY(peer.map().set("a", Any(value)));
        QVERIFY(peer.map().remove("a"));
        QCOMPARE(peer.state(),
                 bytes("01 01 01 00 28 01 01 6d 01 61 03 7d 01 7d 02 7d 03 01 01 01 00 03"));
        QVERIFY(!peer.map().has("a"));
    }

    // Case 12.
    void aKeyedItemWithAnOriginTakesItsKeyFromIt()
    {
        const auto update = "01 02 01 00 21 01 01 6d 01 6b 01 a8 01 00 01 77 01 78 01 01 01 00 01";
        Peer peer(2);
        peer.apply(update);
        QCOMPARE(json(peer.map()), bytes(R"({"k":"x"})"));
        QCOMPARE(peer.state(), QByteArray(update));

        Peer writer(1);
        QVERIFY(writer.map().set("k", Any(1)));
        QVERIFY(writer.map().set("k", Any("x")));
        QCOMPARE(writer.state(), QByteArray(update));
    }

    // Case 13.
    void anEmptyRootNameAndAnEmptyKeyAreNames()
    {
        const auto update = "01 01 01 00 28 01 00 00 01 7d 01 00";
        Peer reader(2);
        reader.apply(update);
        QCOMPARE(json(reader.map("")), bytes(R"({"":1})"));
        Peer writer(1);
        QVERIFY(writer.map("").set("", Any(1)));
        QCOMPARE(writer.state(), QByteArray(update));
    }

    // Case 14.
    void aCutPairBecomesTwoReplacementCharacters_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("removed");
        QTest::addColumn<QString>("inserted");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("state");

        QTest::newRow("insert between the halves")
            << 2 << 0 << QStringLiteral("X") << QStringLiteral(u"a\uFFFDX\uFFFDb")
            << bytes("01 03 01 00 04 01 01 74 04 61 ef bf bd 84 01 01 04 ef bf bd 62 "
                     "c4 01 01 01 02 01 58 00");
        QTest::newRow("delete the low half")
            << 2 << 1 << QString() << QStringLiteral(u"a\uFFFDb")
            << bytes("01 03 01 00 04 01 01 74 04 61 ef bf bd 81 01 01 01 84 01 02 01 62 "
                     "01 01 01 02 01");
        QTest::newRow("delete the high half")
            << 1 << 1 << QString() << QStringLiteral(u"a\uFFFDb")
            << bytes("01 03 01 00 04 01 01 74 01 61 81 01 00 01 84 01 01 04 ef bf bd 62 "
                     "01 01 01 01 01");
        QTest::newRow("delete the low half and what follows")
            << 2 << 2 << QString() << QStringLiteral(u"a\uFFFD")
            << bytes("01 02 01 00 04 01 01 74 04 61 ef bf bd 81 01 01 02 01 01 01 02 02");
    }

    void aCutPairBecomesTwoReplacementCharacters()
    {
        QFETCH(int, offset);
        QFETCH(int, removed);
        QFETCH(QString, inserted);
        const auto at = static_cast<std::uint32_t>(offset);
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"a\U0001F600b"));
        QVERIFY(peer.text().remove(at, static_cast<std::uint32_t>(removed)));
        QVERIFY(peer.text().insert(at, inserted.toStdU16String()));
        QTEST(string(peer.text()), "text");
        QTEST(peer.state(), "state");

        Peer other(2);
        send(peer, other);
        QTEST(string(other.text()), "text");
        VERIFY_SAME_REPLICAS(peer.doc, other.doc);
    }

    // Case 14: another writer's origin, and a delete set, cut pairs as well.
    void aPairIsCutByWhatOthersReferTo_data()
    {
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("an origin within the pair")
            << bytes("01 01 05 00 84 01 01 01 59 00") << QStringLiteral(u"a\uFFFD\uFFFDbY")
            << bytes("02 01 05 00 84 01 01 01 59 01 01 00 04 01 01 74 08 "
                     "61 ef bf bd ef bf bd 62 00");
        QTest::newRow("a deletion of the low half")
            << bytes("00 01 01 01 02 01") << QStringLiteral(u"a\uFFFDb")
            << bytes("01 03 01 00 04 01 01 74 04 61 ef bf bd 81 01 01 01 84 01 02 01 62 "
                     "01 01 01 02 01");
    }

    void aPairIsCutByWhatOthersReferTo()
    {
        QFETCH(QByteArray, update);
        const auto base = "01 01 01 00 04 01 01 74 06 61 f0 9f 98 80 62 00";
        Peer after(2);
        after.apply(base);
        after.apply(update.toStdString());
        QTEST(string(after.text()), "text");
        QTEST(after.state(), "state");

        Peer before(3);
        before.apply(update.toStdString());
        before.apply(base);
        QTEST(string(before.text()), "text");
        VERIFY_SAME_REPLICAS(before.doc, after.doc);
    }

    // Case 15.
    void aTailFromWithinAPairBeginsWithAReplacementCharacter()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"a\U0001F600b"));
        StateVector known;
        known.set(1, 2);
        QCOMPARE(peer.state(known), bytes("01 01 01 02 84 01 01 04 ef bf bd 62 00"));
        QCOMPARE(string(peer.text()), QStringLiteral(u"a\U0001F600b"));
    }

    // Case 16.
    void typingCharacterByCharacterGivesOneItem()
    {
        Peer peer(1);
        for (const char16_t unit : {u'a', u'b', u'c'})
            QVERIFY(peer.text().insert(peer.text().length(), {&unit, 1}));
        QCOMPARE(peer.state(), bytes("01 01 01 00 04 01 01 74 03 61 62 63 00"));
        QCOMPARE(peer.takeEmitted(), (QList<QByteArray>{"01 01 01 00 04 01 01 74 01 61 00",
                                                        "01 01 01 01 84 01 00 01 62 00",
                                                        "01 01 01 02 84 01 01 01 63 00"}));
    }

    // Case 16.
    void prependedCharactersDoNotMerge()
    {
        Peer peer(1);
        for (const char16_t unit : {u'a', u'b', u'c'})
            QVERIFY(peer.text().insert(0, {&unit, 1}));
        QCOMPARE(peer.state(),
                 bytes("01 03 01 00 04 01 01 74 01 61 44 01 00 01 62 44 01 01 01 63 00"));
    }

    // Case 16.
    void pushedValuesGiveOneItem()
    {
        Peer peer(1);
        for (const Any &value : {Any(1), Any(2), Any("x")})
            QVERIFY(peer.array().push({value}));
        QCOMPARE(peer.state(), bytes("01 01 01 00 08 01 01 61 03 7d 01 7d 02 77 01 78 00"));
    }

    // Case 16.
    void deletedNeighboursMerge()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abcd"));
        QVERIFY(peer.text().remove(1, 1));
        QVERIFY(peer.text().remove(1, 1));
        QCOMPARE(peer.state(), bytes("01 03 01 00 04 01 01 74 01 61 81 01 00 02 84 01 02 01 64 "
                                     "01 01 01 01 02"));
    }

    // Case 16.
    void deletedNeighboursThatWereRedoneDoNotMerge()
    {
        Peer peer(1);
        ManualClock clock;
        QVERIFY(peer.text().insert(0, u"abcd"));
        UndoManager undo(peer.doc, {peer.text()}, {std::chrono::milliseconds(0)}, clock);
        QVERIFY(peer.text().remove(1, 1));
        QVERIFY(peer.text().remove(1, 1));
        QVERIFY(undo.undo());
        QCOMPARE(peer.state(), bytes("01 05 01 00 04 01 01 74 01 61 84 01 00 01 62 84 01 01 01 63 "
                                     "84 01 02 01 64 c4 01 01 01 02 01 63 01 01 01 01 02"));
        QVERIFY(undo.undo());
        QCOMPARE(peer.state(), bytes("01 06 01 00 04 01 01 74 01 61 84 01 00 01 62 84 01 01 01 63 "
                                     "84 01 02 01 64 c4 01 01 01 02 01 63 c4 01 00 01 01 01 62 "
                                     "01 01 01 01 02"));
    }
};

QTEST_APPLESS_MAIN(StructsTest)
#include "structs_test.moc"
