#include <QtTest/QTest>

#include "tests/unit/codec/codec_support.h"

#include <vector>

using namespace cowrite;
using namespace cowrite::test;

namespace {

/// Gathers the update of each transaction of a replica.
struct Recorder {
    explicit Recorder(Replica &replica)
        : subscription(codec::observeUpdates(
              replica.doc, [this](ByteView update, const crdt::Transaction &) {
                  updates.push_back(hex(Bytes(update.begin(), update.end())));
              }))
    {}

    std::vector<QByteArray> updates;
    Subscription subscription;
};

using Updates = std::vector<QByteArray>;

} // namespace

// The updates that transactions emit, yjs-compat 3.6; conformance cases 14, 23, 26, 31, 34 and 35.
class TransactionBytesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typingEmitsOneUnitAtATime()
    {
        Replica replica(1);
        Recorder recorder(replica);
        crdt::Text text = *replica.doc.text("t");
        QVERIFY(text.insert(0, u"a"));
        QVERIFY(text.insert(1, u"b"));
        QVERIFY(text.insert(2, u"c"));
        QVERIFY(text.remove(0, 1));
        const Updates expected{"01 01 01 00 04 01 01 74 01 61 00", "01 01 01 01 84 01 00 01 62 00",
                               "01 01 01 02 84 01 01 01 63 00", "00 01 01 01 00 01"};
        QCOMPARE(recorder.updates, expected);
    }

    void whatWaitedIsEmittedWhenItIsIntegrated()
    {
        Replica replica;
        Recorder recorder(replica);
        QVERIFY(replica.apply("01 01 01 02 84 01 01 01 63 00"));
        QVERIFY(replica.apply("00 01 01 01 00 01"));
        QVERIFY(recorder.updates.empty());
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 00"));
        QVERIFY(replica.apply("01 01 01 01 84 01 00 01 62 00"));
        const Updates expected{"01 01 01 00 01 01 01 74 01 01 01 01 00 01",
                               "01 01 01 01 84 01 00 02 62 63 00"};
        QCOMPARE(recorder.updates, expected);
    }

    void whatIsKnownEmitsNothing()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 02 68 69 01 01 01 00 01"));
        Recorder recorder(replica);
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 02 68 69 01 01 01 00 01"));
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 02 58 58 00"));
        QVERIFY(replica.apply("00 00"));
        QVERIFY(recorder.updates.empty());
    }

    void onlyTheUnknownPartIsEmitted()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 02 61 62 00"));
        Recorder recorder(replica);
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 04 61 62 63 64 00"));
        QCOMPARE(recorder.updates, Updates{"01 01 01 02 84 01 01 02 63 64 00"});
    }

    void insertingAndDeletingInOneTransactionEmitsADeletedRun()
    {
        Replica replica(1);
        Recorder recorder(replica);
        crdt::Text text = *replica.doc.text("t");
        replica.doc.transact([&] {
            QVERIFY(text.insert(0, u"abc"));
            QVERIFY(text.remove(1, 1));
        });
        QCOMPARE(recorder.updates,
                 Updates{"01 03 01 00 04 01 01 74 01 61 81 01 00 01 84 01 01 01 63 "
                         "01 01 01 01 01"});
    }

    void insertingIntoAPairEmitsAHalfOnItsOwn()
    {
        Replica replica(1);
        crdt::Text text = *replica.doc.text("t");
        QVERIFY(text.insert(0, u"a\U0001F600b"));
        QVERIFY(text.insert(2, u"X"));
        QCOMPARE(replica.state(),
                 QByteArray("01 03 01 00 04 01 01 74 04 61 ef bf bd 84 01 01 04 ef bf bd 62 "
                            "c4 01 01 01 02 01 58 00"));
        crdt::StateVector half;
        half.set(1, 2);
        QCOMPARE(replica.state(half),
                 QByteArray("01 02 01 02 84 01 01 04 ef bf bd 62 c4 01 01 01 02 01 58 00"));
    }

    void aTransactionEmitsItsOwnStructsOnly()
    {
        // The observer types behind the first transaction; its text joins the same item.
        Replica replica(1);
        Recorder recorder(replica);
        crdt::Text text = *replica.doc.text("t");
        bool typed = false;
        const Subscription observer =
            replica.doc.afterTransaction.connect([&](const crdt::Transaction &) {
                if (!std::exchange(typed, true))
                    QVERIFY(text.insert(1, u"b"));
            });
        QVERIFY(text.insert(0, u"a"));
        const Updates expected{"01 01 01 00 04 01 01 74 01 61 00", "01 01 01 01 84 01 00 01 62 00"};
        QCOMPARE(recorder.updates, expected);
    }

    void updatesOfANestedTransactionConvergeInEitherOrder()
    {
        Replica replica(1);
        std::vector<Bytes> updates;
        const Subscription recorder =
            codec::observeUpdates(replica.doc, [&](ByteView update, const crdt::Transaction &) {
                updates.emplace_back(update.begin(), update.end());
            });
        crdt::Text text = *replica.doc.text("t");
        bool edited = false;
        const Subscription observer =
            replica.doc.afterTransaction.connect([&](const crdt::Transaction &) {
                if (!std::exchange(edited, true)) {
                    QVERIFY(text.remove(0, 2));
                    QVERIFY(text.insert(1, u"XY"));
                }
            });
        QVERIFY(text.insert(0, u"abcd"));
        QVERIFY(updates.size() >= 2);
        Replica forward;
        Replica backward;
        for (std::size_t i = 0; i < updates.size(); ++i) {
            QVERIFY(forward.apply(updates[i]));
            QVERIFY(backward.apply(updates[updates.size() - 1 - i]));
        }
        QCOMPARE(forward.state(), replica.state());
        QCOMPARE(backward.state(), replica.state());
    }

    void clientsAreWrittenFromTheHighestDown()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 00"));
        Recorder recorder(replica);
        replica.doc.transact([&] {
            QVERIFY(replica.apply("01 01 02 00 84 01 00 01 62 00"));
            QVERIFY(replica.apply("01 01 ac 02 00 84 02 00 01 63 01 02 01 00 01"));
            QVERIFY(replica.apply("00 01 01 01 00 01"));
        });
        QCOMPARE(recorder.updates, Updates{"02 01 ac 02 00 84 02 00 01 63 01 02 00 81 01 00 01 "
                                           "02 02 01 00 01 01 01 00 01"});
    }
};

QTEST_APPLESS_MAIN(TransactionBytesTest)
#include "transaction_bytes_test.moc"
