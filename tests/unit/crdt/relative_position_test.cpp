// Conformance case 46 of yjs-compat.md: relative positions.

#include "libsync/codec/relative_position_codec.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/undo_manager.h"
#include "libsync/lib0/json.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

QByteArray wire(const RelativePosition &position)
{
    return hex(codec::encodeRelativePosition(position));
}

RelativePosition fromWire(std::string_view digits)
{
    return *codec::decodeRelativePosition(hex(digits));
}

RelativePosition fromJson(std::string_view text)
{
    return *relativePositionFromJson(*lib0::parseJson(text));
}

/// The index now, or -1 if there is none.
int indexOf(Doc &doc, const RelativePosition &position, FollowRedone follow = FollowRedone::Yes)
{
    const auto now = resolve(doc, position, follow);
    return now ? static_cast<int>(now->index) : -1;
}

} // namespace

class RelativePositionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPositionIsWrittenAsYjsWritesIt_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("assoc");
        QTest::addColumn<QByteArray>("binary");
        QTest::addColumn<QByteArray>("json");
        const auto atItem = [](int clock, int assoc) {
            return bytes(R"({"type":null,"tname":null,"item":{"client":1,"clock":)" +
                         std::to_string(clock) + R"(},"assoc":)" + std::to_string(assoc) + "}");
        };
        const auto atEnd = [](int assoc) {
            return bytes(R"({"type":null,"tname":"t","item":null,"assoc":)" +
                         std::to_string(assoc) + "}");
        };
        QTest::newRow("first unit") << 0 << 0 << bytes("00 01 00 00") << atItem(0, 0);
        QTest::newRow("second unit") << 1 << 0 << bytes("00 01 01 00") << atItem(1, 0);
        QTest::newRow("end") << 3 << 0 << bytes("01 01 74 00") << atEnd(0);
        QTest::newRow("past the end") << 9 << 0 << bytes("01 01 74 00") << atEnd(0);
        QTest::newRow("start, to the left") << 0 << -1 << bytes("01 01 74 41") << atEnd(-1);
        QTest::newRow("behind the first unit") << 1 << -1 << bytes("00 01 00 41") << atItem(0, -1);
        QTest::newRow("behind the last unit") << 3 << -1 << bytes("00 01 02 41") << atItem(2, -1);
        QTest::newRow("past the end, to the left")
            << 9 << -1 << bytes("00 01 02 41") << atItem(2, -1);
    }

    void aPositionIsWrittenAsYjsWritesIt()
    {
        QFETCH(int, index);
        QFETCH(int, assoc);
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abc"));
        const RelativePosition position =
            makeRelativePosition(peer.text(), static_cast<std::uint32_t>(index), assoc);
        QTEST(wire(position), "binary");
        QTEST(json(toJson(position)), "json");
        const auto decoded = codec::decodeRelativePosition(codec::encodeRelativePosition(position));
        QVERIFY(decoded && *decoded == position);
        const Result<RelativePosition> read = relativePositionFromJson(toJson(position));
        QVERIFY(read && *read == position);
        QCOMPARE(indexOf(peer.doc, position), std::min(index, 3));
    }

    void bothShapesOfJsonAreRead_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("binary");
        QTest::newRow("all fields")
            << bytes(R"({"type":null,"tname":"t","item":{"client":1,"clock":1},"assoc":0})")
            << bytes("00 01 01 00");
        QTest::newRow("null fields left out")
            << bytes(R"({"tname":"t","item":{"client":1,"clock":1},"assoc":0})")
            << bytes("00 01 01 00");
        QTest::newRow("end of a root, assoc left out")
            << bytes(R"({"tname":"t"})") << bytes("01 01 74 00");
        QTest::newRow("end of a nested type")
            << bytes(R"({"type":{"client":1,"clock":3},"assoc":-1})") << bytes("02 01 03 41");
        QTest::newRow("empty root name, which Yjs's helper drops")
            << bytes(R"({"assoc":0})") << bytes("01 00 00");
    }

    void bothShapesOfJsonAreRead()
    {
        QFETCH(QByteArray, json);
        QTEST(wire(fromJson(json.toStdString())), "binary");
    }

    void aMissingAssocReadsAsZero()
    {
        QVERIFY(fromWire("00 01 01") == fromWire("00 01 01 00"));
        QVERIFY(fromWire("01 01 74") == fromWire("01 01 74 00"));
    }

    void jsonThatIsNoPositionIsRefused()
    {
        for (const char *text :
             {"3", "null", "[]", R"({"item":3})", R"({"item":{"client":1}})",
              R"({"item":{"client":-1,"clock":0}})", R"({"tname":7})",
              R"({"tname":"t","assoc":"x"})", R"({"item":{"client":1.5,"clock":0}})"}) {
            const Result<RelativePosition> read = relativePositionFromJson(*lib0::parseJson(text));
            QVERIFY2(!read, text);
            QVERIFY(read.error().code == ErrorCode::Malformed);
        }
    }

    void aPositionInAnEmptyTextIsTheTextsEnd()
    {
        Peer peer(1);
        QCOMPARE(wire(makeRelativePosition(peer.text(), 0, 0)), bytes("01 01 74 00"));
        QCOMPARE(wire(makeRelativePosition(peer.text(), 3, -1)), bytes("01 01 74 41"));
        QCOMPARE(wire(makeRelativePosition(peer.text(""), 0, 0)), bytes("01 00 00"));
    }

    void aPositionPastTheEndSticksToATombstone()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        QVERIFY(peer.text().remove(1, 1));
        QCOMPARE(wire(makeRelativePosition(peer.text(), 9, -1)), bytes("00 01 01 41"));
        QCOMPARE(wire(makeRelativePosition(peer.text(), 1, -1)), bytes("00 01 00 41"));
    }

    void positionsInAListCountItsCells()
    {
        Peer peer(1);
        QVERIFY(peer.array().push({Any(1), Any(2), Any(3)}));
        QCOMPARE(wire(makeRelativePosition(peer.array(), 1, 0)), bytes("00 01 01 00"));
        QCOMPARE(wire(makeRelativePosition(peer.array(), 3, -1)), bytes("00 01 02 41"));
    }

    void aDeletedUnitResolvesToItsPlace()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abc"));
        const RelativePosition at = makeRelativePosition(peer.text(), 1, 0);
        const RelativePosition left = makeRelativePosition(peer.text(), 2, -1);
        QVERIFY(peer.text().remove(1, 1));
        QCOMPARE(indexOf(peer.doc, at), 1);
        QCOMPARE(indexOf(peer.doc, left), 1);
        QVERIFY(peer.text().insert(0, u"zz"));
        QCOMPARE(indexOf(peer.doc, at), 3);
        QCOMPARE(indexOf(peer.doc, left), 3);
    }

    void aPositionMovesWithItsUnitAndNotWithItsNeighbours()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        const RelativePosition right = makeRelativePosition(peer.text(), 1, 0);
        const RelativePosition left = makeRelativePosition(peer.text(), 1, -1);
        QVERIFY(peer.text().insert(1, u"XX"));
        QCOMPARE(indexOf(peer.doc, right), 3);
        QCOMPARE(indexOf(peer.doc, left), 1);
    }

    void whatIsUnknownHereResolvesToNothing()
    {
        Peer writer(1);
        QVERIFY(writer.text().insert(0, u"abc"));
        Peer reader(2);
        QCOMPARE(indexOf(reader.doc, makeRelativePosition(writer.text(), 1, 0)), -1);
        QCOMPARE(indexOf(reader.doc, fromWire("02 01 03 00")), -1);
        // Looking makes no roots: a peer could name as many as a document may have.
        const std::size_t roots = reader.doc.roots().size();
        RelativePosition elsewhere;
        elsewhere.rootName = "elsewhere";
        QVERIFY(!resolve(reader.doc, elsewhere));
        QCOMPARE(reader.doc.roots().size(), roots);
    }

    void positionsInANestedTextNameItsItem()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("x", NewText{u"hello"}));
        const Text text(peer.map().get("x")->type());
        const RelativePosition inside = makeRelativePosition(text, 2, 0);
        const RelativePosition end = makeRelativePosition(text, 5, 0);
        const RelativePosition start = makeRelativePosition(text, 0, -1);
        QCOMPARE(wire(inside), bytes("00 01 03 00"));
        QCOMPARE(wire(end), bytes("02 01 00 00"));
        QCOMPARE(indexOf(peer.doc, end), 5);
        QVERIFY(peer.map().remove("x"));
        // Collected: nowhere.
        for (const RelativePosition &position : {inside, end, start})
            QCOMPARE(indexOf(peer.doc, position), -1);
    }

    void aDeletedParentThatIsNotCollectedResolvesToItsStart()
    {
        Peer peer(3, GarbageCollection::Off);
        QVERIFY(peer.map().set("x", NewText{u"hello"}));
        const Text text(peer.map().get("x")->type());
        const RelativePosition inside = makeRelativePosition(text, 2, 0);
        const RelativePosition end = makeRelativePosition(text, 5, 0);
        QVERIFY(peer.map().remove("x"));
        QCOMPARE(indexOf(peer.doc, inside), 0);
        QCOMPARE(indexOf(peer.doc, end), 0);
    }

    void afterAnUndoAPositionFollowsTheCopyIfAsked()
    {
        Peer peer(1);
        ManualClock clock;
        QVERIFY(peer.text().insert(0, u"abcdef"));
        UndoManager undo(peer.doc, {peer.text()}, {}, clock);
        const RelativePosition right = makeRelativePosition(peer.text(), 3, 0);
        const RelativePosition left = makeRelativePosition(peer.text(), 3, -1);
        QVERIFY(peer.text().remove(2, 2));
        QCOMPARE(indexOf(peer.doc, right), 2);
        QVERIFY(undo.undo());
        QCOMPARE(indexOf(peer.doc, right), 3);
        QCOMPARE(indexOf(peer.doc, right, FollowRedone::No), 4);
        QCOMPARE(indexOf(peer.doc, left), 3);
        QCOMPARE(indexOf(peer.doc, left, FollowRedone::No), 4);
    }
};

QTEST_APPLESS_MAIN(RelativePositionTest)
#include "relative_position_test.moc"
