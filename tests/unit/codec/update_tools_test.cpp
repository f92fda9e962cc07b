#include <QtTest/QTest>

#include "libsync/codec/update_tools.h"
#include "tests/unit/codec/codec_support.h"

#include <vector>

using namespace cowrite;
using namespace cowrite::test;
using codec::UpdateFormat;

namespace {

// "abc" typed unit by unit (yjs-compat 3.6), and deleting the first.
constexpr const char *kTyped[]{"01 01 01 00 04 01 01 74 01 61 00", "01 01 01 01 84 01 00 01 62 00",
                               "01 01 01 02 84 01 01 01 63 00"};
constexpr const char *kDeleted = "00 01 01 01 00 01";

QByteArray merged(const QList<QByteArray> &updates, UpdateFormat format = UpdateFormat::V1)
{
    std::vector<Bytes> bytes;
    for (const QByteArray &update : updates)
        bytes.push_back(hex(update.toStdString()));
    const std::vector<ByteView> views(bytes.begin(), bytes.end());
    const Result<Bytes> result = codec::mergeUpdates(views, format);
    return result ? hex(*result) : QByteArray(result.error().message.c_str());
}

QByteArray converted(const QByteArray &update, UpdateFormat from, UpdateFormat to)
{
    const Result<Bytes> result = codec::convertUpdate(hex(update.toStdString()), from, to);
    return result ? hex(*result) : QByteArray(result.error().message.c_str());
}

} // namespace

// yjs-compat 4.3 and 4.4; conformance cases 37 to 44 and 86. Random comparisons with Yjs are
// tests/compat's.
class UpdateToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mergingHasTheBytesOfYjs_data()
    {
        QTest::addColumn<QList<QByteArray>>("updates");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray gap("01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00");
        const auto row = [](const char *name, const QList<QByteArray> &updates,
                            const QByteArray &expected) {
            QTest::newRow(name) << updates << expected;
        };
        row("none", {}, "00 00");
        row("one, as it is", {"81 00 81 80 00 01 80 00 04 01 81 00 74 01 61 80 00"},
            "81 00 81 80 00 01 80 00 04 01 81 00 74 01 61 80 00");
        row("a gap", {kTyped[0], kTyped[2]}, gap);
        row("a gap, reversed", {kTyped[2], kTyped[0]}, gap);
        row("a gap that is filled", {gap, kTyped[1]},
            "01 03 01 00 04 01 01 74 01 61 84 01 00 01 62 84 01 01 01 63 00");
        row("three and a deletion", {kTyped[1], kDeleted, kTyped[0], kTyped[2]},
            "01 03 01 00 04 01 01 74 01 61 84 01 00 01 62 84 01 01 01 63 01 01 01 00 01");
        row("identical", {kTyped[0], kTyped[0]}, kTyped[0]);
        row("contained", {"01 01 01 00 04 01 01 74 03 61 62 63 00", kTyped[1]},
            "01 01 01 00 04 01 01 74 03 61 62 63 00");
        row("an overlap is cut from the later one",
            {"01 01 01 00 04 01 01 74 02 61 62 00", "01 01 01 01 84 01 00 03 62 63 64 00"},
            "01 02 01 00 04 01 01 74 02 61 62 84 01 01 02 63 64 00");
        row("collected ranges join", {"01 01 01 00 00 02 00", "01 01 01 02 00 03 00"},
            "01 01 01 00 00 05 00");
        row("a Skip at the start is left out", {"01 02 01 00 0a 02 04 01 01 74 01 63 00", "00 00"},
            "01 01 01 02 04 01 01 74 01 63 00");
        row("clients descend", {kTyped[0], "01 01 02 00 04 01 01 74 01 78 00"},
            "02 01 02 00 04 01 01 74 01 78 01 01 00 04 01 01 74 01 61 00");
    }

    void mergingHasTheBytesOfYjs()
    {
        QFETCH(QList<QByteArray>, updates);
        QFETCH(QByteArray, expected);
        QCOMPARE(merged(updates), expected);
    }

    void mergingNothingGivesTheEmptyUpdateV2()
    {
        QCOMPARE(merged({}, UpdateFormat::V2),
                 QByteArray("00 00 00 00 00 00 01 00 00 00 00 00 00"));
    }

    void aCutThroughAPairFollowsTheSurrogateRule()
    {
        // What overlaps ends within the pair of the later update.
        QCOMPARE(merged({"01 01 01 00 04 01 01 74 03 61 62 63 00",
                         "01 01 01 02 84 01 01 05 f0 9f 98 80 64 00"}),
                 QByteArray("01 02 01 00 04 01 01 74 03 61 62 63 84 01 02 04 ef bf bd 64 00"));
        QCOMPARE(
            merged({"00 00 01 01 00 00 01 04 07 04 74 61 62 63 01 03 01 01 00 00 01 01 00 00",
                    "00 00 02 41 00 01 02 00 01 84 07 05 f0 9f 98 80 64 03 00 00 00 01 01 02 00"},
                   UpdateFormat::V2),
            QByteArray("00 00 02 41 00 01 04 00 03 04 00 84 0c 08 74 61 62 63 ef bf bd 64 01 03 02 "
                       "01 01 00 00 01 02 00 00"));
    }

    void oneBadUpdateSpoilsTheMerge()
    {
        const Bytes good = hex(kTyped[0]);
        const Bytes bad = hex("01 01 01 00 04");
        const std::vector<ByteView> views{good, bad};
        QVERIFY(codec::mergeUpdates(views).error().code == ErrorCode::Malformed);
    }

    void theDifferenceHasTheBytesOfYjs_data()
    {
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<int>("clock");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray hello("01 01 01 00 04 01 01 74 05 68 65 6c 6c 6f 01 01 01 00 01");
        const QByteArray gap("01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00");
        QTest::newRow("nothing known") << hello << 0 << hello;
        QTest::newRow("inside") << hello << 2
                                << QByteArray("01 01 01 02 84 01 01 03 6c 6c 6f 01 01 01 00 01");
        QTest::newRow("all known") << hello << 5 << QByteArray("00 01 01 01 00 01");
        QTest::newRow("beyond") << hello << 9 << QByteArray("00 01 01 01 00 01");
        QTest::newRow("an inner Skip stays") << gap << 0 << gap;
        QTest::newRow("a leading Skip is dropped")
            << gap << 1 << QByteArray("01 01 01 02 84 01 01 01 63 00");
    }

    void theDifferenceHasTheBytesOfYjs()
    {
        QFETCH(QByteArray, update);
        QFETCH(int, clock);
        QFETCH(QByteArray, expected);
        crdt::StateVector target;
        target.set(1, static_cast<crdt::Clock>(clock));
        const Result<Bytes> result = codec::diffUpdate(hex(update.toStdString()), target);
        QVERIFY(result);
        QCOMPARE(hex(*result), expected);
    }

    void bothFormatsSayTheSame_data()
    {
        QTest::addColumn<QByteArray>("v1");
        QTest::addColumn<QByteArray>("v2");
        QTest::newRow("empty") << QByteArray("00 00")
                               << QByteArray("00 00 00 00 00 00 01 00 00 00 00 00 00");
        QTest::newRow("hi") << QByteArray("01 01 01 00 04 01 01 74 02 68 69 00")
                            << QByteArray("00 00 01 01 00 00 01 04 06 03 74 68 69 01 02 01 01 00 "
                                          "00 01 01 00 00");
        QTest::newRow("bold") << QByteArray("01 03 01 00 06 01 01 74 04 62 6f 6c 64 04 74 72 75 65 "
                                            "84 01 00 02 61 62 86 01 02 04 62 6f 6c 64 04 6e 75 "
                                            "6c 6c 00")
                              << QByteArray("00 02 00 02 02 41 01 02 00 04 00 05 06 00 84 00 86 "
                                            "10 0b 74 62 6f 6c 64 61 62 62 6f 6c 64 01 04 02 04 "
                                            "01 01 00 00 01 03 00 78 7e 00");
        QTest::newRow("a Skip") << QByteArray("01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 "
                                              "00")
                                << QByteArray("00 00 02 41 00 01 02 00 05 04 00 0a 00 84 06 03 74 "
                                              "61 63 41 01 01 01 00 00 01 03 00 01 00");
        QTest::newRow("the dissected example of 4.3")
            << QByteArray("02 02 07 00 c4 01 00 01 01 01 58 28 01 01 6d 01 6b 01 78 02 01 00 01 01 "
                          "01 74 01 84 01 00 01 62 01 01 01 00 01")
            << QByteArray("00 00 03 07 41 02 02 01 00 01 02 07 c4 00 28 00 01 00 84 08 05 58 6d "
                          "6b 74 62 41 03 01 01 00 02 41 00 02 02 00 78 02 00 01 01 01 00 00");
        QTest::newRow("deletions of two clients")
            << QByteArray("00 02 09 01 05 02 01 02 00 01 03 04")
            << QByteArray("00 00 00 00 00 00 01 00 00 00 00 00 02 09 01 05 01 01 02 00 00 02 03");
    }

    void bothFormatsSayTheSame()
    {
        QFETCH(QByteArray, v1);
        QFETCH(QByteArray, v2);
        QCOMPARE(converted(v1, UpdateFormat::V1, UpdateFormat::V2), v2);
        QCOMPARE(converted(v2, UpdateFormat::V2, UpdateFormat::V1), v1);
    }

    void aKeyMayBeNamedAgain()
    {
        // As "bold" above, but the second format names the first key: no text for it.
        QCOMPARE(converted("00 02 01 00 02 41 01 02 00 04 00 05 06 00 84 00 86 "
                           "0b 07 74 62 6f 6c 64 61 62 01 04 02 01 01 00 00 01 03 00 78 7e 00",
                           UpdateFormat::V2, UpdateFormat::V1),
                 QByteArray("01 03 01 00 06 01 01 74 04 62 6f 6c 64 04 74 72 75 65 84 01 00 02 61 "
                            "62 86 01 02 04 62 6f 6c 64 04 6e 75 6c 6c 00"));
    }

    void theStateVectorEndsAtTheFirstGap_data()
    {
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("empty") << QByteArray("00 00") << QByteArray("00");
        QTest::newRow("whole") << QByteArray("01 01 01 00 04 01 01 74 02 68 69 00")
                               << QByteArray("01 01 02");
        QTest::newRow("a Skip") << QByteArray(
                                       "01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00")
                                << QByteArray("01 01 01");
        QTest::newRow("a Skip at the start")
            << QByteArray("01 02 01 00 0a 02 04 01 01 74 01 63 00") << QByteArray("00");
        QTest::newRow("not from the start") << QByteArray(kTyped[1]) << QByteArray("00");
    }

    void theStateVectorEndsAtTheFirstGap()
    {
        QFETCH(QByteArray, update);
        QFETCH(QByteArray, expected);
        const auto vector = codec::stateVectorOfUpdate(hex(update.toStdString()));
        QVERIFY(vector);
        QCOMPARE(hex(codec::encodeStateVector(*vector)), expected);
    }

    void theMetaCoversSkips()
    {
        const auto meta = codec::readUpdateMeta(
            hex("02 01 02 05 84 02 04 01 61 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00"));
        QVERIFY(meta);
        const std::vector<codec::UpdateMeta::Span> expected{{2, 5, 6}, {1, 0, 3}};
        QVERIFY(meta->clients == expected);
    }
};

QTEST_APPLESS_MAIN(UpdateToolsTest)
#include "update_tools_test.moc"
