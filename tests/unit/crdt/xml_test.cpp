// Conformance case 60 of yjs-compat.md, and its section 5.5: XML types, and nested types in texts.
// Bytes and strings are those of yjs 13.6 for the same edits.

#include "libsync/crdt/event.h"
#include "tests/unit/crdt/peer.h"

#include <limits>
#include <map>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

XmlElement element(const std::optional<Value> &value)
{
    return XmlElement(value->type());
}

QList<QByteArray> strings(const std::vector<SharedType> &nodes)
{
    QList<QByteArray> result;
    for (const SharedType &node : nodes)
        result += json(node);
    return result;
}

/// An event as `list:<whether it changed> keys:<written> <delta> <key>=<action>`.
QByteArray describe(const Event &event)
{
    QByteArray line = event.childListChanged() ? "list:yes keys:" : "list:no keys:";
    for (const std::string &key : event.keysChanged())
        line += bytes(key);
    line += ' ' + json(event.delta());
    for (const auto &[key, change] : event.keys()) {
        line += ' ' + bytes(key) + '=' + QByteArray::number(static_cast<int>(change.action));
    }
    return line;
}

} // namespace

class XmlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 60.
    void aNewElementIsWrittenWithItsChildrenBeforeItsAttributes()
    {
        Peer peer(1);
        QVERIFY(peer.xml().push({NewXmlElement{"div", {{"id", Any("7")}}, {NewXmlText{u"z"}}}}));
        QCOMPARE(peer.state(), bytes("01 04 01 00 07 01 01 70 03 03 64 69 76 07 00 01 00 06 "
                                     "04 00 01 01 01 7a 28 00 01 00 02 69 64 01 77 01 37 00"));
        QCOMPARE(peer.xml().toString(), std::string(R"(<div id="7">z</div>)"));
    }

    // Case 60.
    void whatIsNestedIsWrittenBeforeWhatFollows()
    {
        Peer peer(1);
        const NewXmlElement item{"li", {{"k", Any(nullptr)}}, {NewXmlText{u"in"}}};
        const NewXmlElement paragraph{"P",
                                      {{"b", Any(1)}, {"a", Any::bytes({1, 2})}},
                                      {item, NewXmlText{}, NewXmlHook{"h", {{"x", Any(5)}}},
                                       NewXmlFragment{{NewXmlText{u"f"}}}}};
        QVERIFY(peer.xml().insert(0, {NewXmlText{u"t"}, paragraph}));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{
                     "01 0f 01 00 07 01 01 70 06 04 00 01 00 01 74 87 01 00 03 01 50 "
                     "07 00 01 02 03 02 6c 69 07 00 01 03 06 04 00 01 04 02 69 6e "
                     "28 00 01 03 01 6b 01 7e 87 01 03 06 87 01 08 05 01 68 28 00 01 09 01 78 "
                     "01 7d 05 87 01 09 04 07 00 01 0b 06 04 00 01 0c 01 66 "
                     "28 00 01 02 01 62 01 7d 01 23 00 01 02 01 61 02 01 02 00"});
        QCOMPARE(peer.xml().toString(),
                 std::string(R"(t<p a="1,2" b="1"><li k="null">in</li>[object Object]f</p>)"));
    }

    void everyTypeIsMadeWithItsNumberOnTheWire()
    {
        Peer peer(1);
        QVERIFY(peer.array().push({NewXmlHook{"hk", {}}, NewMap{}, NewText{}, NewXmlFragment{},
                                   NewXmlText{}, NewXmlElement{"p", {}, {}}, NewArray{}}));
        QCOMPARE(peer.state(),
                 bytes("01 07 01 00 07 01 01 61 05 02 68 6b 87 01 00 01 87 01 01 02 87 01 02 04 "
                       "87 01 03 06 87 01 04 03 01 70 87 01 05 00 00"));
        Peer reader(2);
        send(peer, reader);
        QCOMPARE(XmlHook(reader.array().get(0)->type()).hookName(), std::string("hk"));
        QCOMPARE(element(reader.array().get(5)).nodeName(), std::string_view("p"));
    }

    void attributesReadAsJavaScriptPrintsThem_data()
    {
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("undefined") << bytes("undefined");
        QTest::newRow("null") << bytes("null");
        QTest::newRow("object") << bytes("[object Object]");
        QTest::newRow("array") << bytes("1,2,,x");
        QTest::newRow("bool") << bytes("true");
        QTest::newRow("number") << bytes("1e+21");
        QTest::newRow("negative zero") << bytes("0");
        QTest::newRow("not a number") << bytes("NaN");
        QTest::newRow("bigint") << bytes("10");
        QTest::newRow("bytes") << bytes("1,2");
        QTest::newRow("text") << bytes("txt");
        QTest::newRow("map") << bytes("[object Object]");
        QTest::newRow("unescaped") << bytes("<\"");
    }

    void attributesReadAsJavaScriptPrintsThem()
    {
        static const std::map<QByteArray, NewValue> kValues{
            {"undefined", Any()},
            {"null", Any(nullptr)},
            {"object", Any::object({{"q", Any(1)}})},
            {"array", Any::array({Any(1), Any::array({Any(2), Any(nullptr)}), Any("x")})},
            {"bool", Any(true)},
            {"number", Any(1e21)},
            {"negative zero", Any(-0.0)},
            {"not a number", Any(std::numeric_limits<double>::quiet_NaN())},
            {"bigint", Any::bigInt(10)},
            {"bytes", Any::bytes({1, 2})},
            {"text", NewText{u"txt"}},
            {"map", NewMap{}},
            {"unescaped", Any("<\"")},
        };
        QFETCH(QByteArray, shown);
        Peer peer(1);
        QVERIFY(peer.xml().push({NewXmlElement{"DIV", {}, {}}}));
        QVERIFY(element(peer.xml().get(0)).setAttribute("k", kValues.at(QTest::currentDataTag())));
        QCOMPARE(bytes(peer.xml().toString()), "<div k=\"" + shown + "\"></div>");
    }

    void attributesAreSetReplacedAndRemoved()
    {
        Peer peer(1);
        XmlElement root = *peer.doc.xmlElement("e");
        QVERIFY(root.setAttribute("b", Any(1)));
        QVERIFY(root.setAttribute("a", Any("x")));
        QVERIFY(root.setAttribute("b", Any(2)));
        QVERIFY(root.hasAttribute("b"));
        QVERIFY(root.getAttribute("b") == Value(Any(2)));
        QCOMPARE(root.attributes().size(), std::size_t{2});
        QCOMPARE(root.toString(), std::string(R"(<undefined a="x" b="2"></undefined>)"));
        QVERIFY(root.removeAttribute("b"));
        QVERIFY(root.removeAttribute("none"));
        QVERIFY(!root.hasAttribute("b"));
        QCOMPARE(root.toString(), std::string(R"(<undefined a="x"></undefined>)"));
    }

    void formatsOfAnXmlTextAreTagsSortedByName()
    {
        Peer peer(1);
        QVERIFY(peer.xml().push({NewXmlText{}}));
        XmlText text(peer.xml().get(0)->type());
        const Any link = Any::object({{"z", Any(1)}, {"href", Any("x\"y")}});
        QVERIFY(text.insert(0, u"abc", Attributes{{"bold", Any(true)}, {"a", link}}));
        QVERIFY(text.insert(
            3, u"d", Attributes{{"s", Any("hi")}, {"n", Any(3)}, {"l", Any::array({Any("q")})}}));
        QVERIFY(text.insertEmbed(4, Any::object({{"i", Any(1)}})));
        QVERIFY(text.insertEmbed(5, NewXmlElement{"X", {}, {}}));
        QVERIFY(text.insert(6, u"€😀"));
        const std::string shown = "<a href=\"x\"y\" z=\"1\"><bold>abc</bold></a>"
                                  R"(<l 0="q"><n><s 0="h" 1="i">d</s></n></l>)"
                                  "[object Object]<x></x>€😀";
        QCOMPARE(peer.xml().toString(), shown);
        QCOMPARE(text.toString(), shown);
        QVERIFY(text.setAttribute("k", Any(1)));
        QCOMPARE(
            peer.state(),
            bytes("01 11 01 00 07 01 01 70 06 06 00 01 00 04 62 6f 6c 64 04 74 72 75 65 "
                  "86 01 01 01 61 15 7b 22 7a 22 3a 31 2c 22 68 72 65 66 22 3a 22 78 5c 22 79 22 "
                  "7d 84 01 02 03 61 62 63 86 01 05 04 62 6f 6c 64 04 6e 75 6c 6c "
                  "86 01 06 01 61 04 6e 75 6c 6c 86 01 07 01 73 04 22 68 69 22 "
                  "86 01 08 01 6e 01 33 86 01 09 01 6c 05 5b 22 71 22 5d 84 01 0a 01 64 "
                  "86 01 0b 01 73 04 6e 75 6c 6c 86 01 0c 01 6e 04 6e 75 6c 6c "
                  "86 01 0d 01 6c 04 6e 75 6c 6c 85 01 0e 07 7b 22 69 22 3a 31 7d "
                  "87 01 0f 03 01 58 84 01 10 07 e2 82 ac f0 9f 98 80 "
                  "28 00 01 00 01 6b 01 7d 01 00"));
    }

    void aNestedTypeIsEmbeddedWithItsContentInAText()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab", kBold));
        QVERIFY(peer.text().insertEmbed(1, NewMap{{{"k", Any(1)}}}, Attributes{{"i", Any(true)}}));
        QVERIFY(peer.text().insertEmbed(0, NewText{u"q"}));
        QCOMPARE(peer.state(),
                 bytes("01 0c 01 00 06 01 01 74 04 62 6f 6c 64 04 74 72 75 65 84 01 00 01 61 "
                       "84 01 01 01 62 86 01 02 04 62 6f 6c 64 04 6e 75 6c 6c "
                       "c6 01 01 01 02 01 69 04 74 72 75 65 "
                       "c6 01 04 01 02 04 62 6f 6c 64 04 6e 75 6c 6c c7 01 05 01 02 01 "
                       "28 00 01 06 01 6b 01 7d 01 c6 01 06 01 02 01 69 04 6e 75 6c 6c "
                       "c6 01 08 01 02 04 62 6f 6c 64 04 74 72 75 65 "
                       "47 01 00 02 04 00 01 0a 01 71 00"));
        QVERIFY(!peer.text().insertEmbed(0, Any()));
        QVERIFY(!peer.text().insertEmbed(0, NewArray{{Any::bigInt(1)}}));
    }

    // Unlike an array's, a push goes to the left of tombstones.
    void nodesArePushedLeftOfTombstones()
    {
        Peer peer(1);
        QVERIFY(peer.xml().push(
            {NewXmlElement{"a", {}, {}}, NewXmlElement{"b", {}, {}}, NewXmlElement{"c", {}, {}}}));
        QVERIFY(peer.xml().remove(2));
        QVERIFY(peer.xml().push({NewXmlElement{"d", {}, {}}}));
        QCOMPARE(peer.state(), bytes("01 04 01 00 07 01 01 70 03 01 61 87 01 00 03 01 62 "
                                     "81 01 01 01 c7 01 01 01 02 03 01 64 01 01 01 02 01"));
        QVERIFY(peer.xml().remove(1, 5).error().code == ErrorCode::OutOfRange);
        QVERIFY(peer.xml().insert(9, {NewXmlText{}}).error().code == ErrorCode::OutOfRange);
        QCOMPARE(peer.xml().toString(), std::string("<a></a><b></b><d></d>"));
    }

    void nodesAreFoundAmongTheirRelatives()
    {
        Peer peer(1);
        QVERIFY(peer.xml().push({NewXmlElement{"ul",
                                               {},
                                               {NewXmlElement{"LI", {}, {}},
                                                NewXmlElement{"li", {}, {NewXmlText{u"x"}}}}},
                                 NewXmlText{u"y"}, NewXmlText{u"z"}}));
        QVERIFY(peer.xml().remove(1));
        const XmlElement list = element(peer.xml().firstChild());
        QCOMPARE(strings(peer.xml().descendants()),
                 (QList<QByteArray>{"\"<ul><li></li><li>x</li></ul>\"", "\"<li></li>\"",
                                    "\"<li>x</li>\"", "\"x\"", "\"z\""}));
        QCOMPARE(peer.xml().querySelectorAll("Li").size(), std::size_t{2});
        QCOMPARE(json(*nextSibling(list)), bytes("\"z\""));
        QVERIFY(nextSibling(nextSibling(list)->type()) == std::nullopt);
        QVERIFY(previousSibling(nextSibling(list)->type()) == Value(list));
        QVERIFY(previousSibling(list) == std::nullopt);
        QVERIFY(nextSibling(peer.xml()) == std::nullopt);
    }

    void eventsTellChildrenFromAttributes()
    {
        Peer peer(1);
        XmlElement root = *peer.doc.xmlElement("e");
        QList<QByteArray> events;
        const Subscription observing =
            root.observe([&](const Event &event) { events += describe(event); });
        QVERIFY(root.setAttribute("k", Any("v")));
        QVERIFY(root.push({NewXmlElement{"a", {}, {}}}));
        peer.doc.transact([&] {
            QVERIFY(root.setAttribute("z", Any(1)));
            QVERIFY(root.removeAttribute("z"));
            QVERIFY(root.remove(0));
        });
        peer.doc.transact([&] {
            QVERIFY(root.push({NewXmlText{}}));
            QVERIFY(root.remove(0));
        });
        QCOMPARE(events, (QList<QByteArray>{
                             "list:no keys:k [] k=0", R"(list:yes keys: [{"insert":["<a></a>"]}])",
                             R"(list:yes keys:z [{"delete":1}])", "list:yes keys: []"}));
    }

    void eventsOfATextTellItsAttributesFromItsCharacters()
    {
        Peer peer(1);
        QList<QByteArray> events;
        QVERIFY(peer.text().insert(0, u"hi"));
        const Subscription observing =
            peer.text().observe([&](const Event &event) { events += describe(event); });
        QVERIFY(peer.text().setAttribute("n", Any(1)));
        QVERIFY(peer.text().insert(2, u"!"));
        QVERIFY(peer.text().removeAttribute("n"));
        QCOMPARE(events, (QList<QByteArray>{"list:no keys:n [] n=0",
                                            R"(list:yes keys: [{"retain":2},{"insert":"!"}])",
                                            "list:no keys:n [] n=2"}));
        QVERIFY(peer.text().attributes().empty());
        QVERIFY(!peer.text().getAttribute("n"));
    }

    void replicasThatEditTheSameElementAgree()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.xml().push({NewXmlElement{"p", {}, {NewXmlText{u"x"}}}}));
        exchange(a, b);
        QVERIFY(element(a.xml().get(0)).setAttribute("k", Any("a")));
        QVERIFY(element(b.xml().get(0)).setAttribute("k", Any("b")));
        QVERIFY(element(a.xml().get(0)).push({NewXmlText{u"a"}}));
        QVERIFY(XmlText(element(b.xml().get(0)).get(0)->type()).format(0, 1, kBold));
        exchange(a, b);
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
        QCOMPARE(a.xml().toString(), std::string(R"(<p k="b"><bold>x</bold>a</p>)"));
    }

    // Making, copying, checking, showing and destroying it recurses nowhere.
    void treesMayBeDeeperThanTheStack()
    {
        constexpr int kDepth = 100000;
        Peer peer(1);
        NewXmlElement tree{"a", {}, {}};
        for (int level = 1; level < kDepth; ++level) {
            NewXmlElement above{"a", {}, {}};
            above.children.push_back(std::move(tree));
            tree = std::move(above);
        }
        std::vector<NewValue> nodes;
        nodes.push_back(std::move(tree));
        const std::vector<NewValue> copies = nodes;
        nodes.clear();
        QVERIFY(peer.xml().push(copies));
        QCOMPARE(peer.xml().toString().size(), std::size_t{kDepth * 7});
        QCOMPARE(peer.xml().descendants().size(), std::size_t{kDepth});
    }
};

QTEST_APPLESS_MAIN(XmlTest)
#include "xml_test.moc"
