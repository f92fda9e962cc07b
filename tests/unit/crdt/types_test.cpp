// Conformance cases 49, 50, 60 and 62 of yjs-compat.md: what the shared types do with values.

#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

class TypesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Case 49.
    void aRootTakesItsKindFromItsFirstReader()
    {
        Peer peer(2);
        peer.apply("01 01 01 00 04 01 01 78 02 61 62 00");
        QCOMPARE(peer.doc.roots().size(), std::size_t{1});
        QVERIFY(peer.doc.roots().front().kind() == TypeKind::Untyped);
        QCOMPARE(string(peer.text("x")), QStringLiteral("ab"));
        QVERIFY(peer.doc.roots().front().kind() == TypeKind::Text);
    }

    // Case 49.
    void aRootOfAnotherKindIsRefused()
    {
        Peer peer(1);
        QVERIFY(peer.doc.text("x"));
        for (const Result<void> &asked :
             {peer.doc.array("x").map([](Array) {}), peer.doc.map("x").map([](Map) {})}) {
            QVERIFY(!asked);
            QVERIFY(asked.error().code == ErrorCode::WrongKind);
        }
        QVERIFY(peer.doc.text("x"));
    }

    // Case 49.
    void aTextReadsAsAListOfItsUnits()
    {
        Peer peer(2);
        peer.apply("01 01 01 00 04 01 01 78 02 61 62 00");
        QCOMPARE(peer.array("x").length(), 2U);
        QCOMPARE(json(peer.array("x")), bytes(R"(["a","b"])"));
    }

    // Case 49.
    void aListReadsAsATextOfItsLengthWithoutCharacters()
    {
        Peer peer(2);
        peer.apply("01 01 01 00 08 01 01 78 02 7d 01 7d 02 00");
        QCOMPARE(peer.text("x").length(), 2U);
        QCOMPARE(string(peer.text("x")), QString());
        QCOMPARE(json(peer.text("x")), bytes("[]"));
    }

    // Case 50.
    void textGoesToTheRightOfTombstones()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(0, u"abc"));
        QVERIFY(peer.text().remove(1, 1));
        peer.forgetEmitted();
        QVERIFY(peer.text().insert(1, u"X"));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 03 c4 01 01 01 02 01 58 00"});

        Peer atEnd(1);
        QVERIFY(atEnd.text().insert(0, u"ab"));
        QVERIFY(atEnd.text().remove(1, 1));
        atEnd.forgetEmitted();
        QVERIFY(atEnd.text().insert(1, u"c"));
        QCOMPARE(atEnd.takeEmitted(), QList<QByteArray>{"01 01 01 02 84 01 01 01 63 00"});
    }

    // Case 50.
    void valuesGoToTheLeftOfTombstones()
    {
        Peer peer(1);
        QVERIFY(peer.array().push({Any(1), Any(2), Any(3)}));
        QVERIFY(peer.array().remove(1, 1));
        peer.forgetEmitted();
        QVERIFY(peer.array().insert(1, {Any("X")}));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 01 01 03 c8 01 00 01 01 01 77 01 58 00"});

        Peer atEnd(1);
        QVERIFY(atEnd.array().push({Any(1), Any(2)}));
        QVERIFY(atEnd.array().remove(1, 1));
        atEnd.forgetEmitted();
        QVERIFY(atEnd.array().insert(1, {Any(3)}));
        QCOMPARE(atEnd.takeEmitted(), QList<QByteArray>{"01 01 01 02 c8 01 00 01 01 01 7d 03 00"});
    }

    // Case 50.
    void pushedValuesGoBehindAllTombstones()
    {
        Peer peer(1);
        QVERIFY(peer.array().push({Any(1), Any(2)}));
        QVERIFY(peer.array().remove(1, 1));
        peer.forgetEmitted();
        QVERIFY(peer.array().push({Any(3)}));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{"01 01 01 02 88 01 01 01 7d 03 00"});
    }

    // Case 60.
    void theContentOfANewMapFollowsItsItemInOrderOfInsertion()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("n", NewMap{{{"b", Any(1)}, {"a", NewArray{}}}}));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 03 01 00 27 01 01 6d 01 6e 01 28 00 01 00 01 62 01 7d 01 "
                                   "27 00 01 00 01 61 00 00"});
        QCOMPARE(json(peer.map()), bytes(R"({"n":{"a":[],"b":1}})"));
    }

    // Case 60.
    void theContentOfNewTypesInAListFollowsEachItem()
    {
        Peer peer(1);
        QVERIFY(peer.array("r").push({Any(0), NewArray{{Any(1), Any("x"), Any::bytes({7})}},
                                      NewMap{{{"t", NewText{u"hi"}}}}, Any(2)}));
        QCOMPARE(peer.takeEmitted(),
                 QList<QByteArray>{"01 08 01 00 08 01 01 72 01 7d 00 87 01 00 00 08 00 01 01 02 "
                                   "7d 01 77 01 78 83 01 03 01 07 87 01 01 01 27 00 01 05 01 74 02 "
                                   "04 00 01 06 02 68 69 88 01 05 01 7d 02 00"});
        QCOMPARE(json(peer.array("r")),
                 bytes(R"([0,[1,"x",{"$bytes":[7]}],{"t":[{"insert":"hi"}]},2])"));
    }

    // Case 60: values that only a map takes.
    void aMapHoldsEveryKindOfValue()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("u", Any()));
        QVERIFY(peer.map().set("n", Any(nullptr)));
        QVERIFY(peer.map().set("b", Any::bytes({1, 2})));
        QVERIFY(peer.map().set("o", Any::object({{"z", Any(1)}, {"a", Any::array({Any(1.5)})}})));
        QVERIFY(peer.map().set("big", Any::bigInt(10)));
        QCOMPARE(peer.state(),
                 bytes("01 05 01 00 28 01 01 6d 01 75 01 7f 28 01 01 6d 01 6e 01 7e "
                       "23 01 01 6d 01 62 02 01 02 28 01 01 6d 01 6f 01 76 02 01 7a 7d 01 01 61 "
                       "75 01 7c 3f c0 00 00 28 01 01 6d 03 62 69 67 01 7a "
                       "00 00 00 00 00 00 00 0a 00"));
        QCOMPARE(peer.map().size(), 5U);
        QVERIFY(peer.map().has("u"));
        Peer reader(2);
        send(peer, reader);
        QCOMPARE(json(reader.map()), json(peer.map()));
    }

    void aListRefusesWhatYjsCannotWriteThere()
    {
        Peer peer(1);
        for (const NewValue &value :
             {NewValue(Any()), NewValue(Any::bigInt(1)), NewValue(NewArray{{Any()}})}) {
            const Result<void> refused = peer.array().push({Any(1), value});
            QVERIFY(!refused);
            QVERIFY(refused.error().code == ErrorCode::Unsupported);
        }
        QCOMPARE(peer.state(), bytes("00 00"));
    }

    // Case 62.
    void aListRefusesRangesPastItsEnd()
    {
        Peer peer(1);
        QVERIFY(peer.array().push({Any(1), Any(2)}));
        const QByteArray before = peer.state();
        for (const Result<void> &refused :
             {peer.array().insert(3, {Any(3)}), peer.array().remove(1, 2),
              peer.array().remove(3, 0), peer.array().remove(0, 0xFFFF'FFFF)}) {
            QVERIFY(!refused);
            QVERIFY(refused.error().code == ErrorCode::OutOfRange);
        }
        QCOMPARE(peer.state(), before);
        QVERIFY(!peer.array().get(2));
    }

    // Case 62.
    void aTextClampsRangesPastItsEnd()
    {
        Peer peer(1);
        QVERIFY(peer.text().insert(5, u"ab"));
        QVERIFY(peer.text().insert(9, u"c"));
        QCOMPARE(string(peer.text()), QStringLiteral("abc"));
        QVERIFY(peer.text().remove(3, 1));
        QVERIFY(peer.text().remove(2, 0xFFFF'FFFF));
        QCOMPARE(string(peer.text()), QStringLiteral("ab"));
        QCOMPARE(peer.text().substring(1, 0xFFFF'FFFF), std::u16string(u"b"));
        QCOMPARE(peer.text().substring(2, 1), std::u16string());
    }

    void whatOtherReplicasWouldRefuseIsRefusedHere()
    {
        Peer peer(1);
        const std::string longKey(5000, 'k');
        QVERIFY(!peer.map().set(longKey, Any(1)));
        QVERIFY(!peer.map().set("k", NewMap{{{longKey, Any(1)}}}));
        QVERIFY(!peer.array().insert(0, {NewMap{{{"k", NewArray{{Any()}}}}}}));
        QVERIFY(!peer.text().insert(0, u"x", Attributes{{longKey, Any(true)}}));
        Any deep(1);
        for (int level = 0; level < 300; ++level) {
            deep = Any::array({deep});
        }
        QVERIFY(!peer.map().set("k", deep));
        QVERIFY(!peer.text().insertEmbed(0, deep));
        QCOMPARE(peer.takeEmitted(), QList<QByteArray>{});
    }
};

QTEST_APPLESS_MAIN(TypesTest)
#include "types_test.moc"
