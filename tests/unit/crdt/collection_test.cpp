// Conformance cases 28 to 30 of yjs-compat.md: what is collected, and what arrives afterwards.

#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

Q_DECLARE_METATYPE(cowrite::crdt::GarbageCollection)

class CollectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 28.
    void whatArrivesForADeletedTypeIsDeleted_data()
    {
        QTest::addColumn<GarbageCollection>("gc");
        QTest::addColumn<QList<QByteArray>>("updates");
        QTest::addColumn<QByteArray>("emitted");
        QTest::addColumn<QByteArray>("state");
        const QList<QByteArray> child{"01 01 01 00 27 01 01 6d 01 61 00 00", "00 01 01 01 00 01",
                                      "01 01 02 00 08 00 01 00 01 7d 01 00"};
        const QList<QByteArray> sibling{"01 02 01 00 27 01 01 6d 01 61 00 08 00 01 00 01 7d 01 00",
                                        "00 01 01 01 00 02", "01 01 02 00 88 01 01 01 7d 02 00"};
        QTest::newRow("its parent was collected: collected as well")
            << GarbageCollection::On << child << bytes("01 01 02 00 00 01 00")
            << bytes("02 01 02 00 00 01 01 01 00 21 01 01 6d 01 61 01 02 02 01 00 01 01 01 00 01");
        QTest::newRow("its parent was not collected: a deleted item")
            << GarbageCollection::Off << child
            << bytes("01 01 02 00 08 00 01 00 01 7d 01 01 02 01 00 01")
            << bytes("02 01 02 00 08 00 01 00 01 7d 01 01 01 00 27 01 01 6d 01 61 00 "
                     "02 02 01 00 01 01 01 00 01");
        QTest::newRow("its left neighbour was collected: collected as well")
            << GarbageCollection::On << sibling << bytes("01 01 02 00 00 01 00")
            << bytes("02 01 02 00 00 01 02 01 00 21 01 01 6d 01 61 01 00 01 "
                     "02 02 01 00 01 01 01 00 02");
        QTest::newRow("its left neighbour was not collected: a deleted item")
            << GarbageCollection::Off << sibling
            << bytes("01 01 02 00 88 01 01 01 7d 02 01 02 01 00 01")
            << bytes("02 01 02 00 88 01 01 01 7d 02 02 01 00 27 01 01 6d 01 61 00 "
                     "08 00 01 00 01 7d 01 02 02 01 00 01 01 01 00 02");
    }

    void whatArrivesForADeletedTypeIsDeleted()
    {
        QFETCH(GarbageCollection, gc);
        QFETCH(QList<QByteArray>, updates);
        QFETCH(QByteArray, emitted);
        Peer peer(9, gc);
        for (const QByteArray &update : updates) {
            peer.forgetEmitted();
            peer.apply(update.toStdString());
        }
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{emitted});
        QTEST(peer.state(), "state");
    }

    // Case 28: replicas with and without collection agree on what is visible and what is deleted.
    void replicasWithAndWithoutCollectionAgree()
    {
        Peer with(1);
        Peer without(2, GarbageCollection::Off);
        QVERIFY(with.map().set("a", NewArray{{Any(1)}}));
        exchange(with, without);
        QVERIFY(with.map().remove("a"));
        QVERIFY(Array(without.map().get("a")->type()).push({Any(2), NewMap{{{"x", Any(3)}}}}));
        exchange(with, without);
        VERIFY_SAME_REPLICAS(with.doc, without.doc);
        QVERIFY(with.state() != without.state());
    }

    // Case 29.
    void aParentThatIsNoTypeLeavesACollectedStruct()
    {
        Peer peer(9);
        peer.apply("01 01 01 00 04 01 01 74 02 61 62 00");
        peer.forgetEmitted();
        peer.apply("01 01 02 00 08 00 01 00 01 7d 05 00");
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 02 00 00 01 00"});
        QCOMPARE(peer.state(),
                 bytes("02 01 02 00 00 01 01 01 00 04 01 01 74 02 61 62 01 02 01 00 01"));
    }

    // Case 30.
    void aDeletedTypeKeepsItsPlaceAndItsChildrenAreCollected()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("a", NewArray{{Any(1)}}));
        QVERIFY(peer.map().remove("a"));
        QCOMPARE(peer.state(), bytes("01 02 01 00 21 01 01 6d 01 61 01 00 01 01 01 01 00 02"));
    }

    // Case 30: a map in a list, holding a text, a list, and a key that was set twice.
    void everythingBelowADeletedTypeIsDeleted()
    {
        Peer with(1);
        Peer without(2, GarbageCollection::Off);
        QVERIFY(with.array("l").push({NewMap{}}));
        Map map(with.array("l").get(0)->type());
        QVERIFY(map.set("t", NewText{u"hi"}));
        QVERIFY(map.set("n", NewArray{{Any(1), Any(2)}}));
        QVERIFY(map.set("k", Any(1)));
        QVERIFY(map.set("k", Any(2)));
        send(with, without);
        with.forgetEmitted();
        QVERIFY(with.array("l").remove(0, 1));
        QCOMPARE(with.takeEmitted(), QList<QByteArray>{"00 01 01 02 00 07 08 01"});
        QCOMPARE(with.state(), bytes("01 02 01 00 01 01 01 6c 01 00 08 01 01 01 00 09"));
        QVERIFY(map.isDeleted());
        QCOMPARE(map.size(), 0U);

        without.apply("00 01 01 02 00 07 08 01");
        QCOMPARE(without.state(),
                 bytes("01 07 01 00 07 01 01 6c 01 27 00 01 00 01 74 02 04 00 01 01 02 68 69 "
                       "27 00 01 00 01 6e 00 08 00 01 04 02 7d 01 7d 02 21 00 01 00 01 6b 01 "
                       "a8 01 07 01 7d 02 01 01 01 00 09"));
    }

    void editsThroughAHandleToADeletedTypeAreRefused()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("a", NewArray{{Any(1)}}));
        Array array(peer.map().get("a")->type());
        QVERIFY(peer.map().remove("a"));
        const QByteArray before = peer.state();
        const Result<void> refused = array.push({Any(2)});
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::NotFound);
        QCOMPARE(peer.state(), before);
    }

    void aValueLeftAliveBesideTheCurrentOneGoesWithItsMap()
    {
        // Client 2 anchors a value between the two that client 1 set as one run, which cuts the
        // run; then the map is deleted.
        Peer peer(3);
        peer.apply("02 01 02 00 a8 01 01 01 79 02 01 00 07 01 01 61 01 28 00 01 00 01 6b 02 79 78 "
                   "01 01 01 00 01");
        QCOMPARE(peer.array().length(), 0U);
    }
};

QTEST_APPLESS_MAIN(CollectionTest)
#include "collection_test.moc"
