// Conformance cases 14, 45 and 56 of yjs-compat.md: snapshots, and what a document held at one.

#include "libsync/crdt/snapshot.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

constexpr auto kKeepAll = GarbageCollection::Off;

} // namespace

class SnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 45.
    void aSnapshotIsWhatWasWrittenAndWhatWasDeleted()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(takeSnapshot(peer.doc) == Snapshot{});
        QVERIFY(peer.text().insert(0, u"hello"));
        const Snapshot before = takeSnapshot(peer.doc);
        QVERIFY(peer.text().remove(1, 2));
        const Snapshot after = takeSnapshot(peer.doc);
        Snapshot expected;
        expected.stateVector.set(1, 5);
        QVERIFY(before == expected);
        expected.deletions.add(1, {1, 2});
        QVERIFY(after == expected);
        QVERIFY(before != after);
    }

    // Case 45.
    void aDocumentIsRestoredAsItWas()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"hello"));
        QVERIFY(peer.text().remove(1, 2));
        const Snapshot snapshot = takeSnapshot(peer.doc);
        QVERIFY(peer.text().insert(3, u"xyz"));
        QVERIFY(peer.text().remove(0, 1));
        const QByteArray state = peer.state();

        Peer restored(9, kKeepAll);
        QVERIFY(restoreSnapshot(peer.doc, snapshot, restored.doc));
        QCOMPARE(string(restored.text()), QStringLiteral("hlo"));
        QCOMPARE(restored.state(),
                 bytes("01 03 01 00 04 01 01 74 01 68 84 01 00 02 65 6c 84 01 02 02 6c 6f "
                       "01 01 01 01 02"));
        QVERIFY(takeSnapshot(restored.doc) == snapshot);
        QCOMPARE(peer.state(), state);
    }

    // Case 53: deleting keeps a marker unless its value is identical to the one in force.
    void aRestoredFormatIsIdenticalToNoOther()
    {
        Peer peer(1, kKeepAll);
        const Attributes link{{"link", Any::object({{"href", "x"}})}};
        QVERIFY(peer.text().insert(0, u"ab", link));
        QVERIFY(peer.text().insert(1, u"c", Attributes{{"link", Any(nullptr)}}));
        Peer received(9, kKeepAll);
        send(peer, received);
        Peer restored(9, kKeepAll);
        QVERIFY(restoreSnapshot(peer.doc, takeSnapshot(peer.doc), restored.doc));
        QVERIFY(received.text().remove(1, 1));
        QVERIFY(restored.text().remove(1, 1));
        QCOMPARE(restored.state(), received.state());
    }

    // Case 45.
    void everyKindOfContentIsRestored()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.map().set("l", NewArray{}));
        Array list(peer.map().get("l")->type());
        QVERIFY(list.push({Any(1), Any("x"), Any::bytes({9})}));
        QVERIFY(peer.map().set("k", Any(1)));
        QVERIFY(peer.map().set("k", Any(2)));
        QVERIFY(list.push({NewText{u"hi"}}));
        QVERIFY(Text(list.get(3)->type()).format(0, 1, kBold));
        QVERIFY(Text(list.get(3)->type()).insertEmbed(2, Any("e")));
        const Snapshot snapshot = takeSnapshot(peer.doc);
        const QByteArray state = peer.state();
        const QByteArray content = json(peer.map());
        QVERIFY(peer.map().remove("l"));
        QVERIFY(peer.map().set("k", Any(3)));
        QVERIFY(peer.map().set("z", Any(4)));

        Peer restored(9, kKeepAll);
        QVERIFY(restoreSnapshot(peer.doc, snapshot, restored.doc));
        QCOMPARE(json(restored.map()), content);
        QCOMPARE(restored.state(), state);
    }

    void changesOfSeveralClientsAreRestored()
    {
        Peer peer(7, kKeepAll);
        Peer other(3, kKeepAll);
        QVERIFY(peer.text().insert(0, u"ab"));
        exchange(peer, other);
        QVERIFY(other.text().insert(1, u"XY"));
        QVERIFY(peer.text().insert(1, u"12"));
        exchange(peer, other);
        const Snapshot snapshot = takeSnapshot(peer.doc);
        const QString text = string(peer.text());
        QVERIFY(other.text().insert(3, u"more"));
        QVERIFY(other.text().remove(0, 3));
        exchange(peer, other);

        Peer restored(9, kKeepAll);
        QVERIFY(restoreSnapshot(peer.doc, snapshot, restored.doc));
        QCOMPARE(string(restored.text()), text);
        QVERIFY(takeSnapshot(restored.doc) == snapshot);
    }

    // Case 14.
    void aSnapshotThatCutsAPairBreaksBothHalves()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"a\U0001F600b"));
        Snapshot snapshot;
        snapshot.stateVector.set(1, 2);
        Peer restored(9, kKeepAll);
        QVERIFY(restoreSnapshot(peer.doc, snapshot, restored.doc));
        QCOMPARE(restored.state(), bytes("01 01 01 00 04 01 01 74 04 61 ef bf bd 00"));
        QCOMPARE(peer.state(), bytes("01 01 01 00 04 01 01 74 08 61 ef bf bd ef bf bd 62 00"));
    }

    void aDocumentThatCollectsGarbageCannotBeRestored()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abc"));
        Peer restored(9, kKeepAll);
        const auto result = restoreSnapshot(peer.doc, takeSnapshot(peer.doc), restored.doc);
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::Unsupported);
        QCOMPARE(restored.state(), bytes("00 00"));
    }

    void whatTheDocumentHasNotReceivedCannotBeRestored()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"ab"));
        for (const auto &[client, clock] : {std::pair(1U, 3U), std::pair(2U, 1U)}) {
            Snapshot snapshot;
            snapshot.stateVector.set(client, clock);
            Peer restored(9, kKeepAll);
            const auto result = restoreSnapshot(peer.doc, snapshot, restored.doc);
            QVERIFY(!result);
            QVERIFY(result.error().code == ErrorCode::NotFound);
            QCOMPARE(restored.state(), bytes("00 00"));
        }
    }

    // Case 56.
    void aTextIsShownAsItWasAndWithWhatChangedSince()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"hello world"));
        const Snapshot first = takeSnapshot(peer.doc);
        QVERIFY(peer.text().remove(0, 3));
        QVERIFY(peer.text().insert(5, u"XY"));
        QVERIFY(peer.text().format(3, 2, kBold));
        QVERIFY(peer.text().insertEmbed(0, Any(7)));
        const Snapshot second = takeSnapshot(peer.doc);
        QVERIFY(peer.text().insert(0, u"later"));
        const QByteArray state = peer.state();
        peer.forgetEmitted();

        QCOMPARE(json(peer.text().toDelta(first)), bytes(R"([{"insert":"hello world"}])"));
        QCOMPARE(json(peer.text().toDelta(second)),
                 bytes(R"([{"insert":[7]},{"insert":"lo "},)"
                       R"({"insert":"wo","attributes":{"bold":true}},{"insert":"XYrld"}])"));
        QCOMPARE(json(peer.text().toDelta(second, first)),
                 bytes(R"([{"insert":"hel","attributes":{"ychange":{"type":"removed"}}},)"
                       R"({"insert":[7],"attributes":{"ychange":{"type":"removed"}}},)"
                       R"({"insert":"lo "},{"insert":"wo","attributes":{"bold":true}},)"
                       R"({"insert":"XY","attributes":{"ychange":{"type":"added"}}},)"
                       R"({"insert":"rld"}])"));
        QCOMPARE(json(peer.text().toDelta(first, second)),
                 bytes(R"([{"insert":"hel","attributes":{"ychange":{"type":"added"}}},)"
                       R"({"insert":[7],"attributes":{"ychange":{"type":"added"}}},)"
                       R"({"insert":"lo wo"},)"
                       R"({"insert":"XY","attributes":{"ychange":{"type":"removed"}}},)"
                       R"({"insert":"rld"}])"));
        QCOMPARE(peer.state(), state);
        QVERIFY(peer.takeEmitted().isEmpty());
    }

    // Case 56.
    void aCallbackDescribesChanges()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"abc"));
        const Snapshot first = takeSnapshot(peer.doc);
        QVERIFY(peer.text().remove(1, 1));
        QVERIFY(peer.text().insert(0, u"y"));
        QVERIFY(peer.text().insert(0, u"x"));
        const auto byUser = [](TextChange change, Id id) {
            const Any type(change == TextChange::Added ? "added" : "removed");
            return Any::object(
                lib0::AnyObject{{"type", type}, {"user", static_cast<double>(id.client)}});
        };
        QCOMPARE(json(peer.text().toDelta(takeSnapshot(peer.doc), first, byUser)),
                 bytes(R"([{"insert":"xy","attributes":{"ychange":{"type":"added","user":1}}},)"
                       R"({"insert":"a"},)"
                       R"({"insert":"b","attributes":{"ychange":{"type":"removed","user":1}}},)"
                       R"({"insert":"c"}])"));
        // Who does not say who it was gets an op an item, as from Yjs.
        QCOMPARE(peer.text().toDelta(takeSnapshot(peer.doc), first).size(), std::size_t{5});
    }

    // Case 14.
    void readingATextAtASnapshotThatCutsAPairBreaksIt()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.text().insert(0, u"a\U0001F600b"));
        Snapshot snapshot;
        snapshot.stateVector.set(1, 2);
        QCOMPARE(json(peer.text().toDelta(snapshot)), bytes("[{\"insert\":\"a\uFFFD\"}]"));
        QCOMPARE(peer.state(), bytes("01 01 01 00 04 01 01 74 08 61 ef bf bd ef bf bd 62 00"));
    }

    // Yjs takes the units that merged with those of the snapshot for theirs.
    void listsAndMapsAreReadAsTheyWere()
    {
        Peer peer(1, kKeepAll);
        QVERIFY(peer.array().push({Any(1), Any(2)}));
        QVERIFY(peer.array().remove(0, 1));
        QVERIFY(peer.map().set("k", Any(1)));
        QVERIFY(peer.map().set("gone", Any(1)));
        QVERIFY(peer.map().remove("gone"));
        const Snapshot snapshot = takeSnapshot(peer.doc);
        QVERIFY(peer.array().push({Any(3)}));
        QVERIFY(peer.array().remove(0, 1));
        QVERIFY(peer.map().set("k", Any(2)));
        QVERIFY(peer.map().set("k", Any(3)));
        QVERIFY(peer.map().set("new", Any(4)));
        QVERIFY(peer.map().set("gone", Any(5)));
        QVERIFY(peer.array().values(snapshot) == std::vector<Value>{Any(2)});
        QVERIFY(peer.map().get("k", snapshot) == std::optional<Value>(Any(1)));
        QVERIFY(!peer.map().get("gone", snapshot));
        QVERIFY(!peer.map().get("new", snapshot));
        QVERIFY(!peer.map().get("never", snapshot));
        QVERIFY(peer.map().keys(snapshot) == std::vector<std::string>{"k"});
        QVERIFY(peer.map().keys(Snapshot{}).empty());
    }

    void attributesAndChildrenAreReadAsTheyWere()
    {
        using Entries = std::vector<std::pair<std::string, Value>>;
        Peer peer(1, kKeepAll);
        QVERIFY(peer.xml().push({NewXmlElement{"p", {}, {NewXmlText{u"a"}}}}));
        XmlElement element(peer.xml().get(0)->type());
        const std::vector<Value> children = element.children();
        QVERIFY(element.setAttribute("id", Any("1")));
        QVERIFY(element.setAttribute("gone", Any(true)));
        QVERIFY(element.removeAttribute("gone"));
        const Snapshot snapshot = takeSnapshot(peer.doc);
        QVERIFY(element.setAttribute("id", Any("2")));
        QVERIFY(element.setAttribute("id", Any("3")));
        QVERIFY(element.setAttribute("new", Any(4)));
        QVERIFY(element.remove(0));
        QVERIFY(element.push({NewXmlElement{"b", {}, {}}}));
        QVERIFY(element.attributes(snapshot) == (Entries{{"id", Any("1")}}));
        QVERIFY(element.getAttribute("id", snapshot) == std::optional<Value>(Any("1")));
        QVERIFY(!element.getAttribute("new", snapshot));
        QVERIFY(element.children(snapshot) == children);
        // They are there as long as the element is kept.
        QVERIFY(peer.xml().remove(0));
        QVERIFY(element.attributes().empty());
        QVERIFY(element.attributes(snapshot) == (Entries{{"id", Any("1")}}));
    }
};

QTEST_APPLESS_MAIN(SnapshotTest)
#include "snapshot_test.moc"
