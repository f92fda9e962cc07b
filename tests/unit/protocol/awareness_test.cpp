#include "libsync/lib0/json.h"
#include "libsync/protocol/awareness.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using namespace std::chrono_literals;
using cowrite::lib0::Any;
using cowrite::test::hex;
using Ids = std::vector<crdt::ClientId>;

namespace {

constexpr crdt::ClientId kOwn = 1;
const int kSomebody = 0;
constexpr crdt::Origin kPeer = crdt::Origin::of(&kSomebody);

Any json(const char *text)
{
    return *lib0::parseJson(text);
}

Bytes entry(crdt::ClientId client, std::uint64_t clock, const char *text)
{
    return encodeAwarenessUpdate({{client, clock, {}, text}});
}

/// Both signals of an Awareness, in order, with whether they had an origin.
struct Recorder {
    explicit Recorder(Awareness &awareness)
        : m_changed(awareness.changed.connect(
              [this](const AwarenessChange &change, crdt::Origin) { changed.push_back(change); })),
          m_updated(
              awareness.updated.connect([this](const AwarenessChange &change, crdt::Origin origin) {
                  updated.push_back(change);
                  origins.push_back(origin);
              }))
    {}
    std::vector<AwarenessChange> changed;
    std::vector<AwarenessChange> updated;
    std::vector<crdt::Origin> origins;

private:
    Subscription m_changed;
    Subscription m_updated;
};

} // namespace

/// Conformance case 72 (yjs-compat 7.2).
class AwarenessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOwnClockStartsAtOneSoThatPeersSeeTheFirstState()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(!awareness.localState());
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        QCOMPARE(hex(awareness.encodeAll()), QByteArray("01 01 01 02 7b 7d"));
        QCOMPARE(awareness.knownClock(kOwn), 1u);
    }

    void aRemovalIsNullUnderAHigherClock()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        QVERIFY(awareness.setLocalState(std::nullopt).has_value());
        const Ids own{kOwn};
        QCOMPARE(hex(awareness.encode(own)), QByteArray("01 01 02 04 6e 75 6c 6c"));
        QCOMPARE(hex(awareness.encodeAll()), QByteArray("00"));
    }

    void anUnknownClientAtClockZeroIsIgnored()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        Recorder recorder(awareness);
        const auto change = awareness.apply(hex("01 02 00 02 7b 7d"), kPeer);
        QVERIFY(change && change->empty());
        QVERIFY(awareness.states().empty());
        QVERIFY(recorder.updated.empty());
    }

    void onlyAHigherClockChangesAState()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 5, R"({"a":1})"), kPeer).has_value());
        QVERIFY(awareness.apply(entry(2, 5, R"({"a":2})"), kPeer)->empty());
        QVERIFY(awareness.apply(entry(2, 4, R"({"a":2})"), kPeer)->empty());
        QVERIFY(awareness.apply(entry(2, 4, "null"), kPeer)->empty());
        QVERIFY(awareness.states().at(2).state == json(R"({"a":1})"));
        QCOMPARE(awareness.apply(entry(2, 6, R"({"a":2})"), kPeer)->updated, Ids{2});
        QVERIFY(awareness.states().at(2).state == json(R"({"a":2})"));
    }

    void nullUnderTheSameClockRemoves()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QCOMPARE(awareness.apply(entry(2, 5, "{}"), kPeer)->added, Ids{2});
        QCOMPARE(awareness.apply(entry(2, 5, "null"), kPeer)->removed, Ids{2});
        QVERIFY(awareness.states().empty());
        QCOMPARE(awareness.knownClock(2), 5u);
        QVERIFY(awareness.apply(entry(2, 5, "null"), kPeer)->empty());
    }

    void afterARemovalOnlyAHigherClockComesBackAndCountsAsUpdated()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 5, "{}"), kPeer).has_value());
        QVERIFY(awareness.apply(entry(2, 5, "null"), kPeer).has_value());
        Recorder recorder(awareness);
        QVERIFY(awareness.apply(entry(2, 5, "{}"), kPeer)->empty());
        QCOMPARE(awareness.apply(entry(2, 6, "{}"), kPeer)->updated, Ids{2});
        QCOMPARE(recorder.changed.size(), 1u);
        QCOMPARE(recorder.changed[0].updated, Ids{2});
    }

    void nullForTheOwnClientIsAnsweredWithTheStateUnderAHigherClock()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json(R"({"a":1})")).has_value());
        Recorder recorder(awareness);
        QVERIFY(awareness.apply(entry(kOwn, 1, "null"), kPeer).has_value());
        QVERIFY(*awareness.localState() == json(R"({"a":1})"));
        QCOMPARE(awareness.knownClock(kOwn), 2u);
        QCOMPARE(recorder.updated.size(), 1u);
        QCOMPARE(recorder.updated[0].updated, Ids{kOwn});
        // To everybody, the sender included.
        QVERIFY(recorder.origins[0].isEmpty());
        QVERIFY(recorder.changed.empty());
    }

    void nobodyElseSetsTheOwnState()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json(R"({"a":1})")).has_value());
        Recorder recorder(awareness);
        QVERIFY(awareness.apply(entry(kOwn, 1, R"({"a":"forged"})"), kPeer)->empty());
        QVERIFY(recorder.updated.empty());
        QVERIFY(awareness.apply(entry(kOwn, 40, R"({"a":"forged"})"), kPeer)->empty());
        QVERIFY(*awareness.localState() == json(R"({"a":1})"));
        QCOMPARE(awareness.knownClock(kOwn), 41u);
        QCOMPARE(recorder.updated.size(), 1u);
    }

    void aForgedStateDoesNotAppearWhereThereIsNoOwnState()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(kOwn, 40, "{}"), kPeer)->empty());
        QVERIFY(awareness.states().empty());
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        QCOMPARE(awareness.knownClock(kOwn), 41u);
    }

    void aRenewalIsAnnouncedButIsNoChange()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 1, R"({"a":1,"b":[2]})"), kPeer).has_value());
        Recorder recorder(awareness);
        QVERIFY(awareness.apply(entry(2, 2, R"({"b":[2],"a":1})"), kPeer).has_value());
        QVERIFY(recorder.changed.empty());
        QCOMPARE(recorder.updated.size(), 1u);
        QVERIFY(recorder.origins[0] == kPeer);
        QCOMPARE(awareness.states().at(2).clock, 2u);
    }

    void theOwnStateIsRenewedAfterFifteenSeconds()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        QVERIFY(awareness.nextDeadline() == clock.steadyNow() + 15s);
        Recorder recorder(awareness);
        clock.advance(14'999ms);
        awareness.tick();
        QVERIFY(recorder.updated.empty());
        clock.advance(1ms);
        awareness.tick();
        QCOMPARE(recorder.updated.size(), 1u);
        QVERIFY(recorder.changed.empty());
        QCOMPARE(awareness.knownClock(kOwn), 2u);
        QVERIFY(awareness.nextDeadline() == clock.steadyNow() + 15s);
    }

    void othersAreDroppedAfterThirtySecondsAndTheirClockStays()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 7, "{}"), kPeer).has_value());
        clock.advance(20s);
        QVERIFY(awareness.apply(entry(3, 1, "{}"), kPeer).has_value());
        Recorder recorder(awareness);
        clock.advance(9'999ms);
        awareness.tick();
        QVERIFY(recorder.changed.empty());
        clock.advance(1ms);
        awareness.tick();
        QCOMPARE(recorder.changed.size(), 1u);
        QCOMPARE(recorder.changed[0].removed, Ids{2});
        QVERIFY(recorder.origins[0].isEmpty());
        QVERIFY(awareness.states().contains(3));
        const Ids gone{2};
        QCOMPARE(hex(awareness.encode(gone)), QByteArray("01 02 07 04 6e 75 6c 6c"));
    }

    void jumpsOfTheWallClockDropNobody()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 7, "{}"), kPeer).has_value());
        clock.jumpWall(24h);
        awareness.tick();
        clock.jumpWall(-48h);
        awareness.tick();
        QVERIFY(awareness.states().contains(2));
    }

    void aFieldIsSetBesideThoseOfOtherPrograms()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalField("cursor", nullptr).has_value());
        QVERIFY(!awareness.localState());
        QVERIFY(awareness.setLocalState(json(R"({"autosave":true,"cursor":1})")).has_value());
        QVERIFY(awareness.setLocalField("cursor", nullptr).has_value());
        QVERIFY(*awareness.localState() == json(R"({"autosave":true,"cursor":null})"));
        QVERIFY(awareness.setLocalField("cursor", Any()).has_value());
        QVERIFY(*awareness.localState() == json(R"({"autosave":true})"));

        Recorder recorder(awareness);
        QVERIFY(awareness.setLocalField("cursor", Any()).has_value());
        QVERIFY(awareness.setLocalField("autosave", true).has_value());
        QVERIFY(recorder.updated.empty());
    }

    void goodbyeIsNullUnderThePresentClockAndKeepsTheState()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QCOMPARE(hex(awareness.encodeGoodbye()), QByteArray("00"));
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        QCOMPARE(hex(awareness.encodeGoodbye()), QByteArray("01 01 01 04 6e 75 6c 6c"));
        QVERIFY(awareness.localState());
    }

    void removedStatesKeepTheirClocks()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 7, "{}"), kPeer).has_value());
        Recorder recorder(awareness);
        const Ids clients{2, 9};
        awareness.removeStates(clients, kPeer);
        QCOMPARE(recorder.changed.size(), 1u);
        QCOMPARE(recorder.changed[0].removed, Ids{2});
        QVERIFY(recorder.origins[0] == kPeer);
        QCOMPARE(awareness.knownClock(2), 7u);
    }

    void whoseClockWasForgottenIsSeenAtOnceWhenBack()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.apply(entry(2, 7, "{}"), kPeer).has_value());
        Bytes passedOn;
        const Ids clients{2};
        const auto subscription =
            awareness.updated.connect([&](const AwarenessChange &change, crdt::Origin) {
                passedOn = awareness.encode(change.clients());
            });
        awareness.removeStates(clients, kPeer, KeepClocks::No);
        QCOMPARE(hex(passedOn), QByteArray("01 02 07 04 6e 75 6c 6c"));
        QCOMPARE(awareness.apply(entry(2, 7, "{}"), kPeer)->added, clients);
    }

    void aNewClientIdTakesTheStateAlong()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json(R"({"a":1})")).has_value());
        QVERIFY(awareness.apply(entry(9, 3, R"({"other":1})"), kPeer).has_value());
        Recorder recorder(awareness);
        awareness.setClientId(9);
        QCOMPARE(awareness.clientId(), crdt::ClientId{9});
        QVERIFY(*awareness.localState() == json(R"({"a":1})"));
        QCOMPARE(awareness.states().size(), 1u);
        QCOMPARE(awareness.knownClock(9), 4u);
        QCOMPARE(recorder.updated.size(), 1u);
        QCOMPARE(recorder.updated[0].removed, Ids{kOwn});
        const Ids both{kOwn, 9};
        QCOMPARE(hex(awareness.encode(both)),
                 QByteArray("02 01 02 04 6e 75 6c 6c 09 04 07 7b 22 61 22 3a 31 7d"));
    }

    void twoEndsAgreeWhateverTheOrder()
    {
        ManualClock clock;
        Awareness a(1, clock);
        Awareness b(2, clock);
        QVERIFY(a.setLocalState(json(R"({"name":"a"})")).has_value());
        const Bytes old = a.encodeAll();
        QVERIFY(a.setLocalField("name", "b").has_value());
        QVERIFY(b.apply(a.encodeAll(), kPeer).has_value());
        QVERIFY(b.apply(old, kPeer)->empty());
        QVERIFY(b.states().at(1).state == json(R"({"name":"b"})"));
    }

    void slotsMayChangeTheOwnStateWhileAnUpdateIsAnnounced()
    {
        ManualClock clock;
        Awareness awareness(kOwn, clock);
        QVERIFY(awareness.setLocalState(json("{}")).has_value());
        const auto subscription =
            awareness.changed.connect([&](const AwarenessChange &change, crdt::Origin) {
                if (!change.added.empty())
                    QVERIFY(awareness.setLocalField("seen", change.added.size()).has_value());
            });
        QVERIFY(awareness.apply(entry(2, 1, "{}"), kPeer).has_value());
        QVERIFY(*awareness.localState() == json(R"({"seen":1})"));
    }
};

QTEST_APPLESS_MAIN(AwarenessTest)
#include "awareness_test.moc"
