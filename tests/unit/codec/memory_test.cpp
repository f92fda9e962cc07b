#include <QtTest/QTest>

#include "libsync/base/limits.h"
#include "libsync/crdt/debug_check.h"
#include "tests/fuzz/heap.h"
#include "tests/support/costly_updates.h"
#include "tests/support/update_script.h"
#include "tests/unit/codec/codec_support.h"

using namespace cowrite;
using namespace cowrite::test;
using codec::UpdateFormat;

namespace {

// What the costliest shapes take, a little rounded up. In V1 a struct is two bytes at least; in V2
// it may be none, so there memory follows the number of structs, which limits.h bounds.
constexpr std::size_t kHeapPerByte = 36;
constexpr std::size_t kHeapPerByteOfStructsV1 = 72;
constexpr std::size_t kHeapPerStruct = 480;
constexpr std::size_t kFreeHeap = 64 * 1024;

std::size_t bound(const CostlyUpdate &row, UpdateFormat format)
{
    const std::size_t bytes = row.bytes.size();
    if (row.structs <= 1) {
        return kHeapPerByte * bytes + kFreeHeap;
    }
    const std::size_t byStructs = kHeapPerByte * bytes + kHeapPerStruct * row.structs;
    return format == UpdateFormat::V2
               ? byStructs + kFreeHeap
               : std::min(byStructs, kHeapPerByteOfStructsV1 * bytes) + kFreeHeap;
}

/// `count` deleted units of one client, of which none merges with the next.
Bytes deletedUnits(crdt::ClientId client, std::size_t count)
{
    return codec::written(UpdateFormat::V2, [&](auto &sink) {
        Script out(sink);
        out.sections(1).section(count, client).inRoot(kDeleted, "t").length(1);
        for (crdt::Clock clock = 1; clock < count; ++clock) {
            out.before(kDeleted, {client, clock - 1}).length(1);
        }
        out.end();
    });
}

} // namespace

// yjs-compat 10.2 rules 1, 3 and 10.
class MemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void costlyUpdatesTakeNoMoreThanAMultipleOfTheirBytes()
    {
        constexpr std::size_t kBytes = 256 * 1024;
        for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
            for (const CostlyUpdate &row : costlyUpdates(format, kBytes)) {
                Replica replica;
                bool taken = false;
                const std::size_t peak =
                    fuzz::heapPeak([&] { taken = replica.apply(row.bytes, format).has_value(); });
                const std::string what = std::string(row.name) +
                                         (format == UpdateFormat::V1 ? ", V1: " : ", V2: ") +
                                         std::to_string(peak) + " bytes of heap for " +
                                         std::to_string(row.bytes.size()) + " and " +
                                         std::to_string(row.structs) + " structs";
                QVERIFY2(taken, what.c_str());
                QVERIFY2(peak <= bound(row, format), what.c_str());
            }
        }
    }

    void aLongTextTypedAtTheFrontAndDeletedFitsInAFewBytesAndIsTaken()
    {
        constexpr std::uint32_t kLength = 100'000;
        for (const auto gc : {crdt::GarbageCollection::On, crdt::GarbageCollection::Off}) {
            Replica writer(1, {.gc = gc});
            crdt::Text text = *writer.doc.text("t");
            for (std::uint32_t i = 0; i < kLength; ++i)
                QVERIFY(text.insert(0, u"a"));
            QVERIFY(text.remove(0, kLength));
            const Bytes update = codec::encodeStateAsUpdate(writer.doc, {}, UpdateFormat::V2);
            QVERIFY(gc == crdt::GarbageCollection::Off || update.size() < 100);
            Replica reader(2, {.gc = gc});
            QVERIFY(reader.apply(update, UpdateFormat::V2));
            QVERIFY(reader.apply(update, UpdateFormat::V2));
            QCOMPARE(reader.vector(), writer.vector());
        }
    }

    void structsThatTakeNoBytesAreCountedPerDocument()
    {
        const std::size_t most = limits::kFreeStructs;
        Replica replica;
        const Bytes half = deletedUnits(1, most / 2);
        QVERIFY(half.size() < 100);
        QVERIFY(replica.apply(half, UpdateFormat::V2));
        QVERIFY(replica.apply(half, UpdateFormat::V2)); // It is known, and brings nothing.
        const QByteArray before = replica.vector();
        const Result<void> second =
            replica.apply(deletedUnits(2, most / 2 + 1000), UpdateFormat::V2);
        QVERIFY(!second && second.error().code == ErrorCode::LimitExceeded);
        QCOMPARE(replica.vector(), before);
        QVERIFY(!replica.apply(deletedUnits(3, most + 1000), UpdateFormat::V2));
        QVERIFY(replica.apply(deletedUnits(4, most / 2), UpdateFormat::V2));
    }

    void whatWaitsIsBoundedInBytesToo()
    {
        // A list that follows on a unit which is not there.
        constexpr std::size_t kValues = limits::kMaxPendingBytes / sizeof(lib0::Any);
        const auto list = [](std::size_t values) {
            return hex("01 01 07 01 88 07 00") + varUint(values) +
                   Bytes(values, std::uint8_t{0x7e}) + hex("00");
        };
        Replica replica;
        QVERIFY(replica.apply(list(kValues / 2)));
        QVERIFY(replica.doc.hasPending());
        const Result<void> applied = replica.apply(list(kValues));
        QVERIFY(!applied && applied.error().code == ErrorCode::LimitExceeded);
        QVERIFY(!replica.doc.hasPending());
        crdt::debugCheck(replica.doc);
    }
};

QTEST_APPLESS_MAIN(MemoryTest)
#include "memory_test.moc"
