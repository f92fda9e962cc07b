#include "libsync/lib0/encoder.h"
#include "libsync/lib0/json.h"
#include "libsync/protocol/awareness.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using cowrite::lib0::Any;
using cowrite::test::hex;

namespace {

std::string text(std::size_t size)
{
    return '"' + std::string(size - 2, 'x') + '"';
}

} // namespace

/// Foreign bytes are refused whole (yjs-compat 10.1 and 10.2, rule 13).
class AwarenessLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badJsonInALaterEntryAppliesNothing()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        const Bytes update = encodeAwarenessUpdate({{2, 1, {}, "{}"}, {3, 1, {}, "{"}});
        const auto result = awareness.apply(update, {});
        QVERIFY(result.error().code == ErrorCode::Malformed);
        QVERIFY(result.error().byteOffset.has_value());
        QVERIFY(awareness.states().empty());
        QCOMPARE(awareness.knownClock(2), 0u);
    }

    void everyTruncationIsMalformed()
    {
        const Bytes whole = encodeAwarenessUpdate({{2, 1, {}, R"({"a":1})"}, {300, 1, {}, "null"}});
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto entries = decodeAwarenessUpdate(ByteView(whole).first(size));
            QVERIFY(entries.error().code == ErrorCode::Malformed);
        }
        QCOMPARE(decodeAwarenessUpdate(whole)->size(), 2u);
    }

    void statesThatAreNoObjectsAreKept()
    {
        const auto entries = decodeAwarenessUpdate(encodeAwarenessUpdate({{2, 1, {}, "[1]"}}));
        QVERIFY(entries->at(0).state->isArray());
    }

    void theTextOfAStateIsPassedOnAsItCame()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        const Bytes update = encodeAwarenessUpdate({{2, 1, {}, R"({ "a" : 1.0e0 })"}});
        QVERIFY(awareness.apply(update, {}).has_value());
        QCOMPARE(hex(awareness.encodeAll()), hex(update));
    }

    void moreEntriesThanBytesAreRefusedBeforeAllocating()
    {
        QVERIFY(decodeAwarenessUpdate(hex("e7 07 01 01 04 6e 75 6c 6c")).error().code ==
                ErrorCode::Malformed);
        QVERIFY(decodeAwarenessUpdate(hex("ff ff ff ff ff ff ff 0f 00")).error().code ==
                ErrorCode::LimitExceeded);
    }

    void aStateBeyondItsLimitIsRefused()
    {
        const Bytes fits = encodeAwarenessUpdate({{2, 1, {}, text(kMaxAwarenessStateBytes)}});
        QVERIFY(decodeAwarenessUpdate(fits).has_value());
        const Bytes large = encodeAwarenessUpdate({{2, 1, {}, text(kMaxAwarenessStateBytes + 1)}});
        QVERIFY(decodeAwarenessUpdate(large).error().code == ErrorCode::LimitExceeded);
        const std::string deep(300, '[');
        const Bytes nested =
            encodeAwarenessUpdate({{2, 1, {}, deep + std::string(deep.size(), ']')}});
        QVERIFY(decodeAwarenessUpdate(nested).error().code == ErrorCode::LimitExceeded);
    }

    void theOwnStateObeysTheSameLimitAndStaysAsItWas()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        QVERIFY(awareness.setLocalState(Any("small")).has_value());
        const auto large = awareness.setLocalState(Any(text(kMaxAwarenessStateBytes + 1)));
        QVERIFY(large.error().code == ErrorCode::LimitExceeded);
        const auto impossible = awareness.setLocalState(Any::bigInt(1));
        QVERIFY(impossible.error().code == ErrorCode::Unsupported);
        QVERIFY(*awareness.localState() == Any("small"));
        QCOMPARE(awareness.knownClock(1), 1u);
    }

    void aClockFarAheadIsRefusedAlsoForTheOwnClient()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        QVERIFY(awareness.setLocalState(Any("here")).has_value());
        for (const crdt::ClientId client : {1, 2}) {
            const std::uint64_t known = awareness.knownClock(client);
            const Bytes far =
                encodeAwarenessUpdate({{client, known + kMaxAwarenessClockStep + 1, {}, "{}"}});
            QVERIFY(awareness.apply(far, {}).error().code == ErrorCode::LimitExceeded);
            QCOMPARE(awareness.knownClock(client), known);
            const Bytes near =
                encodeAwarenessUpdate({{client, known + kMaxAwarenessClockStep, {}, "{}"}});
            QVERIFY(awareness.apply(near, {}).has_value());
        }
    }

    void moreThanTheAllowedStatesAreRefused()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        std::vector<AwarenessEntry> entries;
        for (std::size_t i = 0; i < kMaxAwarenessStates; ++i)
            entries.push_back({10 + i, 1, {}, "{}"});
        const Bytes full = encodeAwarenessUpdate(entries);
        QVERIFY(awareness.apply(full, {}).has_value());
        // All of them still fit into one message.
        QCOMPARE(hex(awareness.encodeAll()), hex(full));
        const Bytes more = encodeAwarenessUpdate({{5, 1, {}, "{}"}});
        QVERIFY(awareness.apply(more, {}).error().code == ErrorCode::LimitExceeded);
        const Bytes known = encodeAwarenessUpdate({{10, 2, {}, R"({"a":1})"}});
        QVERIFY(awareness.apply(known, {}).has_value());
    }

    void theTextOfAllStatesTogetherIsBounded()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        const std::string large = text(kMaxAwarenessStateBytes);
        const std::size_t fitting = kMaxAwarenessTotalBytes / kMaxAwarenessStateBytes;
        for (std::size_t i = 0; i < fitting; ++i)
            QVERIFY(
                awareness.apply(encodeAwarenessUpdate({{10 + i, 1, {}, large}}), {}).has_value());
        const Bytes more = encodeAwarenessUpdate({{5, 1, {}, large}});
        QVERIFY(awareness.apply(more, {}).error().code == ErrorCode::LimitExceeded);
        const std::vector<crdt::ClientId> gone{10};
        awareness.removeStates(gone, {});
        QVERIFY(awareness.apply(more, {}).has_value());
    }

    void clocksOfTheGoneAreForgottenWhenThereAreTooMany()
    {
        ManualClock clock;
        Awareness awareness(1, clock);
        QVERIFY(awareness.setLocalState(Any("here")).has_value());
        QVERIFY(awareness.apply(encodeAwarenessUpdate({{2, 1, {}, "{}"}}), {}).has_value());
        for (crdt::ClientId first = 100; first < 100 + 2 * kMaxRememberedClocks; first += 500) {
            std::vector<AwarenessEntry> entries;
            for (crdt::ClientId i = 0; i < 500; ++i)
                entries.push_back({first + i, 1, {}, "null"});
            clock.advance(std::chrono::milliseconds(1));
            QVERIFY(awareness.apply(encodeAwarenessUpdate(entries), {}).has_value());
        }
        QCOMPARE(awareness.knownClock(100), 0u);
        QCOMPARE(awareness.knownClock(100 + 2 * kMaxRememberedClocks - 1), 1u);
        QCOMPARE(awareness.knownClock(1), 1u);
        QCOMPARE(awareness.knownClock(2), 1u);
    }
};

QTEST_APPLESS_MAIN(AwarenessLimitsTest)
#include "awareness_limits_test.moc"
