#include "tests/unit/lib0/hex.h"
#include "tests/unit/protocol/machine_peer.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using cowrite::test::frames;
using cowrite::test::hex;
using cowrite::test::MachinePeer;
using cowrite::test::only;

namespace {

/// A guest and a server, and what was said between them.
struct Pair {
    ManualClock clock;
    EditLedger ledger;
    ClientOwners owners;
    MachinePeer client{Role::Client, 11, clock, &ledger};
    MachinePeer server{Role::Server, 22, clock, nullptr, &owners};
    Effects seenByClient;
    Effects seenByServer;

    void open(Access access, Acknowledgements acknowledgements = Acknowledgements::Negotiated)
    {
        server.machine.setAccess(access);
        client.machine.opened(acknowledgements);
        server.machine.opened(acknowledgements);
        settle();
    }

    void settle()
    {
        for (bool moved = true; moved;) {
            moved = false;
            const auto carry = [&](MachinePeer &from, MachinePeer &to, Effects &seen) {
                const Effects effects = from.machine.takeEffects();
                seen.insert(seen.end(), effects.begin(), effects.end());
                for (const Bytes &frame : frames(effects)) {
                    to.machine.receive(frame);
                    moved = true;
                }
            };
            carry(client, server, seenByClient);
            carry(server, client, seenByServer);
        }
    }
};

} // namespace

class AccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoMayOnlyViewGetsEverythingAndIsAskedForNothing()
    {
        for (const Access access : {Access::View, Access::Comment}) {
            Pair pair;
            pair.server.type(u"text");
            pair.client.appear("{}");
            pair.open(access);
            QVERIFY(pair.client.text() == u"text");
            QVERIFY(pair.client.machine.isSynced());
            QVERIFY(pair.client.machine.access() == access);
            QVERIFY(pair.server.awareness.states().contains(11));
            QVERIFY(only<EditRefused>(pair.seenByServer).empty());
            pair.server.type(u"more");
            pair.settle();
            QVERIFY(pair.client.text() == pair.server.text());
        }
    }

    void nothingThatAViewerSendsChangesAByte_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("step 2") << QByteArray("00 01 0c 01 01 01 00 04 01 01 74 02 68 69 00");
        QTest::newRow("update") << QByteArray("00 02 0c 01 01 01 00 04 01 01 74 02 68 69 00");
        QTest::newRow("chat") << QByteArray(
            "00 02 10 01 01 01 00 08 01 04 63 68 61 74 01 77 01 61 00");
        QTest::newRow("a deletion") << QByteArray("00 02 06 00 01 16 01 00 04");
        QTest::newRow("what waits for something else")
            << QByteArray("00 02 0a 01 01 01 05 84 01 04 01 61 00");
        QTest::newRow("nonsense") << QByteArray("00 02 02 ff ff");
        QTest::newRow("two in one frame")
            << QByteArray("00 02 0c 01 01 01 00 04 01 01 74 02 68 69 00  00 02 02 ff ff");
    }

    void nothingThatAViewerSendsChangesAByte()
    {
        QFETCH(QByteArray, frame);
        Pair pair;
        pair.server.type(u"text");
        pair.open(Access::View, Acknowledgements::Off);
        const Bytes before = codec::encodeStateAsUpdate(pair.server.doc);
        pair.server.machine.receive(hex(frame.constData()));
        const Effects effects = pair.server.machine.takeEffects();
        QVERIFY(codec::encodeStateAsUpdate(pair.server.doc) == before);
        QVERIFY(!pair.server.doc.hasPending());
        QVERIFY(!only<EditRefused>(effects).at(0).addsNothing);
        QVERIFY(only<DocumentMessageReceived>(effects).empty());
        QVERIFY(hex(frames(effects).at(0)).startsWith("02 00"));
        QVERIFY(pair.server.machine.isOpen());
    }

    void anEmptyStep2OfAViewerIsNoAttempt()
    {
        Pair pair;
        pair.open(Access::View, Acknowledgements::Off);
        pair.server.machine.receive(hex("00 01 02 00 00"));
        const Effects effects = pair.server.machine.takeEffects();
        QVERIFY(frames(effects).empty());
        QVERIFY(only<EditRefused>(effects).at(0).addsNothing);
    }

    void theDeletionsThatEverybodyKnowsAreNoAttemptEither()
    {
        Pair pair;
        pair.server.type(u"text");
        QVERIFY(pair.server.doc.text("t")->remove(1, 2).has_value());
        pair.open(Access::View, Acknowledgements::Off);
        const Bytes deletions =
            codec::encodeStateAsUpdate(pair.client.doc, pair.client.doc.stateVector());
        QVERIFY(deletions.size() > 2);
        pair.server.machine.receive(encodeSyncStep2(deletions));
        QVERIFY(only<EditRefused>(pair.server.machine.takeEffects()).at(0).addsNothing);

        QVERIFY(pair.client.doc.text("t")->remove(0, 1).has_value());
        pair.client.skipEffects();
        pair.server.machine.closed();
        pair.server.machine.opened(Acknowledgements::Off);
        pair.server.machine.receive(encodeSyncStep2(
            codec::encodeStateAsUpdate(pair.client.doc, pair.client.doc.stateVector())));
        QVERIFY(!only<EditRefused>(pair.server.machine.takeEffects()).at(0).addsNothing);
        QVERIFY(pair.server.text() == u"tt");
    }

    void aClientThatMayOnlyViewKeepsItsEditsToItself()
    {
        Pair pair;
        pair.client.type(u"offline");
        pair.ledger.recordEdit();
        pair.open(Access::View);
        pair.client.type(u"more");
        pair.settle();
        QVERIFY(pair.server.text().empty());
        QVERIFY(only<EditRefused>(pair.seenByServer).empty());
        QVERIFY(pair.ledger.waiting() > 0);
    }

    void losingTheRightInMidSessionStopsTheNextEdit()
    {
        Pair pair;
        pair.open(Access::Edit);
        pair.client.type(u"a");
        pair.settle();
        QVERIFY(pair.server.text() == u"a");
        // This one is on its way when the right is lost.
        pair.client.type(u"b");
        pair.server.machine.setAccess(Access::View);
        pair.settle();
        QVERIFY(pair.server.text() == u"a");
        QCOMPARE(only<EditRefused>(pair.seenByServer).size(), 1u);
        QVERIFY(pair.client.machine.access() == Access::View);
        QCOMPARE(only<PeerDenied>(pair.seenByClient).size(), 1u);
        pair.client.type(u"c");
        pair.settle();
        QCOMPARE(only<EditRefused>(pair.seenByServer).size(), 1u);
    }

    void gainingTheRightBeginsAnewAndBringsEverything()
    {
        Pair pair;
        pair.open(Access::View);
        pair.client.type(u"kept");
        pair.settle();
        pair.server.machine.setAccess(Access::Edit);
        const Effects effects = pair.server.machine.takeEffects();
        QVERIFY(only<Close>(effects).at(0).code == CloseCode::Reset);
        pair.client.machine.closed();
        pair.server.machine.closed();
        pair.open(Access::Edit);
        QVERIFY(pair.server.text() == u"kept");
        QVERIFY(pair.client.machine.access() == Access::Edit);
    }

    void aServerOfAnotherMakeLetsEdit()
    {
        Pair pair;
        pair.open(Access::View);
        pair.client.machine.closed();
        pair.client.machine.opened(Acknowledgements::Off);
        QVERIFY(pair.client.machine.access() == Access::Edit);
    }

    void aGuestCannotSayWhatItMayDo()
    {
        Pair pair;
        pair.open(Access::View);
        pair.server.machine.receive(encodeAccess(Access::Admin));
        QVERIFY(pair.server.machine.access() == Access::View);
        QCOMPARE(only<Warning>(pair.server.machine.takeEffects()).size(), 1u);
    }

    void anAccessThatIsNoneIsPassedOver()
    {
        Pair pair;
        pair.open(Access::View);
        for (const char *frame : {"65 00", "65 09", "65 ff ff 7f"}) {
            pair.client.machine.receive(hex(frame));
            QVERIFY(pair.client.machine.access() == Access::View);
            QVERIFY(pair.client.machine.isOpen());
        }
    }

    void namesAndNumbersOfAccessAreReadBack()
    {
        for (const Access access : {Access::View, Access::Comment, Access::Edit, Access::Admin}) {
            QVERIFY(accessFromString(toString(access)) == access);
            QVERIFY(accessFromNumber(static_cast<std::uint64_t>(access)) == access);
        }
        QVERIFY(!accessFromString("owner").has_value());
        QVERIFY(!accessFromNumber(0).has_value() && !accessFromNumber(5).has_value());
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
