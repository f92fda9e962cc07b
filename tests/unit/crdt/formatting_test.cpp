// Conformance cases 51 to 55 of yjs-compat.md: formatting, in the bytes of Yjs.

#include "libsync/crdt/event.h"
#include "tests/unit/crdt/peer.h"

#include <functional>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

using Edit = std::function<Result<void>(Text)>;
Q_DECLARE_METATYPE(Edit)

namespace {

const Attributes kItalic{{"italic", Any(true)}};
const Any kImage = Any::object({{"image", Any("u")}});

Attributes font(int size)
{
    return {{"f", Any::object({{"a", Any(size)}})}};
}

/// "xx", "ab" in bold, "yy": client 1, clocks 0 and 1, 3 and 4 within the markers 2 and 5, 6 and 7.
void writeBase(Text text)
{
    QVERIFY(text.insert(0, u"xx"));
    QVERIFY(text.insert(2, u"ab", kBold));
    QVERIFY(text.insert(4, u"yy", Attributes{}));
}

} // namespace

class FormattingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditOfFormattedTextEmitsWhatYjsEmits_data()
    {
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QList<QByteArray>>("emitted");
        QTest::addColumn<QByteArray>("delta");
        const auto row = [](const char *name, const Edit &edit, const QList<QByteArray> &emitted,
                            const char *delta) {
            QTest::newRow(name) << edit << emitted << bytes(delta);
        };

        row(
            "case 51: inside a run", [](Text t) { return t.insert(3, u"c"); },
            {"01 01 01 08 c4 01 03 01 04 01 63 00"},
            R"([{"insert":"xx"},{"insert":"acb","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: at the end of a run", [](Text t) { return t.insert(4, u"c"); },
            {"01 01 01 08 c4 01 04 01 05 01 63 00"},
            R"([{"insert":"xx"},{"insert":"abc","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: before a run", [](Text t) { return t.insert(2, u"c"); },
            {"01 01 01 08 c4 01 01 01 02 01 63 00"},
            R"([{"insert":"xxc"},{"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: unformatted inside a run",
            [](Text t) { return t.insert(3, u"c", Attributes{}); },
            {"01 03 01 08 c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c c4 01 08 01 04 01 63 "
             "c6 01 09 01 04 04 62 6f 6c 64 04 74 72 75 65 00"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},{"insert":"c"},)"
            R"({"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: unformatted at the end of a run",
            [](Text t) { return t.insert(4, u"c", Attributes{}); },
            {"01 01 01 08 c4 01 05 01 06 01 63 00"},
            R"([{"insert":"xx"},{"insert":"ab","attributes":{"bold":true}},{"insert":"cyy"}])");
        row(
            "case 51: formatted otherwise inside a run",
            [](Text t) { return t.insert(3, u"c", kItalic); },
            {"01 05 01 08 c6 01 03 01 04 06 69 74 61 6c 69 63 04 74 72 75 65 "
             "c6 01 08 01 04 04 62 6f 6c 64 04 6e 75 6c 6c c4 01 09 01 04 01 63 "
             "c6 01 0a 01 04 06 69 74 61 6c 69 63 04 6e 75 6c 6c "
             "c6 01 0b 01 04 04 62 6f 6c 64 04 74 72 75 65 00"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},)"
            R"({"insert":"c","attributes":{"italic":true}},)"
            R"({"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: an embed without attributes", [](Text t) { return t.insertEmbed(3, kImage); },
            {"01 03 01 08 c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c "
             "c5 01 08 01 04 0d 7b 22 69 6d 61 67 65 22 3a 22 75 22 7d "
             "c6 01 09 01 04 04 62 6f 6c 64 04 74 72 75 65 00"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},)"
            R"({"insert":[{"image":"u"}]},{"insert":"b","attributes":{"bold":true}},)"
            R"({"insert":"yy"}])");
        row(
            "case 51: an embed with the attributes in force",
            [](Text t) { return t.insertEmbed(3, kImage, kBold); },
            {"01 01 01 08 c5 01 03 01 04 0d 7b 22 69 6d 61 67 65 22 3a 22 75 22 7d 00"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},)"
            R"({"insert":[{"image":"u"}],"attributes":{"bold":true}},)"
            R"({"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 51: with the attributes of the run behind it",
            [](Text t) { return t.insert(2, u"c", kBold); },
            {"01 01 01 08 c4 01 02 01 03 01 63 00"},
            R"([{"insert":"xx"},{"insert":"cab","attributes":{"bold":true}},{"insert":"yy"}])");

        row(
            "case 52: over everything", [](Text t) { return t.format(0, 6, kItalic); },
            {"01 02 01 08 46 01 00 06 69 74 61 6c 69 63 04 74 72 75 65 "
             "86 01 07 06 69 74 61 6c 69 63 04 6e 75 6c 6c 00"},
            R"([{"insert":"xx","attributes":{"italic":true}},)"
            R"({"insert":"ab","attributes":{"italic":true,"bold":true}},)"
            R"({"insert":"yy","attributes":{"italic":true}}])");
        row(
            "case 52: adjacent behind", [](Text t) { return t.format(4, 2, kBold); },
            {"01 01 01 08 86 01 07 04 62 6f 6c 64 04 6e 75 6c 6c 01 01 01 05 01"},
            R"([{"insert":"xx"},{"insert":"abyy","attributes":{"bold":true}}])");
        row(
            "case 52: adjacent before", [](Text t) { return t.format(0, 2, kBold); },
            {"01 01 01 08 46 01 00 04 62 6f 6c 64 04 74 72 75 65 01 01 01 02 01"},
            R"([{"insert":"xxab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: unset at the end of the run", [](Text t) { return t.format(3, 1, kNotBold); },
            {"01 01 01 08 c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c 01 01 01 05 01"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},{"insert":"byy"}])");
        row(
            "case 52: unset at the start of the run",
            [](Text t) { return t.format(2, 1, kNotBold); },
            {"01 01 01 08 c6 01 03 01 04 04 62 6f 6c 64 04 74 72 75 65 01 01 01 02 01"},
            R"([{"insert":"xxa"},{"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: unset on the whole run", [](Text t) { return t.format(2, 2, kNotBold); },
            {"00 01 01 02 02 01 05 01"}, R"([{"insert":"xxabyy"}])");
        row(
            "case 52: beyond both ends of the run", [](Text t) { return t.format(1, 4, kBold); },
            {"01 02 01 08 c6 01 00 01 01 04 62 6f 6c 64 04 74 72 75 65 "
             "c6 01 06 01 07 04 62 6f 6c 64 04 6e 75 6c 6c 01 01 02 02 01 05 01"},
            R"([{"insert":"x"},{"insert":"xaby","attributes":{"bold":true}},{"insert":"y"}])");
        row(
            "case 52: the same again", [](Text t) { return t.format(2, 2, kBold); }, {},
            R"([{"insert":"xx"},{"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: past the end", [](Text t) { return t.format(5, 4, kBold); },
            {"01 03 01 08 c6 01 06 01 07 04 62 6f 6c 64 04 74 72 75 65 84 01 07 03 0a 0a 0a "
             "86 01 0b 04 62 6f 6c 64 04 6e 75 6c 6c 00"},
            R"([{"insert":"xx"},{"insert":"ab","attributes":{"bold":true}},{"insert":"y"},)"
            R"({"insert":"y\n\n\n","attributes":{"bold":true}}])");
        row(
            "case 52: at the end", [](Text t) { return t.format(6, 3, kBold); }, {},
            R"([{"insert":"xx"},{"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: two attributes, one set and one unset",
            [](Text t) {
                return t.format(1, 2, {{"italic", Any(true)}, {"bold", Any(nullptr)}});
            },
            {"01 03 01 08 c6 01 00 01 01 06 69 74 61 6c 69 63 04 74 72 75 65 "
             "c6 01 03 01 04 06 69 74 61 6c 69 63 04 6e 75 6c 6c "
             "c6 01 09 01 04 04 62 6f 6c 64 04 74 72 75 65 01 01 01 02 01"},
            R"([{"insert":"x"},{"insert":"xa","attributes":{"italic":true}},)"
            R"({"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: an equal object changes nothing",
            [](Text t) {
                return t.format(0, 2, font(1)).and_then([&] { return t.format(0, 2, font(1)); });
            },
            {"01 02 01 08 46 01 00 01 66 07 7b 22 61 22 3a 31 7d "
             "c6 01 02 01 03 01 66 04 6e 75 6c 6c 00"},
            R"([{"insert":"xx","attributes":{"f":{"a":1}}},)"
            R"({"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 52: another object replaces the first",
            [](Text t) {
                return t.format(0, 2, font(1)).and_then([&] { return t.format(0, 2, font(2)); });
            },
            {"01 02 01 08 46 01 00 01 66 07 7b 22 61 22 3a 31 7d "
             "c6 01 02 01 03 01 66 04 6e 75 6c 6c 00",
             "01 02 01 0a 46 01 08 01 66 07 7b 22 61 22 3a 32 7d "
             "c6 01 02 01 09 01 66 07 7b 22 61 22 3a 31 7d 01 01 01 08 01"},
            R"([{"insert":"xx","attributes":{"f":{"a":2}}},)"
            R"({"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");

        row(
            "case 53: the whole run", [](Text t) { return t.remove(2, 2); }, {"00 01 01 01 02 04"},
            R"([{"insert":"xxyy"}])");
        row(
            "case 53: the middle of a run",
            [](Text t) { return t.insert(3, u"mm").and_then([&] { return t.remove(3, 2); }); },
            {"01 01 01 08 c4 01 03 01 04 02 6d 6d 00", "00 01 01 01 08 02"},
            R"([{"insert":"xx"},{"insert":"ab","attributes":{"bold":true}},{"insert":"yy"}])");
        row(
            "case 53: beyond both ends of a run", [](Text t) { return t.remove(1, 4); },
            {"00 01 01 01 01 06"}, R"([{"insert":"xy"}])");
        row(
            "case 53: across two runs",
            [](Text t) { return t.format(4, 2, kItalic).and_then([&] { return t.remove(3, 2); }); },
            {"01 02 01 08 c6 01 05 01 06 06 69 74 61 6c 69 63 04 74 72 75 65 "
             "86 01 07 06 69 74 61 6c 69 63 04 6e 75 6c 6c 00",
             "00 01 01 02 04 01 06 01"},
            R"([{"insert":"xx"},{"insert":"a","attributes":{"bold":true}},)"
            R"({"insert":"y","attributes":{"italic":true}}])");
        row(
            "case 53: a run and all behind it", [](Text t) { return t.remove(2, 4); },
            {"00 01 01 01 02 06"}, R"([{"insert":"xx"}])");
        row(
            "case 53: into the run from before", [](Text t) { return t.remove(0, 3); },
            {"00 01 01 02 00 02 03 01"},
            R"([{"insert":"b","attributes":{"bold":true}},{"insert":"yy"}])");
    }

    void anEditOfFormattedTextEmitsWhatYjsEmits()
    {
        QFETCH(Edit, edit);
        QFETCH(QList<QByteArray>, emitted);
        Peer peer(1);
        writeBase(peer.text());
        QCOMPARE(peer.state(), bytes("01 05 01 00 04 01 01 74 02 78 78 86 01 01 04 62 6f 6c 64 "
                                     "04 74 72 75 65 84 01 02 02 61 62 86 01 04 04 62 6f 6c 64 "
                                     "04 6e 75 6c 6c 84 01 05 02 79 79 00"));
        peer.forgetEmitted();
        QVERIFY(edit(peer.text()));
        QCOMPARE(peer.takeEmitted(), emitted);
        QTEST(json(peer.text()), "delta");
        Peer reader(2);
        send(peer, reader);
        VERIFY_SAME_REPLICAS(peer.doc, reader.doc);
    }

    // Case 52, with the bytes of yjs-compat 5.2.3.
    void aFormattedRangeIsEnclosedByMarkers()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abcdef"));
        QVERIFY(peer.text().format(1, 3, kBold));
        QCOMPARE(peer.state(),
                 bytes("01 05 01 00 04 01 01 74 01 61 84 01 00 03 62 63 64 "
                       "84 01 03 02 65 66 c6 01 00 01 01 04 62 6f 6c 64 04 74 72 75 65 "
                       "c6 01 03 01 04 04 62 6f 6c 64 04 6e 75 6c 6c 00"));
    }

    // Case 53: objects are never identical, so their markers stay until all is gone.
    void equalObjectsShareARunAndVanishWithIt()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab", font(1)));
        QVERIFY(peer.text().insert(2, u"cd", font(1)));
        QCOMPARE(peer.state(), bytes("01 04 01 00 06 01 01 74 01 66 07 7b 22 61 22 3a 31 7d "
                                     "84 01 00 02 61 62 86 01 02 01 66 04 6e 75 6c 6c "
                                     "c4 01 02 01 03 02 63 64 00"));
        QVERIFY(peer.text().remove(0, 4));
        QCOMPARE(peer.state(), bytes("01 03 01 00 01 01 01 74 03 81 01 02 01 c1 01 02 01 03 02 "
                                     "01 01 01 00 06"));
    }

    // Case 54: Yjs loses the bold when one of the two reads deltas; we delete no marker.
    void equalFormattingByTwoPeersSurvives()
    {
        Peer origin(1);
        QVERIFY(origin.text().insert(0, u"abcd"));
        Peer a(2);
        Peer b(3);
        send(origin, a);
        send(origin, b);
        QByteArray seen;
        const Subscription reading = a.text().observe([&](const Event &event) {
            const QByteArray before = hex(codec::encodeStateAsUpdate(a.doc));
            seen = json(event.delta());
            QCOMPARE(hex(codec::encodeStateAsUpdate(a.doc)), before);
        });
        a.forgetEmitted();
        QVERIFY(a.text().format(1, 2, kBold));
        QVERIFY(b.text().format(1, 2, kBold));
        QCOMPARE(seen, bytes(R"([{"retain":1},{"retain":2,"attributes":{"bold":true}}])"));
        a.forgetEmitted();
        b.forgetEmitted();
        exchange(a, b);
        exchange(a, b);
        const auto bold =
            bytes(R"([{"insert":"a"},{"insert":"bc","attributes":{"bold":true}},{"insert":"d"}])");
        QCOMPARE(json(a.text()), bold);
        QCOMPARE(json(b.text()), bold);
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
        // What arrived is emitted as it came, and nothing else.
        QCOMPARE(a.takeEmitted(),
                 QList<QByteArray>{"01 02 03 00 c6 01 00 01 01 04 62 6f 6c 64 04 74 72 75 65 "
                                   "c6 01 02 01 03 04 62 6f 6c 64 04 6e 75 6c 6c 00"});
        QCOMPARE(b.emitted.size(), 1);
        QVERIFY(a.doc.deleteSet().empty());
    }

    // Case 55, without the option `sanitize`.
    void aDeltaIsAppliedAsYjsAppliesIt()
    {
        Peer peer(1);
        QVERIFY(
            peer.text().applyDelta({DeltaOp::insertText(u"ab"), DeltaOp::insertText(u"cd", kBold),
                                    DeltaOp::insertValues({kImage}), DeltaOp::insertText(u"\n")}));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 06 01 00 04 01 01 74 02 61 62 86 01 01 04 62 6f 6c 64 "
                                   "04 74 72 75 65 84 01 02 02 63 64 86 01 04 04 62 6f 6c 64 "
                                   "04 6e 75 6c 6c 85 01 05 0d 7b 22 69 6d 61 67 65 22 3a 22 75 22 "
                                   "7d 84 01 06 01 0a 00"});
        QVERIFY(peer.text().applyDelta({DeltaOp::retain(1), DeltaOp::insertText(u"Q"),
                                        DeltaOp::retain(2, kNotBold), DeltaOp::remove(1)}));
        QCOMPARE(json(peer.text()),
                 bytes(R"([{"insert":"aQbc"},{"insert":[{"image":"u"}]},{"insert":"\n"}])"));
        QVERIFY(peer.text().applyDelta({DeltaOp::retain(20), DeltaOp::insertText(u"e")}));
        QCOMPARE(peer.state(),
                 bytes("01 0b 01 00 04 01 01 74 01 61 84 01 00 01 62 81 01 01 01 84 01 02 01 63 "
                       "81 01 03 01 86 01 04 04 62 6f 6c 64 04 6e 75 6c 6c 85 01 05 0d 7b 22 69 "
                       "6d 61 67 65 22 3a 22 75 22 7d 84 01 06 01 0a c4 01 00 01 01 01 51 "
                       "c6 01 03 01 04 04 62 6f 6c 64 04 74 72 75 65 84 01 07 0f 0a 0a 0a 0a 0a "
                       "0a 0a 0a 0a 0a 0a 0a 0a 0a 65 01 01 02 02 01 04 01"));
    }

    // Case 52: just at the end there is something to format, the tombstone; past it there is not.
    void formattingPastTheEndStopsBehindTombstones()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"ab"));
        QVERIFY(peer.text().remove(1, 1));
        QVERIFY(peer.text().format(2, 1, kBold));
        QCOMPARE(json(peer.text()), bytes(R"([{"insert":"a"}])"));
        QVERIFY(peer.text().insertEmbed(2, Any(1), kBold));
        QVERIFY(peer.state().startsWith("01 05 01 00 04 01 01 74 01 61 81 01 00 01 86 01 01"));
        Peer other(1);
        QVERIFY(other.text().insert(0, u"ab"));
        QVERIFY(other.text().remove(1, 1));
        QVERIFY(other.text().format(1, 1, kBold));
        QCOMPARE(json(other.text()),
                 bytes(R"([{"insert":"a"},{"insert":"\n","attributes":{"bold":true}}])"));
    }

    // Case 55: `sanitize: false` in Yjs.
    void theLastNewlineOfADeltaIsDroppedIfAsked()
    {
        const auto applied = [](const Delta &delta, FinalNewline finalNewline) {
            Peer peer(1);
            if (!peer.text().insert(0, u"q") || !peer.text().applyDelta(delta, finalNewline))
                return QByteArray("refused");
            return json(peer.text());
        };
        const Delta atEnd{DeltaOp::retain(1), DeltaOp::insertText(u"a\n\n")};
        QCOMPARE(applied(atEnd, FinalNewline::Keep), bytes(R"([{"insert":"qa\n\n"}])"));
        QCOMPARE(applied(atEnd, FinalNewline::Drop), bytes(R"([{"insert":"qa\n"}])"));
        QCOMPARE(
            applied({DeltaOp::retain(1), DeltaOp::insertText(u"\n", kBold)}, FinalNewline::Drop),
            bytes(R"([{"insert":"q"}])"));
        QCOMPARE(applied({DeltaOp::insertText(u"a\n")}, FinalNewline::Drop),
                 bytes(R"([{"insert":"a\nq"}])"));
        QCOMPARE(applied({DeltaOp::insertText(u"x\n"), DeltaOp::remove(1)}, FinalNewline::Drop),
                 bytes(R"([{"insert":"x\n"}])"));
    }
};

QTEST_APPLESS_MAIN(FormattingTest)
#include "formatting_test.moc"
