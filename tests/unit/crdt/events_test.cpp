// Conformance cases 57 to 59 of yjs-compat.md: what observers read.

#include "libsync/crdt/event.h"
#include "tests/unit/crdt/peer.h"

#include <functional>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

using MapEdit = std::function<void(Map)>;
using ListEdit = std::function<void(Array)>;
using TextEdit = std::function<void(Text)>;
Q_DECLARE_METATYPE(MapEdit)
Q_DECLARE_METATYPE(ListEdit)
Q_DECLARE_METATYPE(TextEdit)

namespace {

QByteArray toText(const std::map<std::string, KeyChange> &keys)
{
    static constexpr const char *kActions[] = {"add", "update", "delete"};
    QByteArray text;
    for (const auto &[key, change] : keys) {
        text += bytes(key) + ' ' + kActions[static_cast<int>(change.action)] + ' ' +
                json(change.oldValue);
    }
    return text;
}

QByteArray toText(const Path &path)
{
    QByteArray text;
    for (const PathStep &step : path) {
        const std::string *key = std::get_if<std::string>(&step);
        text += '/' + (key ? bytes(*key) : QByteArray::number(std::get<std::uint32_t>(step)));
    }
    return text;
}

} // namespace

class EventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 57.
    void aChangedKeySaysWhatHappenedToIt_data()
    {
        QTest::addColumn<MapEdit>("before");
        QTest::addColumn<MapEdit>("edit");
        QTest::addColumn<QByteArray>("keys");
        const MapEdit nothing = [](Map) {};
        const auto set = [](int value) -> MapEdit {
            return [value](Map map) { QVERIFY(map.set("k", Any(value))); };
        };
        const MapEdit remove = [](Map map) { QVERIFY(map.remove("k")); };
        const auto both = [](const MapEdit &first, const MapEdit &second) -> MapEdit {
            return [first, second](Map map) {
                first(map);
                second(map);
            };
        };
        const QByteArray none = R"({"$undefined":true})";
        QTest::newRow("set a new key") << nothing << set(1) << QByteArray("k add " + none);
        QTest::newRow("set an old key") << set(1) << set(2) << bytes("k update 1");
        QTest::newRow("remove") << set(1) << remove << bytes("k delete 1");
        QTest::newRow("remove and set") << set(1) << both(remove, set(2)) << bytes("k update 1");
        QTest::newRow("set a key that was removed earlier")
            << both(set(1), remove) << set(2) << QByteArray("k add " + none);
        QTest::newRow("set and remove a new key")
            << nothing << both(set(1), remove) << QByteArray();
        QTest::newRow("set a new key twice")
            << nothing << both(set(1), set(2)) << QByteArray("k add " + none);
        QTest::newRow("set and remove an old key")
            << set(1) << both(set(2), remove) << bytes("k delete 1");
        QTest::newRow("the old value is the last of several")
            << both(set(1), both(set(2), set(3))) << set(9) << bytes("k update 3");
    }

    void aChangedKeySaysWhatHappenedToIt()
    {
        QFETCH(MapEdit, before);
        QFETCH(MapEdit, edit);
        QFETCH(QByteArray, keys);
        Peer peer(1, GarbageCollection::Off);
        Peer reader(2);
        before(peer.map());
        send(peer, reader);
        QByteArray seen = "not called";
        QByteArray seenByReader = "not called";
        const Subscription observing =
            peer.map().observe([&](const Event &event) { seen = toText(event.keys()); });
        const Subscription reading =
            reader.map().observe([&](const Event &event) { seenByReader = toText(event.keys()); });
        peer.doc.transact([&] { edit(peer.map()); });
        QCOMPARE(seen, keys);
        send(peer, reader);
        QCOMPARE(seenByReader, keys);
    }

    // Case 57: an item of three elements.
    void theOldValueIsTheLastElementOfTheItem()
    {
        Peer peer(9);
        peer.apply("01 01 01 00 28 01 01 6d 01 61 03 7d 01 7d 02 7d 03 00");
        QByteArray seen;
        const Subscription observing =
            peer.map().observe([&](const Event &event) { seen = toText(event.keys()); });
        QVERIFY(peer.map().remove("a"));
        QCOMPARE(seen, bytes("a delete 3"));
    }

    // Case 57: a losing concurrent value is no change.
    void aValueThatLosesIsNoChangeOfItsKey()
    {
        Peer peer(9);
        QVERIFY(peer.map().set("k", Any(1)));
        QByteArray seen = "not called";
        const Subscription observing =
            peer.map().observe([&](const Event &event) { seen = toText(event.keys()); });
        peer.apply("01 01 01 00 28 01 01 6d 01 6b 01 7d 05 00");
        QCOMPARE(seen, QByteArray());
        QCOMPARE(json(peer.map()), bytes(R"({"k":1})"));
    }

    // Case 58.
    void theDeltaOfAListCountsCells_data()
    {
        QTest::addColumn<ListEdit>("edit");
        QTest::addColumn<QByteArray>("delta");
        QTest::newRow("mixed")
            << ListEdit([](Array list) {
                   QVERIFY(list.insert(1, {Any("x"), Any("y")}));
                   QVERIFY(list.remove(4, 1));
                   QVERIFY(list.push({Any(9)}));
               })
            << bytes(R"([{"retain":1},{"insert":["x","y"]},{"retain":1},{"delete":1},{"retain":2},)"
                     R"({"insert":[9]}])");
        QTest::newRow("inserted and removed at once") << ListEdit([](Array list) {
            QVERIFY(list.insert(0, {Any(7)}));
            QVERIFY(list.remove(0, 1));
        }) << bytes("[]");
        QTest::newRow("no trailing retain")
            << ListEdit([](Array list) { QVERIFY(list.remove(0, 1)); })
            << bytes(R"([{"delete":1}])");
        QTest::newRow("a nested type") << ListEdit([](Array list) {
            QVERIFY(list.insert(5, {NewMap{{{"a", Any(1)}}}}));
        }) << bytes(R"([{"retain":5},{"insert":[{"a":1}]}])");
    }

    void theDeltaOfAListCountsCells()
    {
        QFETCH(ListEdit, edit);
        Peer peer(1);
        Peer reader(2);
        QVERIFY(peer.array().push({Any(1), Any(2), Any(3), Any(4), Any(5)}));
        send(peer, reader);
        QByteArray seen = "not called";
        QByteArray seenByReader = "[]"; // Nothing visible may also mean no event.
        const Subscription observing =
            peer.array().observe([&](const Event &event) { seen = json(event.delta()); });
        const Subscription reading =
            reader.array().observe([&](const Event &event) { seenByReader = json(event.delta()); });
        peer.doc.transact([&] { edit(peer.array()); });
        QTEST(seen, "delta");
        send(peer, reader);
        QTEST(seenByReader, "delta");
    }

    // Case 58, for text.
    void theDeltaOfATextCountsUnits_data()
    {
        QTest::addColumn<TextEdit>("before");
        QTest::addColumn<TextEdit>("edit");
        QTest::addColumn<QByteArray>("delta");
        const TextEdit hello = [](Text text) { QVERIFY(text.insert(0, u"hello")); };
        const TextEdit boldHello = [](Text text) {
            QVERIFY(text.insert(0, u"hello"));
            QVERIFY(text.format(1, 3, kBold));
        };
        QTest::newRow("mixed")
            << hello << TextEdit([](Text text) {
                   QVERIFY(text.insert(1, u"XY"));
                   QVERIFY(text.remove(4, 2));
                   QVERIFY(text.insert(5, u"!"));
               })
            << bytes(R"([{"retain":1},{"insert":"XY"},{"retain":1},{"delete":2},{"retain":1},)"
                     R"({"insert":"!"}])");
        QTest::newRow("formatted")
            << hello << TextEdit([](Text text) { QVERIFY(text.format(1, 3, kBold)); })
            << bytes(R"([{"retain":1},{"retain":3,"attributes":{"bold":true}}])");
        QTest::newRow("unformatted")
            << boldHello << TextEdit([](Text text) { QVERIFY(text.format(2, 1, kNotBold)); })
            << bytes(R"([{"retain":2},{"retain":1,"attributes":{"bold":null}}])");
        QTest::newRow("inserted into a run, and an embed")
            << boldHello << TextEdit([](Text text) {
                   QVERIFY(text.insert(2, u"X"));
                   QVERIFY(text.insert(0, u"Q"));
                   QVERIFY(text.insertEmbed(1, Any::object({{"i", Any(1)}})));
               })
            << bytes(R"([{"insert":"Q"},{"insert":[{"i":1}]},{"retain":2},)"
                     R"({"insert":"X","attributes":{"bold":true}}])");
    }

    void theDeltaOfATextCountsUnits()
    {
        QFETCH(TextEdit, before);
        QFETCH(TextEdit, edit);
        Peer peer(1);
        before(peer.text());
        QByteArray seen = "not called";
        const Subscription observing =
            peer.text().observe([&](const Event &event) { seen = json(event.delta()); });
        peer.doc.transact([&] { edit(peer.text()); });
        QTEST(seen, "delta");
    }

    // Case 58: text typed on in place is old and new units in one item.
    void typedOnTextIsInsertedBehindTheOldUnits()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        QByteArray seen;
        const Subscription observing =
            peer.text().observe([&](const Event &event) { seen = json(event.delta()); });
        QVERIFY(peer.text().insert(2, u"cd"));
        QCOMPARE(seen, bytes(R"([{"retain":2},{"insert":"cd"}])"));
        QVERIFY(peer.text().remove(1, 2));
        QCOMPARE(seen, bytes(R"([{"retain":1},{"delete":2}])"));
    }

    // Case 59.
    void deepObserversSeeShallowEventsFirstWithPathsOfNow()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("l", NewArray{{NewMap{}}}));
        Array list(peer.map().get("l")->type());
        Map below(list.get(0)->type());
        QList<QByteArray> paths;
        int calls = 0;
        const SharedType root = peer.map();
        const Subscription observing = root.observeDeep([&](const std::vector<Event> &events) {
            ++calls;
            for (const Event &event : events)
                paths += toText(event.path());
        });
        peer.doc.transact([&] {
            QVERIFY(below.set("x", Any(1)));
            QVERIFY(list.insert(0, {Any("before")}));
            QVERIFY(peer.map().set("k", Any(1)));
        });
        QCOMPARE(calls, 1);
        QCOMPARE(std::exchange(paths, {}), (QList<QByteArray>{"", "/l", "/l/1"}));

        // What was deleted has no event any more, and what is new is in its parent's.
        peer.doc.transact([&] {
            QVERIFY(below.set("x", Any(2)));
            QVERIFY(list.remove(1, 1));
        });
        QCOMPARE(std::exchange(paths, {}), QList<QByteArray>{"/l"});
        peer.doc.transact([&] {
            QVERIFY(list.push({NewMap{}}));
            QVERIFY(Map(list.get(1)->type()).set("q", Any(1)));
        });
        QCOMPARE(std::exchange(paths, {}), QList<QByteArray>{"/l"});
        QCOMPARE(calls, 3);
    }

    // Case 59.
    void deepEventsOfOneDepthComeInTheOrderOfTheFirstChanges()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("a", NewArray{{NewText{u"x"}, NewText{u"y"}}}));
        QVERIFY(peer.map().set("b", NewMap{{{"t", NewText{u"z"}}}}));
        Array list(peer.map().get("a")->type());
        Text x(list.get(0)->type());
        Text y(list.get(1)->type());
        Text z(Map(peer.map().get("b")->type()).get("t")->type());
        QList<QByteArray> paths;
        const SharedType root = peer.map();
        const Subscription observing = root.observeDeep([&](const std::vector<Event> &events) {
            for (const Event &event : events)
                paths += toText(event.path());
        });
        peer.doc.transact([&] {
            QVERIFY(z.insert(0, u"1"));
            QVERIFY(y.insert(0, u"2"));
            QVERIFY(list.insert(0, {Any(0)}));
            QVERIFY(x.insert(0, u"3"));
            QVERIFY(z.insert(0, u"4"));
            QVERIFY(peer.map().set("c", Any(1)));
        });
        QCOMPARE(paths, (QList<QByteArray>{"", "/a", "/b/t", "/a/2", "/a/1"}));
    }

    // Case 59.
    void everyObserverSeesThePathFromItsOwnType()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("l", NewArray{{NewMap{}}}));
        const Array list(peer.map().get("l")->type());
        Map below(list.get(0)->type());
        QList<QByteArray> paths;
        const auto note = [&](const std::vector<Event> &events) {
            paths += toText(events.front().path());
        };
        const Subscription root = peer.map().observeDeep(note);
        const Subscription middle = list.observeDeep(note);
        const Subscription own =
            below.observe([&](const Event &event) { paths += toText(event.path()); });
        QVERIFY(below.set("x", Any(1)));
        QCOMPARE(paths, (QList<QByteArray>{"", "/0", "/l/0"}));
    }

    // Case 59.
    void observersOfATypeAreNotCalledForWhatIsBelow()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("n", NewMap{}));
        int calls = 0;
        const Subscription observing = peer.map().observe([&](const Event &) { ++calls; });
        QVERIFY(Map(peer.map().get("n")->type()).set("x", Any(1)));
        QCOMPARE(calls, 0);
        QVERIFY(peer.map().set("x", Any(1)));
        QCOMPARE(calls, 1);
    }

    void anObserverMayLeaveWhileItIsCalled()
    {
        Peer peer(1);
        int calls = 0;
        Subscription observing;
        observing = peer.text().observe([&](const Event &) {
            ++calls;
            observing = {};
        });
        QVERIFY(peer.text().insert(0, u"a"));
        QVERIFY(peer.text().insert(1, u"b"));
        QCOMPARE(calls, 1);
    }
};

QTEST_APPLESS_MAIN(EventsTest)
#include "events_test.moc"
