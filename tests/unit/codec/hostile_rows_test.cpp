#include <QtTest/QTest>

#include "libsync/base/limits.h"
#include "libsync/codec/snapshot_codec.h"
#include "libsync/codec/update_tools.h"
#include "libsync/crdt/debug_check.h"
#include "tests/support/hostile_updates.h"
#include "tests/support/replica_equality.h"
#include "tests/unit/codec/watched_replica.h"

#include <array>

using namespace cowrite;
using namespace cowrite::test;
using codec::UpdateFormat;

Q_DECLARE_METATYPE(UpdateFormat)

namespace {

void addRows(std::vector<HostileUpdate> (*rows)(UpdateFormat))
{
    QTest::addColumn<Bytes>("update");
    QTest::addColumn<UpdateFormat>("format");
    for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
        for (const HostileUpdate &row : rows(format)) {
            QTest::addRow("V%d: %s", format == UpdateFormat::V1 ? 1 : 2, row.name)
                << row.bytes << format;
        }
    }
}

/// An update V1 in another format.
Bytes in(UpdateFormat format, const Bytes &update)
{
    return *codec::convertUpdate(update, UpdateFormat::V1, format);
}

/// One unit of client 7 that waits for the one before it.
Bytes waiting(std::uint64_t i)
{
    return hex("01 01 07") + varUint(2 * i + 1) + hex("84 07") + varUint(2 * i) + hex("01 61 00");
}

} // namespace
Q_DECLARE_METATYPE(cowrite::Bytes)

// yjs-compat 10.1 in both formats; conformance cases 89, 91 and 94.
class HostileRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsRefusedLeavesNoTrace_data() { addRows(refusedUpdates); }

    void whatIsRefusedLeavesNoTrace()
    {
        QFETCH(Bytes, update);
        QFETCH(UpdateFormat, format);
        WatchedReplica replica;
        QVERIFY(!replica.apply(update, format));
        QCOMPARE(replica.differences(), QByteArray());
    }

    void whatIsStrangeIsTakenAndPassedOn_data() { addRows(strangeUpdates); }

    void whatIsStrangeIsTakenAndPassedOn()
    {
        QFETCH(Bytes, update);
        QFETCH(UpdateFormat, format);
        WatchedReplica replica;
        QVERIFY(replica.apply(update, format));
        crdt::debugCheck(replica.doc);
        const QByteArray state = replica.state();
        QVERIFY(replica.apply(update, format));
        QCOMPARE(replica.state(), state);

        for (const UpdateFormat other : {UpdateFormat::V1, UpdateFormat::V2}) {
            Replica copy;
            QVERIFY(copy.apply(codec::encodeStateAsUpdate(replica.doc, {}, other), other));
            crdt::debugCheck(copy.doc);
            VERIFY_SAME_REPLICAS(replica.doc, copy.doc);
        }
        // Nothing of it hinders those who come later.
        QVERIFY(replica.apply("01 01 05 00 04 01 01 76 01 61 00"));
        QVERIFY(replica.doc.text("v")->toString() == u"a");
    }

    void toolsTakeWhatIsStrangeAndNotWhatIsBad()
    {
        for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
            for (const HostileUpdate &row : strangeUpdates(format)) {
                const std::array<ByteView, 2> twice{row.bytes, row.bytes};
                QVERIFY2(codec::mergeUpdates(twice, format), row.name);
                QVERIFY2(codec::readUpdateMeta(row.bytes, format), row.name);
            }
            for (const HostileUpdate &row : refusedUpdates(format)) {
                // How many roots are too many is the document's business.
                if (QLatin1String(row.name) == QLatin1String("100,000 roots"))
                    continue;
                const std::array<ByteView, 2> twice{row.bytes, row.bytes};
                QVERIFY2(!codec::mergeUpdates(twice, format), row.name);
                QVERIFY2(!codec::diffUpdate(row.bytes, {}, format), row.name);
                QVERIFY2(!codec::convertUpdate(row.bytes, format, UpdateFormat::V1), row.name);
                QVERIFY2(!codec::stateVectorOfUpdate(row.bytes, format), row.name);
                QVERIFY2(!codec::snapshotContainsUpdate({}, row.bytes, format), row.name);
            }
        }
    }

    void aFloodOfWaitingStructsIsDroppedAndLaterTrafficWorks()
    {
        for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
            Replica replica;
            for (std::uint64_t i = 0; i < limits::kMaxPendingStructs; ++i)
                QVERIFY(replica.apply(in(format, waiting(i)), format));
            // Whoever sent it is told, and can synchronise anew.
            QVERIFY(!replica.apply(in(format, waiting(limits::kMaxPendingStructs)), format));
            QVERIFY(!replica.doc.hasPending());
            const Bytes later = hex("01 01 07 00 04 01 01 74 03 61 62 63 00");
            QVERIFY(replica.apply(in(format, later), format));
            QCOMPARE(replica.state(), hex(later));
        }
    }
};

QTEST_APPLESS_MAIN(HostileRowsTest)
#include "hostile_rows_test.moc"
