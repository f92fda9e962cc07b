#include <QtTest/QTest>

#include "libsync/codec/snapshot_codec.h"
#include "tests/unit/codec/codec_support.h"

using namespace cowrite;
using namespace cowrite::test;
using codec::UpdateFormat;

// yjs-compat 4.5, conformance case 45.
class SnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSnapshotHasTheBytesOfYjs()
    {
        Replica replica(4'000'000'000, {crdt::GarbageCollection::Off});
        QCOMPARE(hex(codec::encodeSnapshot(crdt::takeSnapshot(replica.doc))), QByteArray("00 00"));
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 05 68 65 6c 6c 6f 00"));
        const crdt::Snapshot before = crdt::takeSnapshot(replica.doc);
        for (const auto format : {UpdateFormat::V1, UpdateFormat::V2})
            QCOMPARE(hex(codec::encodeSnapshot(before, format)), QByteArray("00 01 01 05"));
        QVERIFY(replica.apply("00 01 01 01 01 02"));
        const crdt::Snapshot after = crdt::takeSnapshot(replica.doc);
        QCOMPARE(hex(codec::encodeSnapshot(after)), QByteArray("01 01 01 01 02 01 01 05"));
        QCOMPARE(hex(codec::encodeSnapshot(after, UpdateFormat::V2)),
                 QByteArray("01 01 01 01 01 01 01 05"));
        for (const auto format : {UpdateFormat::V1, UpdateFormat::V2}) {
            const auto read = codec::decodeSnapshot(codec::encodeSnapshot(after, format), format);
            QVERIFY(read);
            QVERIFY(*read == after);
        }
        QVERIFY(!(before == after));
    }

    void whatIsNoSnapshotIsRefused()
    {
        for (const char *digits : {"", "00", "00 00 00", "01 01 01 01", "00 01 01", "ff ff 03 00"})
            QVERIFY(codec::decodeSnapshot(hex(digits)).error().code == ErrorCode::Malformed);
        QVERIFY(codec::decodeSnapshot(hex("00 01 01 80 80 80 80 10")).error().code ==
                ErrorCode::LimitExceeded);
    }

    void aSnapshotKnowsWhatItContains()
    {
        const auto snapshot = codec::decodeSnapshot(hex("01 01 01 01 02 01 01 05"));
        QVERIFY(snapshot);
        const auto contains = [&](const char *update) {
            return *codec::snapshotContainsUpdate(*snapshot, hex(update));
        };
        QVERIFY(contains("00 00"));
        QVERIFY(contains("01 01 01 00 04 01 01 74 05 68 65 6c 6c 6f 00"));
        QVERIFY(contains("00 01 01 01 02 01"));
        QVERIFY(!contains("01 01 01 05 84 01 04 01 21 00"));
        QVERIFY(!contains("01 01 02 00 04 01 01 74 01 21 00"));
        QVERIFY(!contains("00 01 01 01 02 02"));
    }
};

QTEST_APPLESS_MAIN(SnapshotTest)
#include "snapshot_test.moc"
