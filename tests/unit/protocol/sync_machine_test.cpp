#include "tests/unit/lib0/hex.h"
#include "tests/unit/protocol/machine_peer.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using namespace std::chrono_literals;
using cowrite::test::frames;
using cowrite::test::hex;
using cowrite::test::MachinePeer;
using cowrite::test::only;

namespace {

/// A client and a server with everything that belongs to them.
struct Pair {
    ManualClock clock;
    EditLedger ledger;
    ClientOwners owners;
    MachinePeer client{Role::Client, 11, clock, &ledger};
    MachinePeer server{Role::Server, 22, clock, nullptr, &owners};
    /// What the server was told to write down: index of the last document-changing message.
    std::uint64_t received = 0;

    void open(Acknowledgements acknowledgements)
    {
        client.machine.opened(acknowledgements);
        server.machine.opened(acknowledgements);
    }

    /// Carries frames both ways until nobody has anything left to say.
    void settle()
    {
        bool moved = true;
        while (moved) {
            moved = false;
            for (const Bytes &frame : frames(client.machine.takeEffects())) {
                server.machine.receive(frame);
                moved = true;
            }
            const Effects effects = server.machine.takeEffects();
            for (const auto &message : only<DocumentMessageReceived>(effects))
                received = message.index;
            for (const Bytes &frame : frames(effects)) {
                client.machine.receive(frame);
                moved = true;
            }
        }
    }
};

QByteArray first(const Effects &effects, std::size_t index = 0)
{
    const std::vector<Bytes> all = frames(effects);
    return index < all.size() ? hex(all[index]) : QByteArray("nothing");
}

} // namespace

class SyncMachineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClientAsksAtOnceAndShowsItself()
    {
        Pair pair;
        pair.client.appear("{}");
        pair.client.machine.opened(Acknowledgements::Off);
        const Effects effects = pair.client.machine.takeEffects();
        QCOMPARE(first(effects), QByteArray("00 00 01 00"));
        // Under a clock that a server, which has seen the last connection end, does not know yet.
        QCOMPARE(first(effects, 1), QByteArray("01 06 01 0b 02 02 7b 7d"));
        QCOMPARE(effects.size(), 2u);
    }

    // Conformance case 79.
    void aServerAsksFirstAndTellsWhoIsHere()
    {
        Pair pair;
        pair.server.machine.opened(Acknowledgements::Off);
        QCOMPARE(frames(pair.server.machine.takeEffects()).size(), 1u);
        pair.server.machine.closed();

        pair.server.appear("{}");
        pair.server.machine.opened(Acknowledgements::Off);
        const Effects effects = pair.server.machine.takeEffects();
        QCOMPARE(first(effects), QByteArray("00 00 01 00"));
        QCOMPARE(first(effects, 1), QByteArray("01 06 01 16 01 02 7b 7d"));
    }

    // Conformance case 70.
    void aStep1IsAlwaysAnsweredEvenWithNothing()
    {
        Pair pair;
        pair.server.machine.opened(Acknowledgements::Off);
        pair.server.skipEffects();
        pair.server.machine.receive(hex("00 00 01 00"));
        QCOMPARE(first(pair.server.machine.takeEffects()), QByteArray("00 01 02 00 00"));
    }

    void aQuestionAskedOftenInOneFrameIsAnsweredOnce()
    {
        Pair pair;
        pair.server.machine.opened(Acknowledgements::Off);
        pair.server.skipEffects();
        pair.server.machine.receive(hex("00 00 01 00  03 03  00 00 01 00  03"));
        const Effects effects = pair.server.machine.takeEffects();
        QCOMPARE(effects.size(), 2u);
        QCOMPARE(first(effects, 1), QByteArray("01 01 00"));
    }

    void aServerSaysTheSameNumberAgainToThoseWhoSpeakOurs()
    {
        Pair pair;
        pair.open(Acknowledgements::Negotiated);
        pair.settle();
        pair.server.machine.receive(hex("66 07  66 ac 02"));
        QCOMPARE(first(pair.server.machine.takeEffects()), QByteArray("66 ac 02"));
        pair.client.machine.receive(hex("66 07"));
        QVERIFY(pair.client.machine.takeEffects().empty());
        Pair plain;
        plain.open(Acknowledgements::Off);
        plain.settle();
        plain.server.machine.receive(hex("66 07"));
        QVERIFY(plain.server.machine.takeEffects().empty());
    }

    // Conformance case 71.
    void twoMessagesInOneFrameAreBothHandled()
    {
        Pair pair;
        pair.client.machine.opened(Acknowledgements::Off);
        pair.client.skipEffects();
        pair.client.machine.receive(
            hex("00 01 0c 01 01 01 00 04 01 01 74 02 68 69 00  01 06 01 05 01 02 7b 7d"));
        QVERIFY(pair.client.text() == u"hi");
        QVERIFY(pair.client.awareness.states().contains(5));
        QVERIFY(pair.client.machine.isSynced());
    }

    void bothEndsHaveEverythingAfterTheHandshake()
    {
        Pair pair;
        pair.client.type(u"client ");
        pair.server.type(u"server ");
        pair.open(Acknowledgements::Off);
        pair.settle();
        QVERIFY(pair.client.machine.isSynced() && pair.server.machine.isSynced());
        QVERIFY(pair.client.text() == pair.server.text());
        QCOMPARE(pair.client.text().size(), 14u);

        pair.client.type(u"a");
        pair.server.type(u"b");
        pair.settle();
        QVERIFY(pair.client.text() == pair.server.text());
        QCOMPARE(pair.client.text().size(), 16u);
    }

    void syncedIsReportedOnceForEachConnection()
    {
        Pair pair;
        for (int connection = 0; connection < 2; ++connection) {
            pair.client.machine.opened(Acknowledgements::Off);
            pair.client.machine.receive(hex("00 01 02 00 00"));
            pair.client.machine.receive(hex("00 01 02 00 00"));
            QCOMPARE(only<Synced>(pair.client.machine.takeEffects()).size(), 1u);
            pair.client.machine.closed();
            QVERIFY(!pair.client.machine.isSynced());
        }
    }

    void whatComesOverAConnectionIsNotSentBackOnIt()
    {
        Pair pair;
        pair.server.machine.opened(Acknowledgements::Off);
        pair.server.skipEffects();
        pair.server.machine.receive(hex("00 02 0c 01 01 01 00 04 01 01 74 02 68 69 00"));
        pair.server.machine.receive(hex("01 06 01 05 01 02 7b 7d"));
        const Effects effects = pair.server.machine.takeEffects();
        QVERIFY(frames(effects).empty());
        QCOMPARE(only<DocumentMessageReceived>(effects).size(), 1u);
    }

    void aClosedMachineSaysNothing()
    {
        Pair pair;
        pair.client.type(u"a");
        pair.client.appear("{}");
        pair.client.machine.receive(hex("00 00 01 00"));
        pair.client.machine.tick();
        QVERIFY(pair.client.machine.takeEffects().empty());
        QVERIFY(pair.client.machine.nextDeadline() == std::chrono::steady_clock::time_point::max());
    }

    void anAcknowledgementCountsOnlyWhatIsOnTheServersDisk()
    {
        Pair pair;
        pair.client.type(u"offline ");
        pair.open(Acknowledgements::Negotiated);
        pair.settle();
        QCOMPARE(pair.ledger.waiting(), 1u);
        QCOMPARE(pair.ledger.sent(), 1u);
        QVERIFY(pair.client.machine.hasUnacknowledged());

        pair.client.type(u"more ");
        pair.settle();
        QCOMPARE(pair.received, 2u);
        QCOMPARE(pair.ledger.waiting(), 2u);

        pair.server.machine.persisted(1);
        pair.settle();
        QCOMPARE(pair.ledger.stored(), 1u);
        pair.server.machine.persisted(2);
        const Effects effects = pair.server.machine.takeEffects();
        QCOMPARE(first(effects), QByteArray("64 02"));
        pair.client.machine.receive(frames(effects).at(0));
        QCOMPARE(only<Acknowledged>(pair.client.machine.takeEffects()).at(0).count, 2u);
        QCOMPARE(pair.ledger.waiting(), 0u);
        QCOMPARE(pair.ledger.notStored(), 0u);
        QVERIFY(!pair.client.machine.hasUnacknowledged());
    }

    void oneAcknowledgementServesACommitOfManyMessages()
    {
        Pair pair;
        pair.open(Acknowledgements::Negotiated);
        pair.settle();
        for (int i = 0; i < 5; ++i)
            pair.client.type(u"x");
        pair.settle();
        pair.server.machine.persisted(pair.received);
        pair.server.machine.persisted(pair.received);
        QCOMPARE(frames(pair.server.machine.takeEffects()).size(), 1u);
    }

    // An update that is sent before our step 2 may follow on edits that the server lacks.
    void editsSentBeforeOurAnswerConfirmNothing()
    {
        Pair pair;
        pair.client.type(u"offline ");
        pair.open(Acknowledgements::Negotiated);
        pair.client.type(u"early ");
        for (const Bytes &frame : frames(pair.client.machine.takeEffects()))
            pair.server.machine.receive(frame);
        pair.server.machine.persisted(1);
        const std::vector<Bytes> fromServer = frames(pair.server.machine.takeEffects());
        pair.client.machine.receive(fromServer.back());
        QCOMPARE(pair.ledger.stored(), 0u);

        for (const Bytes &frame : fromServer)
            pair.client.machine.receive(frame);
        pair.settle();
        pair.server.machine.persisted(2);
        pair.settle();
        QCOMPARE(pair.ledger.stored(), 2u);
    }

    void plainPeersNeverSeeAnAcknowledgement()
    {
        Pair pair;
        pair.open(Acknowledgements::Off);
        pair.client.type(u"x");
        pair.settle();
        pair.server.machine.persisted(pair.received);
        QVERIFY(pair.server.machine.takeEffects().empty());
    }

    void aPlainServerIsAskedOnceTheTypingPauses()
    {
        Pair pair;
        pair.open(Acknowledgements::Off);
        pair.settle();
        pair.client.type(u"x");
        pair.settle();
        QCOMPARE(pair.ledger.waiting(), 1u);
        QVERIFY(pair.client.machine.nextDeadline() == pair.clock.steadyNow() + kProbeDelay);
        pair.clock.advance(kProbeDelay);
        pair.client.machine.tick();
        pair.settle();
        QCOMPARE(pair.ledger.waiting(), 0u);
        QCOMPARE(pair.ledger.notStored(), 1u);
        pair.clock.advance(kProbeDelay);
        pair.client.machine.tick();
        QVERIFY(pair.client.machine.takeEffects().empty());
    }

    void anAnswerShowsOnlyWhatWasSentBeforeTheQuestion()
    {
        Pair pair;
        pair.open(Acknowledgements::Off);
        pair.settle();
        pair.client.type(u"before ");
        pair.settle();
        pair.clock.advance(kProbeDelay);
        pair.client.machine.tick();
        pair.client.type(u"after ");
        const std::vector<Bytes> sent = frames(pair.client.machine.takeEffects());
        QCOMPARE(sent.size(), 2u);
        pair.server.machine.receive(sent[0]);
        pair.settle();
        QCOMPARE(pair.ledger.received(), 1u);
        QCOMPARE(pair.ledger.waiting(), 1u);
        QCOMPARE(pair.client.machine.unacknowledgedCount(), 1u);
    }

    void aPlainServerIsAskedAlsoIfTheTypingNeverPauses()
    {
        Pair pair;
        pair.open(Acknowledgements::Off);
        pair.settle();
        for (int second = 0; second < 20; ++second) {
            pair.client.type(u"x");
            pair.settle();
            pair.clock.advance(1s);
            pair.client.machine.tick();
        }
        pair.settle();
        QVERIFY(pair.ledger.waiting() <= 5);
    }

    void aLostConnectionLeavesEditsWaitingUntilTheNextOneBringsThem()
    {
        Pair pair;
        pair.open(Acknowledgements::Negotiated);
        pair.settle();
        pair.client.type(u"a");
        pair.client.skipEffects();
        pair.client.machine.closed();
        pair.server.machine.closed();
        pair.client.type(u"b");
        QCOMPARE(pair.ledger.waiting(), 2u);
        QCOMPARE(pair.ledger.sent(), pair.ledger.stored());

        pair.open(Acknowledgements::Negotiated);
        pair.settle();
        pair.server.machine.persisted(pair.received);
        pair.settle();
        QCOMPARE(pair.ledger.waiting(), 0u);
        QVERIFY(pair.server.text() == u"ba");
    }

    void presenceEndsWithItsConnection()
    {
        Pair pair;
        pair.client.appear(R"({"user":{"name":"Ann"}})");
        pair.server.appear(R"({"user":{"name":"Host"}})");
        pair.open(Acknowledgements::Off);
        pair.settle();
        QVERIFY(pair.server.awareness.states().contains(11));
        QVERIFY(pair.client.awareness.states().contains(22));
        QCOMPARE(pair.server.machine.ownedClients(), std::vector<crdt::ClientId>{11});

        pair.server.machine.closed();
        pair.client.machine.closed();
        QCOMPARE(pair.server.awareness.states().size(), 1u);
        QCOMPARE(pair.client.awareness.states().size(), 1u);
        QVERIFY(pair.client.awareness.localState());

        pair.open(Acknowledgements::Off);
        pair.settle();
        QVERIFY(pair.server.awareness.states().contains(11));
        QVERIFY(pair.client.awareness.states().contains(22));
    }

    void aClientThatLeavesIsGoneAtOnce()
    {
        Pair pair;
        pair.client.appear("{}");
        pair.open(Acknowledgements::Off);
        pair.settle();
        pair.client.machine.leaving();
        pair.settle();
        QVERIFY(!pair.server.awareness.states().contains(11));
        QVERIFY(pair.client.awareness.localState());
    }

    void aClientIdTakenBySomebodyElseIsGivenUp()
    {
        Pair pair;
        pair.client.appear("{}");
        pair.client.machine.opened(Acknowledgements::Off);
        pair.client.type(u"a");
        // A "b" of client 11, which is us, that we never wrote.
        pair.client.machine.receive(hex("00 02 0a 01 01 0b 01 84 0b 00 01 62 00"));
        QVERIFY(pair.client.text() == u"ab");
        QVERIFY(pair.client.doc.clientId() != 11);
        QCOMPARE(pair.client.awareness.clientId(), pair.client.doc.clientId());
        QVERIFY(pair.client.awareness.localState());
    }
};

QTEST_APPLESS_MAIN(SyncMachineTest)
#include "sync_machine_test.moc"
