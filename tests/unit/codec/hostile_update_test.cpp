#include <QtTest/QTest>

#include "libsync/codec/update_tools.h"
#include "libsync/crdt/debug_check.h"
#include "tests/unit/codec/watched_replica.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <vector>

using namespace cowrite;
using namespace cowrite::test;

namespace {

/// Every update of states.json: all kinds of content, whole and in pieces.
std::vector<Bytes> samples()
{
    QFile file(QFINDTESTDATA("states.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("states.json is missing");
    std::vector<Bytes> result;
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &value : cases) {
        const QJsonArray updates = value[QLatin1String("updates")].toArray();
        for (const QJsonValue &update : updates)
            result.push_back(hex(update.toString().toStdString()));
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

Bytes repeated(const char *digits, std::size_t times)
{
    const Bytes piece = hex(digits);
    Bytes result;
    result.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        result.insert(result.end(), piece.begin(), piece.end());
    return result;
}

std::vector<std::pair<Bytes, codec::UpdateFormat>> samplesOfBothFormats()
{
    using codec::UpdateFormat;
    std::vector<std::pair<Bytes, UpdateFormat>> result;
    for (const Bytes &sample : samples()) {
        result.emplace_back(sample, UpdateFormat::V1);
        result.emplace_back(*codec::convertUpdate(sample, UpdateFormat::V1, UpdateFormat::V2),
                            UpdateFormat::V2);
    }
    return result;
}

} // namespace

// yjs-compat 10.1; conformance cases 36, 89, 91, 92, 93 and 94.
class HostileUpdateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBadUpdateLeavesTheDocumentAsItWas_data()
    {
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("offset");
        const auto malformed = [](const char *name, const QByteArray &update, int offset) {
            QTest::newRow(name) << update << int(ErrorCode::Malformed) << offset;
        };
        const auto tooMuch = [](const char *name, const QByteArray &update, int offset) {
            QTest::newRow(name) << update << int(ErrorCode::LimitExceeded) << offset;
        };
        malformed("nothing", "", 0);
        malformed("trailing bytes", "00 00 00", 2);
        malformed("an empty update V2", "00 00 00 00 00 00 01 00 00 00 00 00 00", 2);
        malformed("an update V2",
                  "00 00 01 01 00 00 01 04 06 03 74 68 69 01 02 01 01 00 00 01 01 00 00", 2);
        malformed("2^32 structs", "01 80 80 80 80 10 01 00 00 01 00", 1);
        malformed("2^32 clients", "80 80 80 80 10 01 01 00 00 01 00", 0);
        malformed("2^31 deleted ranges", "00 01 01 80 80 80 80 08 00 01", 3);
        malformed("2^31 members", "01 01 07 00 08 01 01 61 01 76 80 80 80 80 08 01 61 7e 00", -1);
        malformed("2^31 elements", "01 01 07 00 08 01 01 61 80 80 80 80 08 7e 00", 8);
        tooMuch("a collected range of 2^53-1", "01 01 07 00 00 ff ff ff ff ff ff ff 0f 00", 4);
        tooMuch("a skipped range of 2^53-1", "01 01 07 00 0a ff ff ff ff ff ff ff 0f 00", 4);
        tooMuch("clocks that pass 2^32 together",
                "01 02 07 80 80 80 80 08 00 80 80 80 80 07 00 80 80 80 80 02 00", 14);
        tooMuch("a first clock of 33 bits", "01 01 07 80 80 80 80 10 00 01 00", 3);
        tooMuch("an origin of 33 bits", "01 01 07 00 84 01 80 80 80 80 10 01 61 00", 5);
        tooMuch("a deletion of 33 bits", "00 01 07 01 01 ff ff ff ff 0f", 4);
        malformed("an empty string", "01 01 07 00 04 01 01 74 00 00", 4);
        malformed("an empty list of values", "01 01 07 00 08 01 01 61 00 00", 4);
        malformed("an empty list of JSON", "01 01 07 00 02 01 01 61 00 00", 4);
        malformed("an empty deleted run", "01 01 07 00 01 01 01 61 00 00", 4);
        malformed("an empty collected range", "01 01 07 00 00 00 00", 4);
        malformed("an empty skipped range", "01 01 07 00 0a 00 00", 4);
        malformed("an origin that is itself", "01 01 07 05 84 07 05 01 61 00", 5);
        malformed("an origin in its future", "01 01 07 05 84 07 09 01 61 00", 5);
        malformed("a right origin in its future", "01 01 07 05 44 07 09 01 61 00", 5);
        malformed("a parent that is itself", "01 01 07 00 04 00 07 00 01 61 00", 6);
        malformed("an unknown content", "01 01 07 00 0b 01 01 74 01 00", 4);
        malformed("the content 31", "01 01 07 00 1f 01 01 74 01 00", 4);
        malformed("a collected range with an origin", "01 01 07 00 80 01 00 00", 4);
        malformed("a skipped range with a key", "01 01 07 00 2a 01 00", 4);
        malformed("an unknown type", "01 01 07 00 07 01 01 61 ac 02 00", 8);
        malformed("bad UTF-8", "01 01 07 00 04 01 01 74 02 c0 80 00", 9);
        malformed("a surrogate in UTF-8", "01 01 07 00 04 01 01 74 03 ed a0 bd 00", 9);
        malformed("bad UTF-8 in a root name", "01 01 07 00 04 01 01 ff 01 61 00", 7);
        malformed("bad JSON", "01 01 07 00 05 01 01 74 02 7b 5d 00", -1);
        malformed("JSON with more behind it", "01 01 07 00 05 01 01 74 03 31 20 32 00", -1);
        malformed("bad JSON in a format", "01 01 07 00 06 01 01 74 01 62 03 6e 75 78 00", -1);
        malformed("bad legacy JSON", "01 01 07 00 02 01 01 61 02 01 31 02 75 6e 00", -1);
        malformed("an unknown value", "01 01 07 00 08 01 01 61 01 73 00", 9);
        malformed("a client with 54 bits", "01 01 ff ff ff ff ff ff ff 1f 00 00 01 00", -1);
        malformed("a client twice", "02 01 07 00 04 01 01 74 01 61 01 07 00 04 01 01 74 01 62 00",
                  -1);
        malformed("a good section before a bad one",
                  "02 01 09 00 04 01 01 74 01 61 01 07 00 04 01 01 74 00 00", 13);
        malformed("a good update with bad deletions",
                  "01 01 09 00 04 01 01 74 01 61 01 01 05 00 01", 12);
        tooMuch("a root name of 1025 bytes",
                hex(hex("01 01 07 00 04 01") + varUint(1025) + Bytes(1025, 'r') + hex("01 61 00")),
                6);
        tooMuch("a key of 4097 bytes",
                hex(hex("01 01 07 00 28 01 01 6d") + varUint(4097) + Bytes(4097, 'k') +
                    hex("01 7e 00")),
                8);
        tooMuch("a value nested 100000 times",
                hex(hex("01 01 07 00 08 01 01 61 01") + repeated("75 01", 100'000) + hex("7e 00")),
                -1);
        tooMuch("JSON nested 100000 times",
                hex(hex("01 01 07 00 05 01 01 74") + varUint(200'000) + repeated("5b", 100'000) +
                    repeated("5d", 100'000) + hex("00")),
                -1);
    }

    void aBadUpdateLeavesTheDocumentAsItWas()
    {
        QFETCH(QByteArray, update);
        QFETCH(int, code);
        QFETCH(int, offset);
        WatchedReplica replica;
        const auto applied = replica.apply(hex(update.toStdString()));
        QVERIFY(!applied);
        QCOMPARE(int(applied.error().code), code);
        QVERIFY(applied.error().byteOffset.has_value());
        if (offset >= 0)
            QCOMPARE(*applied.error().byteOffset, static_cast<std::uint64_t>(offset));
        QCOMPARE(replica.differences(), QByteArray());
    }

    void aHundredThousandRootsAreRefused()
    {
        constexpr std::uint64_t kRoots = 100'000;
        Bytes update = hex("01") + varUint(kRoots) + hex("07 00");
        for (std::uint64_t i = 0; i < kRoots; ++i) {
            const QByteArray name = QByteArray::number(qulonglong{i});
            update = std::move(update) + hex("04 01") + varUint(std::uint64_t(name.size())) +
                     Bytes(name.begin(), name.end()) + hex("01 61");
        }
        update = std::move(update) + hex("00");
        WatchedReplica replica;
        const auto applied = replica.apply(update);
        QVERIFY(!applied);
        QCOMPARE(int(applied.error().code), int(ErrorCode::LimitExceeded));
        QCOMPARE(replica.differences(), QByteArray());
    }

    void everyTruncationIsRefused()
    {
        WatchedReplica replica;
        for (const auto &[sample, format] : samplesOfBothFormats()) {
            for (std::size_t size = 0; size < sample.size(); ++size) {
                const auto applied = replica.apply(
                    Bytes(sample.begin(), sample.begin() + std::ptrdiff_t(size)), format);
                QVERIFY2(!applied, hex(sample).constData());
                QVERIFY(applied.error().byteOffset.value_or(size + 1) <= size);
            }
        }
        QCOMPARE(replica.differences(), QByteArray());
    }

    /// Either an error and no change, or a sound document that can be written and read again.
    void everyFlippedBitIsRefusedOrHarmless()
    {
        for (const auto &[sample, format] : samplesOfBothFormats()) {
            for (std::size_t bit = 0; bit < sample.size() * 8; ++bit) {
                Bytes damaged = sample;
                damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1U << bit % 8);
                Replica replica;
                if (!replica.apply(damaged, format)) {
                    QCOMPARE(replica.state(), QByteArray("00 00"));
                    continue;
                }
                crdt::debugCheck(replica.doc);
                Replica copy;
                QVERIFY2(copy.apply(codec::encodeStateAsUpdate(replica.doc)),
                         hex(damaged).constData());
            }
        }
    }

    void typesNestedDeeplyAreDeletedWithoutRecursion()
    {
        // A hundred thousand arrays, each in the one before.
        constexpr std::uint64_t kDepth = 100'000;
        Bytes update = hex("01") + varUint(kDepth) + hex("07 00 07 01 01 61 00");
        for (std::uint64_t i = 0; i + 1 < kDepth; ++i)
            update = std::move(update) + hex("07 00 07") + varUint(i) + hex("00");
        update = std::move(update) + hex("00");
        Replica replica;
        QVERIFY(replica.apply(update));
        QCOMPARE(replica.state(), hex(update));
        QVERIFY(replica.apply("00 01 07 01 00 01"));
        // The outermost keeps its place, the others are one collected range.
        QCOMPARE(replica.state(), hex(hex("01 02 07 00 01 01 01 61 01 00") + varUint(kDepth - 1) +
                                      hex("01 07 01 00") + varUint(kDepth)));
    }

    void clientsThatWaitForEachOtherWaitForEver()
    {
        Replica replica;
        QVERIFY(replica.apply("02 01 09 00 84 07 00 01 61 01 07 00 84 09 00 01 62 00"));
        QVERIFY(replica.doc.hasPending());
        QCOMPARE(replica.vector(), QByteArray("00"));
        // Neither is lost, and others are not held up.
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 00"));
        QCOMPARE(replica.vector(), QByteArray("01 01 01"));
        QCOMPARE(replica.state(), QByteArray("03 01 09 00 84 07 00 01 61 01 07 00 84 09 00 01 62 "
                                             "01 01 00 04 01 01 74 01 61 00"));
    }

    void deletionsFarAheadAreKeptAsRanges()
    {
        Replica replica;
        for (std::uint64_t i = 0; i < 2000; ++i)
            QVERIFY(replica.apply(hex("00 01 07 01") + varUint(i) + hex("01")));
        QCOMPARE(replica.state(), QByteArray("00 01 07 01 00 d0 0f"));
    }

    void contentUnderTheOwnIdChangesTheId()
    {
        Replica replica(1);
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 00"));
        QVERIFY(replica.doc.clientId() != 1);
    }

    void anAnchorInAnotherListIsNone()
    {
        // Client 2 hangs "x" between a unit of root t and one of root u.
        Replica replica;
        QVERIFY(replica.apply("01 02 01 00 04 01 01 74 01 61 04 01 01 75 01 62 00"));
        QVERIFY(replica.apply("01 01 02 00 c4 01 00 01 01 01 78 00"));
        crdt::debugCheck(replica.doc);
        QVERIFY(replica.doc.text("t")->toString() == u"ax");
        QVERIFY(replica.doc.text("u")->toString() == u"b");
    }

    void textAnchoredAtAMapEntryReplacesIt()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00"));
        QVERIFY(replica.apply("01 01 02 00 84 01 00 01 78 00"));
        crdt::debugCheck(replica.doc);
        QCOMPARE(replica.state(),
                 QByteArray("02 01 02 00 a4 01 00 01 78 01 01 00 21 01 01 6d 01 6b "
                            "01 01 01 01 00 01"));
    }

    void theFrontOfTextUnderAKeyIsLostWhereItWasCut()
    {
        // Client 1 put "ab" under a key, which no editor does, and client 2 cut it: "a" lives on in
        // front of the entry that counts, until the state is loaded. The bytes are those of Yjs.
        Replica replica;
        QVERIFY(replica.apply("02 01 02 00 84 01 00 01 78 01 01 00 24 01 01 6d 01 6b 02 61 62 00"));
        crdt::debugCheck(replica.doc);
        QCOMPARE(replica.state(),
                 QByteArray("02 01 02 00 a4 01 00 01 78 02 01 00 24 01 01 6d 01 6b 01 61 "
                            "a1 01 00 01 01 01 01 01 01"));
        Replica copy;
        QVERIFY(copy.apply(codec::encodeStateAsUpdate(replica.doc)));
        crdt::debugCheck(copy.doc);
        QCOMPARE(copy.state(), QByteArray("02 01 02 00 a4 01 00 01 78 01 01 00 21 01 01 6d 01 6b "
                                          "02 01 01 01 00 02"));
    }

    void anAnchorInAnotherListIsMissedOnceItIsCollected()
    {
        // Client 2 put "b" into root q with a right neighbour in a list of root p, which client 1
        // then deleted: "b" lives on until the state is loaded. The bytes are those of Yjs.
        Replica replica;
        QVERIFY(replica.apply("02 02 02 00 04 01 01 71 01 61 c4 02 00 01 01 01 62 "
                              "02 01 00 07 01 01 70 02 04 00 01 00 01 78 01 01 01 00 02"));
        crdt::debugCheck(replica.doc);
        QCOMPARE(replica.state(), QByteArray("02 02 02 00 04 01 01 71 01 61 c4 02 00 01 01 01 62 "
                                             "02 01 00 01 01 01 70 01 00 01 01 01 01 00 02"));
        Replica copy;
        QVERIFY(copy.apply(codec::encodeStateAsUpdate(replica.doc)));
        crdt::debugCheck(copy.doc);
        QCOMPARE(copy.state(), QByteArray("02 02 02 00 04 01 01 71 01 61 00 01 02 01 00 01 01 01 "
                                          "70 01 00 01 02 02 01 01 01 01 01 00 02"));
    }

    void aParentThatIsNoTypeCollectsItsChild()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 00"));
        QVERIFY(replica.apply("01 01 02 00 04 00 01 00 02 62 63 00"));
        crdt::debugCheck(replica.doc);
        QCOMPARE(replica.state(),
                 QByteArray("02 01 02 00 00 02 01 01 00 04 01 01 74 01 61 01 02 01 00 02"));
    }

    void aFewBytesDoNotBecomeMillionsOfStructs()
    {
        // 2^22 collected ranges of one unit: a run of them costs nothing in V2.
        const Bytes bomb = hex("00 00 01 07 00 00 01 00 01 00 00 00 05 41 fe ff ff 01 "
                               "01 80 80 80 02 00 00");
        QCOMPARE(bomb.size(), std::size_t{25});
        Replica replica;
        const auto applied = replica.apply(bomb, codec::UpdateFormat::V2);
        QVERIFY(!applied);
        QCOMPARE(int(applied.error().code), int(ErrorCode::LimitExceeded));
        QCOMPARE(replica.state(), QByteArray("00 00"));
    }

    void aBadUpdateV2IsRefused_data()
    {
        QTest::addColumn<QByteArray>("update");
        // "hi" is 00 | - | 01 | - | - | 04 | "thi" 1 2 | 01 | - | - | 1 section ...
        QTest::newRow("a feature flag") << QByteArray("01 00 01 01 00 00 01 04 06 03 74 68 69 01 "
                                                      "02 01 01 00 00 01 01 00 00");
        QTest::newRow("trailing bytes") << QByteArray("00 00 01 01 00 00 01 04 06 03 74 68 69 01 "
                                                      "02 01 01 00 00 01 01 00 00 00");
        QTest::newRow("no client") << QByteArray("00 00 00 00 00 01 04 06 03 74 68 69 01 02 01 01 "
                                                 "00 00 01 01 00 00");
        QTest::newRow("a client too many") << QByteArray("00 00 02 01 02 00 00 01 04 06 03 74 68 "
                                                         "69 01 02 01 01 00 00 01 01 00 00");
        QTest::newRow("text that no struct has") << QByteArray(
            "00 00 01 01 00 00 01 04 07 04 74 68 69 21 01 02 01 01 00 00 01 01 00 00");
        QTest::newRow("less text than lengths")
            << QByteArray("00 00 01 01 00 00 01 04 06 03 74 68 69 01 03 01 01 00 00 01 01 00 00");
        QTest::newRow("V1") << QByteArray("01 01 01 00 04 01 01 74 02 68 69 00");
    }

    void aBadUpdateV2IsRefused()
    {
        QFETCH(QByteArray, update);
        Replica replica;
        QVERIFY(!replica.apply(hex(update.toStdString()), codec::UpdateFormat::V2));
        QCOMPARE(replica.state(), QByteArray("00 00"));
    }

    void aLongKeyCannotBeRepeatedWithoutEnd()
    {
        // One key of 4096 bytes that 3,000 formats name again: 12 MB from 7 kB.
        constexpr std::uint64_t kFormats = 3000;
        const Bytes key(4096, 'k');
        const auto column = [](const Bytes &bytes) { return varUint(bytes.size()) + bytes; };
        Bytes rest = hex("01") + varUint(kFormats) + hex("00");
        for (std::uint64_t i = 0; i < kFormats; ++i)
            rest = std::move(rest) + hex("7e");
        const Bytes update = hex("00") + column(hex("01") + varUint(kFormats - 2)) +
                             column(hex("47") + varUint(kFormats - 2)) +
                             column(hex("00 03") + varUint(kFormats - 4)) + column({}) +
                             column(hex("06 00 86")) +
                             column(column(hex("74") + key) + hex("01 80 40")) + column(hex("01")) +
                             column({}) + column({}) + rest + hex("00");
        Replica replica;
        const auto applied = replica.apply(update, codec::UpdateFormat::V2);
        QVERIFY(!applied);
        QCOMPARE(QByteArray(applied.error().message.c_str()),
                 QByteArray("the update repeats its keys too often"));
    }
};

QTEST_APPLESS_MAIN(HostileUpdateTest)
#include "hostile_update_test.moc"
