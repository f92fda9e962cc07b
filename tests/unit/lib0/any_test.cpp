#include <QtTest/QTest>

#include "libsync/lib0/any.h"

#include <QtCore/QByteArray>

#include <cmath>
#include <limits>

using namespace cowrite;
using namespace cowrite::lib0;

namespace {

QByteArray keys(const AnyObject &object)
{
    QByteArray list;
    for (const auto &[key, value] : object) {
        list.append(key.data(), static_cast<qsizetype>(key.size())).append(' ');
    }
    return list.trimmed();
}

Any nested(std::size_t depth)
{
    Any value = 1;
    for (std::size_t i = 0; i < depth; ++i) {
        value = i % 2 == 0 ? Any::array({value}) : Any::object({{"k", value}});
    }
    return value;
}

} // namespace

class AnyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachConstructorGivesItsKind()
    {
        QVERIFY(Any().isUndefined());
        QVERIFY(Any(nullptr).isNull());
        QVERIFY(Any(true).isBool() && Any(true).asBool());
        QVERIFY(Any(1).isNumber());
        QCOMPARE(Any(std::uint64_t{1} << 40).asNumber(), 1099511627776.0);
        QVERIFY(Any("text").isString());
        QCOMPARE(Any(std::string_view("a\0b", 3)).asString().size(), std::size_t{3});
        QCOMPARE(Any::bigInt(-1).asBigInt(), std::int64_t{-1});
        QCOMPARE(Any::bytes({1, 2}).asBytes().size(), std::size_t{2});
        QCOMPARE(Any::array({1, "x"}).asArray().size(), std::size_t{2});
        QCOMPARE(Any::object({{"a", 1}}).asObject().size(), std::size_t{1});
    }

    void membersAreFoundOnlyInObjects()
    {
        const Any object = Any::object({{"", nullptr}, {"a", 1}, {"__proto__", 2}});
        QVERIFY(object.find("a") != nullptr && object.find("a")->asNumber() == 1);
        QVERIFY(object.find("") != nullptr && object.find("")->isNull());
        QVERIFY(object.find("__proto__") != nullptr);
        QVERIFY(object.find("b") == nullptr);
        QVERIFY(Any("a").find("a") == nullptr);
        QVERIFY(Any::array({1}).find("0") == nullptr);
    }

    void keysComeInTheOrderOfJavaScript()
    {
        AnyObject object{{"b", 1},   {"4294967295", 1}, {"4294967294", 1},
                         {"007", 2}, {"7", 1},          {"-1", 1},
                         {"a", 1},   {"0", 1},          {"99999999999", 1}};
        QCOMPARE(keys(object), QByteArray("0 7 4294967294 b 4294967295 007 -1 a 99999999999"));
        object.set("c", 1);
        object.set("3", 1);
        object.set("b", 2);
        QCOMPARE(keys(object), QByteArray("0 3 7 4294967294 b 4294967295 007 -1 a 99999999999 c"));
        QCOMPARE(object.find("b")->asNumber(), 2.0);
    }

    void aLaterDuplicateReplacesTheValueInPlace()
    {
        const AnyObject object = AnyObject::fromMembers({{"a", 1}, {"b", 2}, {"a", 3}, {"a", 4}});
        QCOMPARE(keys(object), QByteArray("a b"));
        QCOMPARE(object.find("a")->asNumber(), 4.0);
    }

    void largeObjectsFindAndReplaceAllTheirMembers()
    {
        std::vector<AnyObject::Member> members;
        for (int i = 0; i < 1000; ++i) {
            members.emplace_back("key" + std::to_string(i % 500), i);
        }
        AnyObject object = AnyObject::fromMembers(std::move(members));
        for (int i = 0; i < 20; ++i) {
            object.set("more" + std::to_string(i), -i);
            object.set("key" + std::to_string(i), -i);
        }
        QCOMPARE(object.size(), std::size_t{520});
        for (int i = 0; i < 500; ++i) {
            const Any *value = object.find("key" + std::to_string(i));
            QVERIFY(value != nullptr);
            QCOMPARE(value->asNumber(), i < 20 ? -i : 500.0 + i);
        }
        QCOMPARE(object.find("more19")->asNumber(), -19.0);
        QVERIFY(object.find("key500") == nullptr);
    }

    void identityIsThatOfJavaScript()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(identical(1, 1.0));
        QVERIFY(identical(0, -0.0));
        QVERIFY(!identical(nan, nan));
        QVERIFY(identical("a", std::string("a")));
        QVERIFY(!identical("1", 1));
        QVERIFY(!identical(Any(), nullptr));
        QVERIFY(!identical(false, 0));
        QVERIFY(!identical(Any::bigInt(1), 1));
        QVERIFY(identical(Any::bigInt(1), Any::bigInt(1)));
        const Any array = Any::array({1});
        const Any copy = array;
        QVERIFY(identical(array, copy));
        QVERIFY(cloned(array) == array);
        QVERIFY(!identical(cloned(array), array));
        QVERIFY(!identical(array, Any::array({1})));
        QVERIFY(!identical(Any::bytes({1}), Any::bytes({1})));
        QVERIFY(!identical(Any::object({}), Any::object({})));
    }

    void flatEqualityComparesOneLevelOfMembers()
    {
        QVERIFY(equalFlat(true, true));
        QVERIFY(!equalFlat(nullptr, Any::object({})));
        QVERIFY(
            equalFlat(Any::object({{"a", 1}, {"b", "x"}}), Any::object({{"b", "x"}, {"a", 1}})));
        QVERIFY(!equalFlat(Any::object({{"a", 1}}), Any::object({{"a", 2}})));
        QVERIFY(!equalFlat(Any::object({{"a", 1}}), Any::object({{"a", 1}, {"b", 1}})));
        QVERIFY(!equalFlat(Any::object({{"a", Any()}}), Any::object({{"b", Any()}})));
        QVERIFY(equalFlat(Any::array({1, "x"}), Any::array({1, "x"})));
        QVERIFY(equalFlat(Any::array({1}), Any::object({{"0", 1}})));
        QVERIFY(equalFlat(Any::bytes({1}), Any::array({1})));
        const Any inner = Any::array({});
        QVERIFY(equalFlat(Any::object({{"a", inner}}), Any::object({{"a", inner}})));
        QVERIFY(!equalFlat(Any::object({{"a", inner}}), Any::object({{"a", Any::array({})}})));
    }

    void deepEqualityIgnoresKeyOrderAndIdentity()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const Any a =
            Any::object({{"x", Any::array({1, nan, Any::bytes({9})})}, {"y", Any::object({})}});
        const Any b =
            Any::object({{"y", Any::object({})}, {"x", Any::array({1, nan, Any::bytes({9})})}});
        QVERIFY(a == b);
        QVERIFY(a != Any::object(
                         {{"x", Any::array({1, nan, Any::bytes({8})})}, {"y", Any::object({})}}));
        QVERIFY(Any::array({1}) != Any::array({1, 2}));
        QVERIFY(Any::array({}) != Any::object({}));
        QVERIFY(Any() != Any(nullptr));
    }

    void nestingOfAnyDepthNeedsNoStack()
    {
        constexpr std::size_t kDepth = 200'000;
        const Any a = nested(kDepth);
        Any b = nested(kDepth);
        QVERIFY(a == b);
        QVERIFY(a != nested(kDepth - 2));
        b = nullptr;
        QVERIFY(b.isNull());
    }

    void stringsOfAnyLengthAreCopiedAndMoved()
    {
        for (std::size_t length = 0; length < 40; ++length) {
            const std::string text(length, 'x');
            Any value(text);
            const Any copy = value;
            const Any moved = std::move(value);
            QVERIFY(value.isUndefined());
            QVERIFY(copy.asString() == text && moved.asString() == text);
            QVERIFY(identical(copy, moved));
            value = copy;
            QVERIFY(value.asString() == text);
            QVERIFY(!identical(value, text + 'y'));
        }
    }

    void settingAMemberLeavesCopiesAlone()
    {
        AnyObject object{{"a", 1}};
        const Any before = Any::object(object);
        object.set("a", 2);
        object.set("b", 3);
        QVERIFY(before == Any::object({{"a", 1}}));
        QVERIFY(Any::object(object) == Any::object({{"a", 2}, {"b", 3}}));
        QVERIFY(identical(before, Any::object(before.asObject())));
    }

    void aCloneOfAnyDepthSharesNothing()
    {
        constexpr std::size_t kDepth = 200'000;
        const Any original = nested(kDepth);
        const Any clone = cloned(original);
        QVERIFY(clone == original);
        const Any *a = &original;
        const Any *b = &clone;
        for (std::size_t i = 0; i < kDepth; ++i) {
            QVERIFY(!identical(*a, *b));
            a = a->isArray() ? &a->asArray()[0] : a->find("k");
            b = b->isArray() ? &b->asArray()[0] : b->find("k");
        }
    }

    void copiesOutliveTheOriginal()
    {
        Any inner;
        {
            const Any outer = Any::array({Any::object({{"a", Any::array({"deep"})}})});
            inner = outer.asArray()[0];
        }
        QCOMPARE(inner.find("a")->asArray()[0].asString(), std::string_view("deep"));
    }
};

QTEST_GUILESS_MAIN(AnyTest)
#include "any_test.moc"
