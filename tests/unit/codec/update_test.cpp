#include <QtTest/QTest>

#include "libsync/codec/update_reader.h"
#include "tests/unit/codec/codec_support.h"

#include <vector>

using namespace cowrite;
using namespace cowrite::test;

// The tables of yjs-compat 4.2; conformance cases 9, 10, 12, 13, 15, 33, 34, 36, 40 and 85.
class UpdateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUpdateIsWrittenAgainAsItCame_data()
    {
        QTest::addColumn<QByteArray>("update");
        const auto row = [](const char *name, const char *update) {
            QTest::newRow(name) << QByteArray(update);
        };
        row("empty", "00 00");
        row("text", "01 01 01 00 04 01 01 74 02 68 69 00");
        row("text with a deletion",
            "01 03 01 00 04 01 01 74 01 68 81 01 00 01 84 01 01 01 21 01 01 01 01 01");
        row("map", "01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00");
        row("key overwritten, without its text",
            "01 02 01 00 21 01 01 6d 01 6b 01 a8 01 00 01 77 01 78 01 01 01 00 01");
        row("array", "01 03 01 00 08 01 01 61 04 7d 01 77 01 61 7e 78 83 01 03 01 09 "
                     "88 01 04 02 75 01 7d 01 76 01 01 62 7d 02 00");
        row("bold", "01 03 01 00 06 01 01 74 04 62 6f 6c 64 04 74 72 75 65 84 01 00 02 61 62 "
                    "86 01 02 04 62 6f 6c 64 04 6e 75 6c 6c 00");
        row("bold and an embed",
            "01 04 01 00 06 01 01 74 04 62 6f 6c 64 04 74 72 75 65 84 01 00 02 61 62 "
            "86 01 02 04 62 6f 6c 64 04 6e 75 6c 6c "
            "85 01 03 0d 7b 22 69 6d 61 67 65 22 3a 22 75 22 7d 00");
        row("XML", "01 04 01 00 07 01 01 70 03 03 64 69 76 07 00 01 00 06 04 00 01 01 01 7a "
                   "28 00 01 00 02 69 64 01 77 01 37 00");
        row("every nested type",
            "01 07 01 00 07 01 01 61 05 02 68 6b 87 01 00 01 87 01 01 02 87 01 02 04 "
            "87 01 03 06 87 01 04 03 01 70 87 01 05 00 00");
        row("a type that Yjs 13 does not know",
            "01 02 01 00 07 01 01 61 07 08 00 01 00 01 7d 01 00");
        row("two clients", "02 01 ac 02 00 84 01 00 01 62 01 01 00 01 01 01 74 01 01 01 01 00 01");
        row("legacy JSON", "01 01 01 00 02 01 01 61 03 01 31 09 75 6e 64 65 66 69 6e 65 64 "
                           "03 22 78 22 00");
        row("subdocuments", "01 02 01 00 09 01 01 61 02 67 31 76 00 89 01 00 02 67 32 "
                            "76 01 02 67 63 79 00");
        row("empty root name and empty key", "01 01 01 00 28 01 00 00 01 7d 01 00");
        row("a client of 53 bits", "01 01 85 88 90 b8 a0 c0 a8 0f 00 04 01 01 74 01 61 00");
        row("a map with three elements in one item",
            "01 01 01 00 28 01 01 6d 01 61 03 7d 01 7d 02 7d 03 00");
        row("six concurrent inserts",
            "05 01 05 00 c4 02 00 01 01 01 44 01 04 00 84 01 00 01 43 02 03 00 c4 01 00 01 01 01 "
            "42 c4 01 00 03 00 01 62 02 02 00 c4 01 00 01 01 01 41 c4 01 00 02 00 01 61 02 01 00 "
            "04 01 01 74 01 78 84 01 00 01 79 00");
        row("a collected child", "01 02 01 00 21 01 01 6d 01 61 01 00 01 01 01 01 00 02");
        row("a pair that was cut", "01 03 01 00 04 01 01 74 04 61 ef bf bd 84 01 01 04 ef bf bd 62 "
                                   "c4 01 01 01 02 01 58 00");
    }

    void anUpdateIsWrittenAgainAsItCame()
    {
        QFETCH(QByteArray, update);
        for (const auto gc : {crdt::GarbageCollection::On, crdt::GarbageCollection::Off}) {
            Replica replica(4'000'000'000, {gc});
            const auto applied = replica.apply(hex(update.toStdString()));
            QVERIFY2(applied, applied ? "" : applied.error().message.c_str());
            QCOMPARE(replica.state(), update);
            QVERIFY(!replica.doc.hasPending());
        }
    }

    void theTablesAreFilledAgainFromTheStart()
    {
        crdt::Update update;
        QVERIFY(codec::decodeUpdate(hex("01 02 05 00 28 01 01 6d 01 6b 01 7d 01 "
                                        "a8 05 00 01 7d 02 01 05 01 00 01"),
                                    update));
        QCOMPARE(update.structs.size(), std::size_t{2});
        QVERIFY(codec::decodeUpdate(hex("01 01 01 00 04 01 01 74 02 68 69 00"), update));
        QCOMPARE(update.clients, std::vector<crdt::ClientId>{1});
        QCOMPARE(update.structs.size(), std::size_t{1});
        QCOMPARE(update.names, std::vector<std::string>{"t"});
        QVERIFY(update.text == u"hi");
        QVERIFY(update.contents.empty());
        QVERIFY(update.deletions.empty());
    }

    void manyClientsKeepTheirIds()
    {
        // 40 clients, each with one unit behind that of the client before.
        constexpr std::uint64_t kClients = 40;
        Bytes update = varUint(kClients);
        for (std::uint64_t client = kClients; client > 1; --client)
            update = update + hex("01") + varUint(1000 * client) + hex("00 84") +
                     varUint(1000 * (client - 1)) + hex("00 01 61");
        update = update + hex("01") + varUint(1000) + hex("00 04 01 01 74 01 61 00");
        Replica replica;
        QVERIFY(replica.apply(update));
        QVERIFY(!replica.doc.hasPending());
        QCOMPARE(replica.doc.text(std::string_view("t"))->length(), std::uint32_t{kClients});
        QCOMPARE(replica.state(), hex(update));
    }

    void rangesOfDeletionsMayOverlapAndRepeat()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 08 61 62 63 64 65 66 67 68 00"));
        // Client 1 twice; unsorted, overlapping, touching, repeated and empty ranges.
        QVERIFY(replica.apply("00 02 01 05 05 02 01 01 00 00 01 02 06 00 01 01 02 02"));
        QCOMPARE(replica.state(),
                 QByteArray("01 05 01 00 04 01 01 74 01 61 81 01 00 03 84 01 03 01 "
                            "65 81 01 04 02 84 01 06 01 68 01 01 02 01 03 05 02"));
    }

    void emptyRangesOfUnknownClientsLeaveNothing()
    {
        Replica replica;
        QVERIFY(replica.apply("00 02 09 00 08 01 05 00"));
        QVERIFY(!replica.doc.hasPending());
        QCOMPARE(replica.state(), QByteArray("00 00"));
    }

    void aSkipAtTheStartLetsTheRestWait()
    {
        Replica replica;
        QVERIFY(replica.apply("01 02 01 00 0a 02 04 01 01 74 01 63 00"));
        QVERIFY(replica.doc.hasPending());
        QCOMPARE(replica.vector(), QByteArray("00"));
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 02 61 62 00"));
        QVERIFY(!replica.doc.hasPending());
        QCOMPARE(replica.vector(), QByteArray("01 01 03"));
    }

    void numbersInLongFormsAreRead()
    {
        Replica replica;
        QVERIFY(replica.apply("81 00 81 80 00 01 80 00 04 01 81 00 74 01 61 80 00"));
        QCOMPARE(replica.state(), QByteArray("01 01 01 00 04 01 01 74 01 61 00"));
    }

    void anObserverMayApplyAnotherUpdate()
    {
        Replica replica;
        bool inner = false;
        const Subscription subscription =
            codec::observeUpdates(replica.doc, [&](ByteView, const crdt::Transaction &) {
                if (!std::exchange(inner, true))
                    QVERIFY(replica.apply("01 01 01 01 84 01 00 01 62 00"));
            });
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 01 61 01 01 01 00 01"));
        QVERIFY(inner);
        QCOMPARE(replica.vector(), QByteArray("01 01 02"));
    }
};

QTEST_APPLESS_MAIN(UpdateTest)
#include "update_test.moc"
