// Conformance cases 31 to 35 of yjs-compat.md: transactions and their update events.

#include "libsync/crdt/event.h"
#include "tests/unit/crdt/peer.h"

#include <algorithm>
#include <stdexcept>
#include <string>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

class TransactionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 31.
    void whatIsKnownIsIgnoredEvenIfItSaysSomethingElse()
    {
        Peer peer(9);
        peer.apply("01 01 01 00 04 01 01 74 01 61 00");
        peer.forgetEmitted();
        int transactions = 0;
        const Subscription counting =
            peer.doc.afterTransaction.connect([&](const Transaction &) { ++transactions; });
        peer.apply("01 01 01 00 04 01 01 74 01 61 00");
        peer.apply("01 01 01 00 04 01 01 74 01 62 00");
        peer.apply("00 00");
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{});
        QCOMPARE(peer.state(), bytes("01 01 01 00 04 01 01 74 01 61 00"));
        QCOMPARE(transactions, 3);
    }

    void whatAnObserverWritesShowsInItsOwnEventOnly()
    {
        Peer peer(1);
        Text text = peer.text();
        bool written = false;
        const Subscription writing = text.observe([&](const Event &) {
            if (!std::exchange(written, true)) {
                QVERIFY(text.insert(1, u"y"));
            }
        });
        std::vector<Delta> deltas;
        const Subscription reading =
            text.observe([&](const Event &event) { deltas.push_back(event.delta()); });
        QVERIFY(text.insert(0, u"x"));
        QCOMPARE(deltas.size(), std::size_t{2});
        QVERIFY(deltas[0] == Delta{DeltaOp::insertText(u"x")});
        QVERIFY((deltas[1] == Delta{DeltaOp::retain(1), DeltaOp::insertText(u"y")}));
    }

    void aQueuedDeletionCountsOnlyWhatItDeleted()
    {
        Peer peer(1, GarbageCollection::Off);
        Text text = peer.text();
        QVERIFY(text.insert(0, u"abcd"));
        bool deleted = false;
        std::vector<Delta> deltas;
        const Subscription deleting = text.observe([&](const Event &event) {
            deltas.push_back(event.delta());
            if (!std::exchange(deleted, true)) {
                QVERIFY(text.remove(1, 1));
            }
        });
        QVERIFY(text.remove(2, 1));
        QCOMPARE(deltas.size(), std::size_t{2});
        QVERIFY((deltas[0] == Delta{DeltaOp::retain(2), DeltaOp::remove(1)}));
        QVERIFY((deltas[1] == Delta{DeltaOp::retain(1), DeltaOp::remove(1)}));
    }

    // Case 32.
    void aNewClientIdIsDrawnWhenOthersWriteUnderTheOwnOne()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"a"));
        ClientId seenByObserver = 0;
        const Subscription observing = peer.doc.afterTransaction.connect(
            [&](const Transaction &done) { seenByObserver = done.doc().clientId(); });
        peer.apply("01 01 01 01 84 01 00 01 62 00");
        // Before anybody is told of it, so that what observers write is under the new id.
        QVERIFY(seenByObserver != ClientId{1});
        QVERIFY(peer.doc.clientId() != ClientId{1});
        QCOMPARE(string(peer.text()), QStringLiteral("ab"));
        QVERIFY(peer.text().insert(2, u"c"));
        QCOMPARE(peer.doc.stateVector().get(1), Clock{2});
        QCOMPARE(peer.doc.stateVector().get(peer.doc.clientId()), Clock{1});
    }

    // Case 32: only new content counts, not what is known, nor deletions.
    void theClientIdStaysWhenTheOwnContentComesBack()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        peer.apply("01 01 01 00 04 01 01 74 02 61 62 01 01 01 00 01");
        QCOMPARE(peer.doc.clientId(), ClientId{1});
        QCOMPARE(string(peer.text()), QStringLiteral("b"));
    }

    // Case 33.
    void deleteRangesMayComeInAnyShape_data()
    {
        QTest::addColumn<QByteArray>("deletions");
        QTest::addColumn<QByteArray>("emitted");
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("unsorted, overlapping, empty")
            << bytes("00 01 01 04 03 02 01 02 02 02 05 00") << bytes("00 01 01 01 01 04")
            << bytes("01 03 01 00 04 01 01 74 01 61 81 01 00 04 84 01 04 01 66 01 01 01 01 04");
        QTest::newRow("one client twice")
            << bytes("00 02 01 01 01 01 01 01 03 02") << bytes("00 01 01 02 01 01 03 02")
            << bytes("01 05 01 00 04 01 01 74 01 61 81 01 00 01 84 01 01 01 63 81 01 02 02 "
                     "84 01 04 01 66 01 01 02 01 01 03 02");
    }

    void deleteRangesMayComeInAnyShape()
    {
        QFETCH(QByteArray, deletions);
        QFETCH(QByteArray, emitted);
        Peer peer(9);
        peer.apply("01 01 01 00 04 01 01 74 06 61 62 63 64 65 66 00");
        peer.forgetEmitted();
        peer.apply(deletions.toStdString());
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{emitted});
        QTEST(peer.state(), "state");
    }

    // Case 34.
    void whatATransactionInsertsAndDeletesIsSentAsDeleted()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        peer.forgetEmitted();
        peer.doc.transact([&] {
            QVERIFY(peer.text().insert(1, u"XY"));
            QVERIFY(peer.text().remove(1, 1));
        });
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 02 01 02 c1 01 00 01 01 01 c4 01 02 01 01 01 59 "
                                   "01 01 01 02 01"});
        peer.doc.transact([&] {
            QVERIFY(peer.text().insert(0, u"Q"));
            QVERIFY(peer.text().remove(0, 1));
        });
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 04 41 01 00 01 01 01 01 04 01"});
    }

    // Case 34.
    void aTypeMadeAndDeletedInATransactionIsSentAsCollected()
    {
        Peer peer(1);
        peer.doc.transact([&] {
            QVERIFY(peer.array().push({NewArray{}}));
            QVERIFY(Array(peer.array().get(0)->type()).push({Any(7)}));
            QVERIFY(peer.array().remove(0, 1));
        });
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 02 01 00 01 01 01 61 01 00 01 01 01 01 00 02"});
    }

    // Case 34.
    void withoutCollectionDeletedContentIsSentInFull()
    {
        Peer peer(1, GarbageCollection::Off);
        peer.doc.transact([&] {
            QVERIFY(peer.text().insert(0, u"Q"));
            QVERIFY(peer.text().remove(0, 1));
        });
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 01 01 00 04 01 01 74 01 51 01 01 01 00 01"});
    }

    // Case 35: Yjs repeats the observer's structs in the outer update, and every receiver copes;
    // what matters is that the two updates may come in either order.
    void whatAnObserverWritesConvergesInEitherOrder()
    {
        Peer writer(1);
        const Map map = writer.map();
        const Subscription observing = map.observe([&](const Event &event) {
            if (event.keys().count("a") > 0)
                QVERIFY(Map(map).set("seen", Any(1)));
        });
        QVERIFY(writer.map().set("a", Any(1)));
        const QList<QByteArray> updates = writer.takeEmitted();
        QCOMPARE(updates.size(), 2);
        QCOMPARE(updates.last(), bytes("01 01 01 01 28 01 01 6d 04 73 65 65 6e 01 7d 01 00"));
        QCOMPARE(writer.state(), bytes("01 02 01 00 28 01 01 6d 01 61 01 7d 01 "
                                       "28 01 01 6d 04 73 65 65 6e 01 7d 01 00"));
        for (const auto &[first, second] : {std::pair(0, 1), std::pair(1, 0)}) {
            Peer reader(2);
            reader.apply(updates.at(first).toStdString());
            reader.apply(updates.at(second).toStdString());
            VERIFY_SAME_REPLICAS(reader.doc, writer.doc);
        }
    }

    // Case 35: the order of events of yjs-compat 3.6.
    void anObserversTransactionFollowsTheOneItObserves()
    {
        Peer writer(1);
        QStringList order;
        const Map map = writer.map();
        const Subscription observing = map.observe([&](const Event &event) {
            order += QStringLiteral("observed %1").arg(event.keys().size());
            if (event.keys().count("a") > 0)
                QVERIFY(Map(map).set("seen", Any(1)));
        });
        const Subscription after = writer.doc.afterTransaction.connect(
            [&](const Transaction &) { order += QStringLiteral("after"); });
        const Subscription committed = writer.doc.committed.connect(
            [&](const Transaction &) { order += QStringLiteral("committed"); });
        QVERIFY(writer.map().set("a", Any(1)));
        QCOMPARE(order, (QStringList{QStringLiteral("observed 1"), QStringLiteral("after"),
                                     QStringLiteral("committed"), QStringLiteral("observed 1"),
                                     QStringLiteral("after"), QStringLiteral("committed")}));
    }

    void anInnerTransactionJoinsTheOuterOne()
    {
        Peer peer(1);
        int outer = 0;
        int inner = 0;
        Origin seen;
        const Subscription committed =
            peer.doc.committed.connect([&](const Transaction &done) { seen = done.origin(); });
        peer.doc.transact(
            [&] {
                QVERIFY(peer.text().insert(0, u"a"));
                peer.doc.transact([&] { QVERIFY(peer.text().insert(1, u"b")); },
                                  Origin::of(&inner));
                QVERIFY(peer.doc.inTransaction());
            },
            Origin::of(&outer));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 00 04 01 01 74 02 61 62 00"});
        QVERIFY(seen == Origin::of(&outer));
    }

    // The engine keeps the memory of one transaction for the next.
    void aTransactionTellsNothingOfTheOneBefore_data()
    {
        QTest::addColumn<bool>("observerWrites");
        QTest::newRow("after another") << false;
        QTest::newRow("queued by an observer") << true;
    }

    void aTransactionTellsNothingOfTheOneBefore()
    {
        QFETCH(bool, observerWrites);
        constexpr int kMany = 3000; // More than is kept.
        Peer peer(1);
        peer.apply("01 01 02 00 04 01 01 74 02 61 62 00");
        QVERIFY(peer.text().insert(0, u"cd"));
        QStringList seen;
        const Subscription subdocs =
            peer.doc.subdocsChanged.connect([&](const SubdocChanges &changes, const Transaction &) {
                seen += QStringLiteral("%1 subdocuments").arg(changes.added.size());
            });
        const Subscription after = peer.doc.afterTransaction.connect([&](const Transaction &done) {
            seen += QStringLiteral("%1 deleted from, %2 types, %3 clients")
                        .arg(done.deletionOrder().size())
                        .arg(done.changedTypes().size())
                        .arg(done.advances().size());
            QCOMPARE(done.deletions().clientCount(), done.deletionOrder().size());
            if (std::exchange(observerWrites, false)) {
                QVERIFY(peer.text().insert(0, u"x"));
            }
        });
        const bool first = !observerWrites;
        peer.doc.transact([&] {
            QVERIFY(peer.text().remove(1, 2)); // Of both clients.
            for (int i = 0; i < kMany; ++i) {
                QVERIFY(peer.array().insert(0, {Any(i)}));
            }
            QVERIFY(peer.array().remove(0, kMany));
            QVERIFY(peer.map().set("doc", NewSubdoc{"guid"}));
        });
        if (first) {
            QVERIFY(peer.text().insert(0, u"x"));
        }
        QCOMPARE(seen, (QStringList{QStringLiteral("2 deleted from, 3 types, 1 clients"),
                                    QStringLiteral("1 subdocuments"),
                                    QStringLiteral("0 deleted from, 1 types, 1 clients")}));
    }

    void aTransactionReturnsWhatItsEditReturns()
    {
        Peer peer(1);
        const Text text = peer.text();
        const Result<void> inserted = peer.doc.transact([&] { return Text(text).insert(0, u"a"); });
        QVERIFY(inserted);
        QCOMPARE(peer.doc.transact([&] { return text.toString(); }), std::u16string(u"a"));
        const Result<void> refused = peer.doc.transact([&] { return peer.array().remove(0, 1); });
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::OutOfRange));
    }

    void whatAnEditDidBeforeItThrewIsCommitted()
    {
        Peer peer(1);
        bool caught = false;
        try {
            peer.doc.transact([&] {
                QVERIFY(peer.text().insert(0, u"a"));
                peer.doc.transact([] { throw std::runtime_error("no more"); });
            });
        } catch (const std::runtime_error &) {
            caught = true;
        }
        QVERIFY(caught);
        QVERIFY(!peer.doc.inTransaction());
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 00 04 01 01 74 01 61 00"});
        QVERIFY(peer.text().insert(1, u"b"));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 01 84 01 00 01 62 00"});
    }
};

QTEST_APPLESS_MAIN(TransactionsTest)
#include "transactions_test.moc"
