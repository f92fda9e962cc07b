// Conformance cases 18 to 22 of yjs-compat.md: where concurrent items go.

#include "tests/unit/crdt/peer.h"

#include <algorithm>
#include <array>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

/// The conformance vector of yjs-compat 3.2 as it is merged, and its parts: "xy", then six
/// concurrent inserts between its units.
const auto kMergedVector =
    "05 01 05 00 c4 02 00 01 01 01 44 01 04 00 84 01 00 01 43 02 03 00 c4 01 00 01 01 01 42 "
    "c4 01 00 03 00 01 62 02 02 00 c4 01 00 01 01 01 41 c4 01 00 02 00 01 61 "
    "01 01 00 04 01 01 74 02 78 79 00";
const std::array<const char *, 7> kVector{
    "01 01 01 00 04 01 01 74 02 78 79 00", "01 01 05 00 c4 02 00 01 01 01 44 00",
    "01 01 04 00 84 01 00 01 43 00",       "01 01 03 00 c4 01 00 01 01 01 42 00",
    "01 01 03 01 c4 01 00 03 00 01 62 00", "01 01 02 00 c4 01 00 01 01 01 41 00",
    "01 01 02 01 c4 01 00 02 00 01 61 00"};

} // namespace

class IntegrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 18: "xy" first, as in the specification, and then also delivered at any time.
    void sixConcurrentInsertsConvergeInEveryDeliveryOrder()
    {
        Peer merged(100);
        merged.apply(kMergedVector);
        QCOMPARE(string(merged.text()), QStringLiteral("xaADbByC"));

        std::array<Bytes, kVector.size()> updates;
        std::transform(kVector.begin(), kVector.end(), updates.begin(),
                       [](const char *digits) { return hex(digits); });
        std::array<int, kVector.size()> order{0, 1, 2, 3, 4, 5, 6};
        int orders = 0;
        do {
            Peer peer(100);
            for (const int i : order)
                peer.apply(updates.at(static_cast<std::size_t>(i)));
            QCOMPARE(string(peer.text()), QStringLiteral("xaADbByC"));
            VERIFY_SAME_REPLICAS(peer.doc, merged.doc);
            ++orders;
        } while (std::next_permutation(order.begin(), order.end()));
        QCOMPARE(orders, 5040);
    }

    // Case 19.
    void theSmallerClientGoesLeftAtTheSameRoot()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.text().insert(0, u"A"));
        QVERIFY(b.text().insert(0, u"B"));
        exchange(a, b);
        QCOMPARE(string(a.text()), QStringLiteral("AB"));
        QCOMPARE(a.state(), bytes("02 01 02 00 04 01 01 74 01 42 01 01 00 04 01 01 74 01 41 00"));
        QCOMPARE(b.state(), a.state());
    }

    // Case 19.
    void theSmallerClientGoesLeftBetweenTheSameNeighbours()
    {
        Peer origin(9);
        Peer a(1);
        Peer b(2);
        QVERIFY(origin.text().insert(0, u"xy"));
        send(origin, a);
        send(origin, b);
        QVERIFY(a.text().insert(1, u"A"));
        QVERIFY(b.text().insert(1, u"B"));
        exchange(a, b);
        QCOMPARE(string(a.text()), QStringLiteral("xABy"));
        QCOMPARE(a.state(),
                 bytes("03 02 09 00 04 01 01 74 01 78 84 09 00 01 79 "
                       "01 02 00 c4 09 00 09 01 01 42 01 01 00 c4 09 00 09 01 01 41 00"));
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
    }

    // Case 19.
    void runsTypedForwardsDoNotInterleave()
    {
        Peer a(1);
        Peer b(2);
        for (std::uint32_t i = 0; i < 3; ++i) {
            const char16_t left = static_cast<char16_t>(u'a' + i);
            const char16_t right = static_cast<char16_t>(u'X' + i);
            QVERIFY(a.text().insert(i, {&left, 1}));
            QVERIFY(b.text().insert(i, {&right, 1}));
        }
        exchange(a, b);
        QCOMPARE(string(a.text()), QStringLiteral("abcXYZ"));
        QCOMPARE(a.state(), bytes("02 01 02 00 04 01 01 74 03 58 59 5a "
                                  "01 01 00 04 01 01 74 03 61 62 63 00"));
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
    }

    // Case 19.
    void runsTypedBackwardsDoNotInterleave()
    {
        Peer a(1);
        Peer b(2);
        for (std::uint32_t i = 0; i < 3; ++i) {
            const char16_t left = static_cast<char16_t>(u'a' + i);
            const char16_t right = static_cast<char16_t>(u'X' + i);
            QVERIFY(a.text().insert(0, {&left, 1}));
            QVERIFY(b.text().insert(0, {&right, 1}));
        }
        exchange(a, b);
        QCOMPARE(string(b.text()), QStringLiteral("cbaZYX"));
        QCOMPARE(a.state(), bytes("02 03 02 00 04 01 01 74 01 58 44 02 00 01 59 44 02 01 01 5a "
                                  "03 01 00 04 01 01 74 01 61 44 01 00 01 62 44 01 01 01 63 00"));
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
    }

    // Case 20.
    void theLargerClientWinsAnEmptyKey()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.map().set("k", Any("a")));
        QVERIFY(b.map().set("k", Any("b")));
        exchange(a, b);
        QCOMPARE(json(a.map()), bytes(R"({"k":"b"})"));
        const auto state = bytes("02 01 02 00 28 01 01 6d 01 6b 01 77 01 62 "
                                 "01 01 00 21 01 01 6d 01 6b 01 01 01 01 00 01");
        QCOMPARE(a.state(), state);
        QCOMPARE(b.state(), state);
    }

    // Case 20.
    void aChainOfValuesCountsAsOne_data()
    {
        QTest::addColumn<int>("setsOfNine");
        QTest::addColumn<int>("setsOfFive");
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("the winner wrote three times")
            << 3 << 1
            << bytes("02 02 09 00 21 01 01 6d 01 6b 02 a8 09 01 01 77 02 6e 32 "
                     "01 05 00 21 01 01 6d 01 6b 01 02 09 01 00 02 05 01 00 01");
        QTest::newRow("the loser wrote three times")
            << 1 << 3
            << bytes("02 01 09 00 28 01 01 6d 01 6b 01 77 02 6e 30 "
                     "01 05 00 21 01 01 6d 01 6b 03 01 05 01 00 03");
    }

    void aChainOfValuesCountsAsOne()
    {
        QFETCH(int, setsOfNine);
        QFETCH(int, setsOfFive);
        Peer nine(9);
        Peer five(5);
        for (int i = 0; i < setsOfNine; ++i)
            QVERIFY(nine.map().set("k", Any("n" + std::to_string(i))));
        for (int i = 0; i < setsOfFive; ++i)
            QVERIFY(five.map().set("k", Any("f" + std::to_string(i))));
        exchange(nine, five);
        QTEST(nine.state(), "state");
        QCOMPARE(json(five.map()), json(nine.map()));
        VERIFY_SAME_REPLICAS(nine.doc, five.doc);
    }

    // Case 20.
    void settingWinsOverConcurrentRemoval()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.map().set("k", Any(1)));
        exchange(a, b);
        QVERIFY(b.map().remove("k"));
        QVERIFY(a.map().set("k", Any(2)));
        exchange(a, b);
        QCOMPARE(json(b.map()), bytes(R"({"k":2})"));
        QCOMPARE(a.state(), bytes("01 02 01 00 21 01 01 6d 01 6b 01 a8 01 00 01 7d 02 "
                                  "01 01 01 00 01"));
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
    }

    // Case 20.
    void threeClientsOnOneKeyConvergeInEveryOrder()
    {
        std::array<Bytes, 3> updates;
        for (std::size_t i = 0; i < updates.size(); ++i) {
            Peer writer(i + 1);
            QVERIFY(writer.map().set("k", Any(static_cast<double>(i + 1))));
            updates.at(i) = codec::encodeStateAsUpdate(writer.doc);
        }
        std::array<std::size_t, 3> order{0, 1, 2};
        do {
            Peer peer(7);
            for (const std::size_t i : order)
                peer.apply(updates.at(i));
            QCOMPARE(json(peer.map()), bytes(R"({"k":3})"));
            QCOMPARE(peer.state(),
                     bytes("03 01 03 00 28 01 01 6d 01 6b 01 7d 03 "
                           "01 02 00 21 01 01 6d 01 6b 01 01 01 00 21 01 01 6d 01 6b 01 "
                           "02 02 01 00 01 01 01 00 01"));
        } while (std::next_permutation(order.begin(), order.end()));
    }

    // Case 21.
    void aValueThatArrivesLeftOfTheCurrentOneIsDeleted()
    {
        Peer peer(7);
        peer.apply("01 01 02 00 28 01 01 6d 01 6b 01 7d 02 00");
        peer.forgetEmitted();
        peer.apply("01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00");
        QCOMPARE(json(peer.map()), bytes(R"({"k":2})"));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 01 01 00 21 01 01 6d 01 6b 01 01 01 01 00 01"});
        QCOMPARE(peer.state(), bytes("02 01 02 00 28 01 01 6d 01 6b 01 7d 02 "
                                     "01 01 00 21 01 01 6d 01 6b 01 01 01 01 00 01"));
    }

    // Case 22.
    void onlyTheUnknownPartOfAStructIsTaken_data()
    {
        QTest::addColumn<QByteArray>("known");
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<QByteArray>("emitted");
        const QByteArray ab = "01 01 01 00 04 01 01 74 02 61 62 00";
        QTest::newRow("text") << ab << bytes("01 01 01 00 04 01 01 74 04 61 62 63 64 00")
                              << bytes("01 01 01 00 04 01 01 74 04 61 62 63 64 00")
                              << bytes("01 01 01 02 84 01 01 02 63 64 00");
        QTest::newRow("text cut within a pair")
            << ab << bytes("01 01 01 00 04 01 01 74 06 61 f0 9f 98 80 63 00")
            << bytes("01 01 01 00 04 01 01 74 06 61 62 ef bf bd 63 00")
            << bytes("01 01 01 02 84 01 01 04 ef bf bd 63 00");
        QTest::newRow("text whose beginning is deleted here")
            << bytes("01 01 01 00 01 01 01 74 02 01 01 01 00 02")
            << bytes("01 01 01 00 04 01 01 74 04 61 62 63 64 00")
            << bytes("01 02 01 00 01 01 01 74 02 84 01 01 02 63 64 01 01 01 00 02")
            << bytes("01 01 01 02 84 01 01 02 63 64 00");
        QTest::newRow("values") << bytes("01 01 01 00 08 01 01 61 02 7d 01 7d 02 00")
                                << bytes("01 01 01 00 08 01 01 61 04 7d 01 7d 02 7d 03 7d 04 00")
                                << bytes("01 01 01 00 08 01 01 61 04 7d 01 7d 02 7d 03 7d 04 00")
                                << bytes("01 01 01 02 88 01 01 02 7d 03 7d 04 00");
        QTest::newRow("deleted units") << bytes("01 01 01 00 01 01 01 74 02 01 01 01 00 02")
                                       << bytes("01 01 01 00 01 01 01 74 04 01 01 01 00 04")
                                       << bytes("01 01 01 00 01 01 01 74 04 01 01 01 00 04")
                                       << bytes("01 01 01 02 81 01 01 02 01 01 01 02 02");
        QTest::newRow("collected units")
            << bytes("01 01 01 00 00 02 01 01 01 00 02")
            << bytes("01 01 01 00 00 05 01 01 01 00 05")
            << bytes("01 01 01 00 00 05 01 01 01 00 05") << bytes("01 01 01 02 00 03 00");
    }

    void onlyTheUnknownPartOfAStructIsTaken()
    {
        QFETCH(QByteArray, known);
        QFETCH(QByteArray, update);
        QFETCH(QByteArray, emitted);
        Peer peer(7);
        peer.apply(known.toStdString());
        peer.forgetEmitted();
        peer.apply(update.toStdString());
        QTEST(peer.state(), "state");
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{emitted});
    }
};

QTEST_APPLESS_MAIN(IntegrationTest)
#include "integration_test.moc"
