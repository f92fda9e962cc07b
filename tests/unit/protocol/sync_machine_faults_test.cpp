#include "libsync/base/limits.h"
#include "libsync/lib0/encoder.h"
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

/// "b" of client 1 at clock 1, which follows on an "a" that nobody has sent.
constexpr const char *kUpdateWithGap = "00 02 0a 01 01 01 01 84 01 00 01 62 00";
/// The "a" before it, in the text `t`.
constexpr const char *kMissingUpdate = "00 01 0b 01 01 01 00 04 01 01 74 01 61 00";

/// One machine, opened and with its greeting taken.
struct Lone {
    explicit Lone(Role role, Acknowledgements acknowledgements = Acknowledgements::Off)
        : peer(role, role == Role::Client ? 11 : 22, clock,
               role == Role::Client ? &ledger : nullptr, role == Role::Server ? &owners : nullptr)
    {
        peer.machine.opened(acknowledgements);
        peer.skipEffects();
    }
    Effects receive(const char *digits)
    {
        peer.machine.receive(hex(digits));
        return peer.machine.takeEffects();
    }
    Effects after(std::chrono::nanoseconds duration)
    {
        clock.advance(duration);
        peer.machine.tick();
        return peer.machine.takeEffects();
    }

    ManualClock clock;
    EditLedger ledger;
    ClientOwners owners;
    MachinePeer peer;
};

/// As kUpdateWithGap, but with one struct more than may wait.
Bytes tooManyThatWait()
{
    lib0::Encoder out;
    out.writeVarUint(1);
    out.writeVarUint(limits::kMaxPendingStructs + 1);
    out.writeVarUint(1);
    out.writeVarUint(1);
    for (std::size_t origin = 0; origin <= limits::kMaxPendingStructs; ++origin) {
        out.writeUint8(0x84);
        out.writeVarUint(1);
        out.writeVarUint(origin);
        out.writeVarString("b");
    }
    out.writeVarUint(0);
    return out.take();
}

std::optional<CloseCode> closeCode(const Effects &effects)
{
    const auto closes = only<Close>(effects);
    return closes.empty() ? std::nullopt : std::optional(closes.front().code);
}

} // namespace

class SyncMachineFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aServerClosesWhoSendsNonsenseAndKeepsItsDocument_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("truncated frame") << QByteArray("00 02 05 00");
        QTest::newRow("truncated update") << QByteArray("00 02 02 01 01");
        QTest::newRow("bad content") << QByteArray("00 02 09 01 01 01 00 1f 01 01 74 00");
        QTest::newRow("struct that refers to itself")
            << QByteArray("00 02 0a 01 01 01 00 84 01 00 01 62 00");
        QTest::newRow("bad state vector") << QByteArray("00 00 01 05");
        QTest::newRow("bad presence") << QByteArray("01 06 01 05 01 02 7b 7b");
    }

    void aServerClosesWhoSendsNonsenseAndKeepsItsDocument()
    {
        QFETCH(QByteArray, frame);
        Lone server(Role::Server);
        server.peer.type(u"kept");
        server.peer.skipEffects();
        const Bytes before = codec::encodeStateAsUpdate(server.peer.doc);
        const Effects effects = server.receive(frame.constData());
        QVERIFY(closeCode(effects) == CloseCode::Malformed);
        QCOMPARE(only<Warning>(effects).size(), 1u);
        QVERIFY(only<DocumentMessageReceived>(effects).empty());
        QCOMPARE(hex(codec::encodeStateAsUpdate(server.peer.doc)), hex(before));
        QVERIFY(!server.peer.machine.isOpen());
        // Nothing more from this peer counts.
        QVERIFY(server.receive("00 02 0c 01 01 01 00 04 01 01 74 02 68 69 00").empty());
        QVERIFY(server.peer.text() == u"kept");
    }

    void aClientWarnsAndStays()
    {
        Lone client(Role::Client);
        const Effects effects = client.receive("00 02 02 01 01");
        QCOMPARE(effects.size(), 1u);
        QCOMPARE(only<Warning>(effects).size(), 1u);
        QVERIFY(client.peer.machine.isOpen());
        QVERIFY(!client.receive("00 02 0c 01 01 01 00 04 01 01 74 02 68 69 00").empty());
        QVERIFY(client.peer.text() == u"hi");
    }

    // Conformance case 70, the last part.
    void anUnknownKindOfMessageDoesNotEndTheConnection()
    {
        for (const Role role : {Role::Client, Role::Server}) {
            Lone lone(role);
            for (const char *digits : {"00 07 01 00", "02 04 73 61 76 65", "66 01 05"})
                QVERIFY(!closeCode(lone.receive(digits)));
            QVERIFY(lone.peer.machine.isOpen());
        }
    }

    void aMessageThatIsTooBigIsClosedWith1009()
    {
        Lone server(Role::Server);
        server.peer.machine.receive(Bytes(limits::kMaxMessageBytes + 1));
        QVERIFY(closeCode(server.peer.machine.takeEffects()) == CloseCode::TooBig);
    }

    void aFrameOfCountlessMessagesIsClosed()
    {
        Lone server(Role::Server);
        server.peer.machine.receive(Bytes(100'000, 0x03));
        QVERIFY(closeCode(server.peer.machine.takeEffects()) == CloseCode::TooMany);
    }

    void aGuestCannotSendWhatOnlyServersMay()
    {
        Lone server(Role::Server, Acknowledgements::Negotiated);
        for (const char *digits : {"64 01", "02 00 02 6e 6f"}) {
            const Effects effects = server.receive(digits);
            QCOMPARE(effects.size(), 1u);
            QVERIFY(only<Warning>(effects).at(0).error.code == ErrorCode::Denied);
        }
    }

    void aDeniedPermissionIsReported()
    {
        Lone client(Role::Client);
        QCOMPARE(only<PeerDenied>(client.receive("02 00 02 6e 6f")).at(0).reason,
                 std::string("no"));
    }

    void anAcknowledgementOfMoreThanWasSentIsIgnored()
    {
        Lone client(Role::Client, Acknowledgements::Negotiated);
        client.receive("00 00 01 00");
        client.peer.type(u"x");
        client.peer.skipEffects();
        QCOMPARE(only<Warning>(client.receive("64 03")).size(), 1u);
        QCOMPARE(client.ledger.stored(), 0u);
        QVERIFY(!only<Acknowledged>(client.receive("64 02")).empty());
        QCOMPARE(client.ledger.stored(), 1u);
        QVERIFY(client.receive("64 01").empty());
    }

    void anUpdateThatWaitsIsHandedOverForTheLog()
    {
        Lone server(Role::Server);
        const auto waiting = only<DocumentMessageReceived>(server.receive(kUpdateWithGap));
        QVERIFY(waiting.at(0).pendingUpdate.has_value());
        QCOMPARE(hex(*waiting[0].pendingUpdate), QByteArray("01 01 01 01 84 01 00 01 62 00"));
        const auto healed = only<DocumentMessageReceived>(server.receive(kMissingUpdate));
        QVERIFY(!healed.at(0).pendingUpdate);
        QVERIFY(server.peer.text() == u"ab");
    }

    void whileAGapIsOpenOnlyWhatWaitsIsHandedOver()
    {
        Lone server(Role::Server);
        const auto isHandedOver = [&](const char *digits) {
            return only<DocumentMessageReceived>(server.receive(digits))
                .at(0)
                .pendingUpdate.has_value();
        };
        QVERIFY(isHandedOver(kUpdateWithGap));
        QVERIFY(!isHandedOver(kUpdateWithGap));
        QVERIFY(!isHandedOver("00 02 0b 01 01 02 00 04 01 01 74 01 63 00"));
        // Deletions wait as well: of client 3, whom nobody knows.
        QVERIFY(isHandedOver("00 02 06 00 01 03 01 00 01"));
        QVERIFY(!isHandedOver("00 02 06 00 01 03 01 00 01"));
        QVERIFY(isHandedOver("00 02 06 00 01 03 01 00 02"));
        // A part that is taken in hides no other part that waits.
        QVERIFY(isHandedOver("00 02 12 02 01 02 01 84 02 00 01 64 01 01 02 84 01 01 01 65 00"));
        QVERIFY(!isHandedOver(kMissingUpdate));
        QVERIFY(server.peer.doc.hasPending());
    }

    void aGapIsHealedByComparingStateVectors()
    {
        Lone server(Role::Server);
        server.receive("00 01 02 00 00");
        server.receive(kUpdateWithGap);
        QVERIFY(server.after(4'999ms).empty());
        QCOMPARE(hex(frames(server.after(1ms)).at(0)), QByteArray("00 00 01 00"));
        server.receive(kMissingUpdate);
        QVERIFY(server.peer.text() == u"ab");
        QVERIFY(server.after(19s).empty());
    }

    void aGapThatAskingDoesNotHealIsNotAskedForWithoutEnd()
    {
        Lone server(Role::Server);
        server.receive("00 01 02 00 00");
        server.receive(kUpdateWithGap);
        int questions = 0;
        for (int second = 0; second < 600; ++second) {
            for (const Bytes &frame : frames(server.after(1s)))
                questions += frame.front() == 0 ? 1 : 0;
        }
        QCOMPARE(questions, kMaxResyncs);
    }

    void whatIsDroppedIsNotTakenForReceived()
    {
        const Bytes frame = encodeSyncUpdate(tooManyThatWait());
        Lone server(Role::Server);
        server.peer.machine.receive(frame);
        const Effects closing = server.peer.machine.takeEffects();
        QVERIFY(closeCode(closing) == CloseCode::Reset);
        QVERIFY(only<DocumentMessageReceived>(closing).empty());
        QVERIFY(!server.peer.doc.hasPending());

        Lone client(Role::Client);
        client.receive("00 01 02 00 00");
        client.peer.machine.receive(frame);
        QVERIFY(only<DocumentMessageReceived>(client.peer.machine.takeEffects()).empty());
        QVERIFY(client.peer.machine.isOpen());
        QCOMPARE(hex(frames(client.after(kResyncDelay)).at(0)), QByteArray("00 00 01 00"));
    }

    void beforeTheFirstAnswerAGapIsNoGap()
    {
        Lone client(Role::Client);
        client.receive(kUpdateWithGap);
        QVERIFY(client.after(20s).empty());
    }

    void aClientAsksAgainAfterAMessageItCouldNotRead()
    {
        Lone client(Role::Client);
        client.receive("00 01 02 00 00");
        client.receive("00 02 02 01 01");
        QCOMPARE(hex(frames(client.after(kResyncDelay)).at(0)), QByteArray("00 00 01 00"));
        client.receive("00 01 02 00 00");
        QVERIFY(client.after(20s).empty());
    }

    // Conformance case 74, the first part.
    void aClientReconnectsAfterThirtySilentSeconds()
    {
        Lone client(Role::Client);
        QVERIFY(client.peer.machine.nextDeadline() == client.clock.steadyNow() + 30s);
        QVERIFY(client.after(29'999ms).empty());
        QVERIFY(closeCode(client.after(1ms)) == CloseCode::Timeout);
        QVERIFY(!client.peer.machine.isOpen());
    }

    void anyMessageKeepsTheWatchdogQuiet()
    {
        Lone client(Role::Client);
        for (int i = 0; i < 10; ++i) {
            QVERIFY(client.after(20s).empty());
            client.receive("01 01 00");
        }
    }

    // Conformance case 79, the last part.
    void aServerNeverFallsSilentForThirtySeconds()
    {
        Lone server(Role::Server);
        QVERIFY(server.peer.machine.nextDeadline() == server.clock.steadyNow() + 20s);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(server.after(19'999ms).empty());
            QCOMPARE(hex(frames(server.after(1ms)).at(0)), QByteArray("01 01 00"));
        }
        server.peer.type(u"x");
        server.peer.skipEffects();
        QVERIFY(server.after(19'999ms).empty());
    }

    void nobodySpeaksForAClientOfAnotherConnection()
    {
        Lone server(Role::Server);
        SyncMachine other({Role::Server, server.peer.doc, server.peer.awareness, server.clock,
                           nullptr, &server.owners});
        other.opened(Acknowledgements::Off);
        server.receive("01 06 01 05 01 02 7b 7d");
        static_cast<void>(other.takeEffects());

        other.receive(hex("01 06 01 06 01 02 7b 7d"));
        other.receive(hex("01 08 01 05 09 04 6e 75 6c 6c"));
        other.receive(hex("01 06 01 05 09 02 5b 5d"));
        QCOMPARE(only<Warning>(other.takeEffects()).size(), 2u);
        QVERIFY(server.peer.awareness.states().at(5).state.isObject());
        QCOMPARE(server.peer.awareness.knownClock(5), 1u);

        // What it repeats of others is no offence, and changes nothing.
        other.receive(hex("01 06 01 05 01 02 7b 7d"));
        QVERIFY(other.takeEffects().empty());

        other.closed();
        QVERIFY(server.peer.awareness.states().contains(5));
        QVERIFY(!server.peer.awareness.states().contains(6));
    }

    void nobodySpeaksForTheHost()
    {
        Lone server(Role::Server);
        server.peer.appear(R"("host")");
        server.peer.skipEffects();
        const Effects effects = server.receive("01 06 01 16 09 02 7b 7d");
        QVERIFY(server.peer.awareness.localState()->isString());
        // The sender is told as well.
        QCOMPARE(hex(frames(effects).at(0)), QByteArray("01 0a 01 16 0a 06 22 68 6f 73 74 22"));
    }

    void aClientDoesNotTellItsServerThatOthersAreGone()
    {
        Lone client(Role::Client);
        client.receive("01 06 01 05 01 02 7b 7d");
        client.clock.advance(30s);
        client.peer.awareness.tick();
        QVERIFY(client.peer.awareness.states().empty());
        QVERIFY(client.peer.machine.takeEffects().empty());
    }
};

QTEST_APPLESS_MAIN(SyncMachineFaultsTest)
#include "sync_machine_faults_test.moc"
