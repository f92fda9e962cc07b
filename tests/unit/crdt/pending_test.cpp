// Conformance cases 23 to 27 of yjs-compat.md: what arrives before what it needs.

#include "libsync/base/limits.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/lib0/encoder.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

/// After one more update: what was emitted, the state as it would be sent, the state vector.
struct Step {
    QByteArray update;
    QList<QByteArray> emitted;
    QByteArray state;
    QByteArray stateVector;
};

} // namespace
Q_DECLARE_METATYPE(QList<Step>)

class PendingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsMissingIsWaitedFor_data()
    {
        QTest::addColumn<QList<Step>>("steps");

        QTest::newRow("case 23: third, deletion of the first, first, second") << QList<Step>{
            {"01 01 01 02 84 01 01 01 63 00", {}, "01 01 01 02 84 01 01 01 63 00", "00"},
            {"00 01 01 01 00 01", {}, "01 01 01 02 84 01 01 01 63 01 01 01 00 01", "00"},
            {"01 01 01 00 04 01 01 74 01 61 00",
             {"01 01 01 00 01 01 01 74 01 01 01 01 00 01"},
             "01 03 01 00 01 01 01 74 01 0a 01 84 01 01 01 63 01 01 01 00 01",
             "01 01 01"},
            {"01 01 01 01 84 01 00 01 62 00",
             {"01 01 01 01 84 01 00 02 62 63 00"},
             "01 02 01 00 01 01 01 74 01 84 01 00 02 62 63 01 01 01 00 01",
             "01 01 03"}};
        // Case 25 as well: all that waited comes in one transaction with one event.
        QTest::newRow("case 24: a chain of three clients") << QList<Step>{
            {"01 01 03 00 84 02 00 01 63 00", {}, "01 01 03 00 84 02 00 01 63 00", "00"},
            {"01 01 02 00 84 01 00 01 62 00",
             {},
             "02 01 03 00 84 02 00 01 63 01 02 00 84 01 00 01 62 00",
             "00"},
            {"01 01 01 00 04 01 01 74 01 61 00",
             {"03 01 03 00 84 02 00 01 63 01 02 00 84 01 00 01 62 "
              "01 01 00 04 01 01 74 01 61 00"},
             "03 01 03 00 84 02 00 01 63 01 02 00 84 01 00 01 62 "
             "01 01 00 04 01 01 74 01 61 00",
             "03 03 01 02 01 01 01"}};
        QTest::newRow("case 24: a missing parent")
            << QList<Step>{{"01 01 02 00 08 00 01 00 01 7d 05 00",
                            {},
                            "01 01 02 00 08 00 01 00 01 7d 05 00",
                            "00"},
                           {"01 01 01 00 07 01 01 61 00 00",
                            {"02 01 02 00 08 00 01 00 01 7d 05 01 01 00 07 01 01 61 00 00"},
                            "02 01 02 00 08 00 01 00 01 7d 05 01 01 00 07 01 01 61 00 00",
                            "02 02 01 01 01"}};
        QTest::newRow("case 24: a cycle waits for ever and hinders nobody")
            << QList<Step>{{"02 01 02 00 84 01 00 01 62 01 01 00 84 02 00 01 61 00",
                            {},
                            "02 01 02 00 84 01 00 01 62 01 01 00 84 02 00 01 61 00",
                            "00"},
                           {"01 01 03 00 04 01 01 74 01 63 00",
                            {"01 01 03 00 04 01 01 74 01 63 00"},
                            "03 01 03 00 04 01 01 74 01 63 01 02 00 84 01 00 01 62 "
                            "01 01 00 84 02 00 01 61 00",
                            "01 03 01"}};
        QTest::newRow("case 26: deletions partly beyond the state, and of an unknown client")
            << QList<Step>{{"01 01 01 00 04 01 01 74 02 61 62 00",
                            {"01 01 01 00 04 01 01 74 02 61 62 00"},
                            "01 01 01 00 04 01 01 74 02 61 62 00",
                            "01 01 02"},
                           {"00 02 05 01 00 01 01 01 01 03",
                            {"00 01 01 01 01 01"},
                            "01 02 01 00 04 01 01 74 01 61 81 01 00 01 02 05 01 00 01 01 01 01 03",
                            "01 01 02"},
                           {"01 01 01 02 84 01 01 02 63 64 00",
                            {"01 01 01 02 81 01 01 02 01 01 01 02 02"},
                            "01 02 01 00 04 01 01 74 01 61 81 01 00 03 02 05 01 00 01 01 01 01 03",
                            "01 01 04"},
                           {"01 01 05 00 84 01 00 02 65 66 00",
                            {"01 02 05 00 81 01 00 01 84 05 00 01 66 01 05 01 00 01"},
                            "02 02 05 00 81 01 00 01 84 05 00 01 66 02 01 00 04 01 01 74 01 61 "
                            "81 01 00 03 02 05 01 00 01 01 01 01 03",
                            "02 05 02 01 04"}};
        QTest::newRow("case 27: the state holds structs and deletions that wait") << QList<Step>{
            {"01 01 09 00 04 01 01 74 01 7a 00",
             {"01 01 09 00 04 01 01 74 01 7a 00"},
             "01 01 09 00 04 01 01 74 01 7a 00",
             "01 09 01"},
            {"01 01 01 02 84 01 01 02 63 64 01 01 01 03 01",
             {},
             "02 01 09 00 04 01 01 74 01 7a 01 01 02 84 01 01 02 63 64 01 01 01 03 01",
             "01 09 01"},
            {"01 01 02 05 84 02 04 01 77 00",
             {},
             "03 01 09 00 04 01 01 74 01 7a 01 02 05 84 02 04 01 77 "
             "01 01 02 84 01 01 02 63 64 01 01 01 03 01",
             "01 09 01"}};
    }

    void whatIsMissingIsWaitedFor()
    {
        QFETCH(QList<Step>, steps);
        Peer peer(8);
        for (const Step &step : steps) {
            peer.apply(step.update.toStdString());
            QCOMPARE(peer.takeEmitted(), step.emitted);
            QCOMPARE(peer.state(), step.state);
            QCOMPARE(hex(codec::encodeStateVector(peer.doc.stateVector())), step.stateVector);
        }
    }

    // Case 25.
    void whatWaitedComesInTheTransactionThatBringsTheRest()
    {
        Peer peer(8);
        peer.apply("01 01 03 00 84 02 00 01 63 00");
        peer.apply("01 01 02 00 84 01 00 01 62 01 01 01 00 01");
        QVERIFY(peer.doc.hasPending());
        int transactions = 0;
        const Subscription counting = peer.doc.committed.connect([&](const Transaction &done) {
            ++transactions;
            QVERIFY(!done.isLocal());
            QCOMPARE(done.advances().size(), std::size_t{3});
        });
        peer.apply("01 01 01 00 04 01 01 74 01 61 00");
        QCOMPARE(transactions, 1);
        QCOMPARE(peer.emitted.size(), 1);
        QCOMPARE(string(peer.text()), QStringLiteral("bc"));
        QVERIFY(!peer.doc.hasPending());
    }

    // Case 27.
    void aPeerIsSentOnlyWhatItLacksOfWhatWaits()
    {
        Peer peer(8);
        peer.apply("01 01 09 00 04 01 01 74 01 7a 00");
        peer.apply("01 01 01 02 84 01 01 02 63 64 01 01 01 03 01");
        peer.apply("01 01 02 05 84 02 04 01 77 00");
        StateVector known;
        known.set(9, 1);
        QCOMPARE(peer.state(known), bytes("02 01 02 05 84 02 04 01 77 01 01 02 84 01 01 02 63 64 "
                                          "01 01 01 03 01"));
        known.set(1, 3);
        QCOMPARE(peer.state(known), bytes("02 01 02 05 84 02 04 01 77 01 01 03 84 01 02 01 64 "
                                          "01 01 01 03 01"));
    }

    // Case 27.
    void whatWaitsIsHandedOnAndIntegratedElsewhere()
    {
        Peer first(8);
        first.apply("01 01 01 02 84 01 01 02 63 64 01 01 01 03 01");
        Peer second(7);
        send(first, second);
        QVERIFY(second.doc.hasPending());
        second.apply("01 01 01 00 04 01 01 74 02 61 62 00");
        QCOMPARE(second.state(),
                 bytes("01 02 01 00 04 01 01 74 03 61 62 63 81 01 02 01 01 01 01 03 01"));
        QCOMPARE(string(second.text()), QStringLiteral("abc"));
    }

    void whatWaitsIsHandedOnInFormatV2AsWell()
    {
        const std::string text(500, 'c');
        lib0::Encoder update;
        update.writeBytes(hex("01 01 01 02 84 01 01"));
        update.writeVarString(text);
        update.writeVarUint(0);
        Peer first(8);
        first.apply(update.take());
        Peer second(7);
        QVERIFY(codec::applyUpdate(
            second.doc, codec::encodeStateAsUpdate(first.doc, {}, codec::UpdateFormat::V2),
            kNetwork, codec::UpdateFormat::V2));
        QVERIFY(second.doc.hasPending());
        second.apply("01 01 01 00 04 01 01 74 02 61 62 00");
        QCOMPARE(string(second.text()), QStringLiteral("ab") + QString(500, QLatin1Char('c')));
    }

    void ofTooMuchThatWaitsNothingIsKeptAndTheCallerHearsOfIt()
    {
        // "a" of client 2, and of client 1 what follows on something that is not there.
        lib0::Encoder update;
        update.writeBytes(hex("02 01 02 00 04 01 01 74 01 61"));
        update.writeVarUint(limits::kMaxPendingStructs + 1);
        update.writeBytes(hex("01 01"));
        for (std::size_t origin = 0; origin <= limits::kMaxPendingStructs; ++origin) {
            update.writeBytes(hex("84 01"));
            update.writeVarUint(origin);
            update.writeVarString("b");
        }
        update.writeVarUint(0);
        Peer peer(8);
        const Result<void> applied = codec::applyUpdate(peer.doc, update.bytes(), kNetwork);
        QVERIFY(!applied);
        QVERIFY(applied.error().code == ErrorCode::LimitExceeded);
        QCOMPARE(string(peer.text()), QStringLiteral("a"));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 02 00 04 01 01 74 01 61 00"});
        QVERIFY(!peer.doc.hasPending());
    }
};

QTEST_APPLESS_MAIN(PendingTest)
#include "pending_test.moc"
