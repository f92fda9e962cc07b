#include <QtTest/QTest>

#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <QtCore/QByteArray>

#include <cmath>
#include <limits>

using namespace cowrite;
using namespace cowrite::lib0;

namespace {

QByteArray json(const Any &value)
{
    const Result<std::string> text = stringifyJson(value);
    return text ? QByteArray::fromStdString(*text) : QByteArray("error");
}

QByteArray reprint(const char *text)
{
    const Result<Any> value = parseJson(text);
    return value ? json(*value) : QByteArray("error");
}

double number(const char *text)
{
    const Result<Any> value = parseJson(text);
    return value && value->isNumber() ? value->asNumber() : 12345;
}

std::string nestedArrays(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

// yjs-compat.md 2.3, conformance case 17. The expected texts are those of JSON.stringify and
// String(number) in Node.js 20.
class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreWrittenAsInJavaScript_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("zero") << 0.0 << QByteArray("0");
        QTest::newRow("negative zero") << -0.0 << QByteArray("0");
        QTest::newRow("integer") << 100.0 << QByteArray("100");
        QTest::newRow("negative") << -12.5 << QByteArray("-12.5");
        QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
        QTest::newRow("sum") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
        QTest::newRow("2^53") << 9007199254740992.0 << QByteArray("9007199254740992");
        QTest::newRow("21 digits")
            << 123456789012345680000.0 << QByteArray("123456789012345680000");
        QTest::newRow("just below 1e21")
            << 999999999999999900000.0 << QByteArray("999999999999999900000");
        QTest::newRow("1e21") << 1e21 << QByteArray("1e+21");
        QTest::newRow("1.5e300") << 1.5e300 << QByteArray("1.5e+300");
        QTest::newRow("1e-6") << 1e-6 << QByteArray("0.000001");
        QTest::newRow("1.23456e-6") << 123.456e-8 << QByteArray("0.00000123456");
        QTest::newRow("1e-7") << 1e-7 << QByteArray("1e-7");
        QTest::newRow("-1.5e-7") << -1.5e-7 << QByteArray("-1.5e-7");
        QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
        QTest::newRow("largest") << 1.7976931348623157e308 << QByteArray("1.7976931348623157e+308");
        QTest::newRow("NaN") << std::numeric_limits<double>::quiet_NaN() << QByteArray("null");
        QTest::newRow("infinity") << -std::numeric_limits<double>::infinity() << QByteArray("null");
    }

    void numbersAreWrittenAsInJavaScript()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, text);
        QCOMPARE(json(value), text);
    }

    void stringsEscapeOnlyWhatTheyMust()
    {
        QCOMPARE(json("a\"\\/\b\f\n\r\t"), QByteArray("\"a\\\"\\\\/\\b\\f\\n\\r\\t\""));
        QCOMPARE(json(std::string_view("\0\x01\x1f\x7f", 4)),
                 QByteArray("\"\\u0000\\u0001\\u001f\x7f\""));
        QCOMPARE(json("\xe2\x82\xac\xe2\x80\xa8\xf0\x9f\x98\x80"),
                 QByteArray("\"\xe2\x82\xac\xe2\x80\xa8\xf0\x9f\x98\x80\""));
        QCOMPARE(json("\xed\x95\x9c"), QByteArray("\"\xed\x95\x9c\""));
    }

    void loneSurrogatesAreEscapedAndSurvive()
    {
        QCOMPARE(json(utf16ToWtf8(u"\xd83d!\xde00")), QByteArray("\"\\ud83d!\\ude00\""));
        QCOMPARE(reprint("\"\\ud83d\\u0041\\uDE00\""), QByteArray("\"\\ud83dA\\ude00\""));
        QCOMPARE(reprint("\"\\ud83d\\ud83d\\ude00\""), QByteArray("\"\\ud83d\xf0\x9f\x98\x80\""));
    }

    void containersAreWrittenAsInJavaScript()
    {
        QCOMPARE(json(Any::object({{"z", 1}, {"a", Any()}, {"7", nullptr}, {"b", true}})),
                 QByteArray("{\"7\":null,\"z\":1,\"b\":true}"));
        QCOMPARE(json(Any::object({{"a", Any()}})), QByteArray("{}"));
        QCOMPARE(json(Any::array({Any(), Any::array({}), Any::object({}), "x"})),
                 QByteArray("[null,[],{},\"x\"]"));
        QCOMPARE(json(Any::array({Any::bytes({1, 255}), Any::bytes(Bytes())})),
                 QByteArray("[{\"0\":1,\"1\":255},{}]"));
        QCOMPARE(json(Any::object({{"", Any::object({{"\n", Any::array({1, 2})}})}})),
                 QByteArray("{\"\":{\"\\n\":[1,2]}}"));
    }

    void whatJavaScriptCannotWriteIsAnError()
    {
        for (const Any &value : {Any(), Any::bigInt(1), Any::array({1, Any::bigInt(1)}),
                                 Any::object({{"a", Any::object({{"b", Any::bigInt(0)}})}})}) {
            const Result<std::string> text = stringifyJson(value);
            QVERIFY(!text.has_value());
            QVERIFY(text.error().code == ErrorCode::Unsupported);
        }
    }

    void textsAreReadAsInJavaScript()
    {
        QCOMPARE(reprint(" \t\r\n[ 1 , -2.5e+3,\"\\u0061\\/\" , {} ,[ ], null,true,false ] "),
                 QByteArray("[1,-2500,\"a/\",{},[],null,true,false]"));
        QCOMPARE(reprint("{\"b\":1,\"2\":2,\"a\":{\"x\":[]},\"b\":3,\"1\":4}"),
                 QByteArray("{\"1\":4,\"2\":2,\"b\":3,\"a\":{\"x\":[]}}"));
        QCOMPARE(reprint("{\"__proto__\":1}"), QByteArray("{\"__proto__\":1}"));
        QCOMPARE(reprint("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\""),
                 QByteArray("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\""));
    }

    void numbersAreReadAsInJavaScript()
    {
        const double infinity = std::numeric_limits<double>::infinity();
        QVERIFY(std::signbit(number("-0")));
        QVERIFY(number("0.1") == 0.1);
        QVERIFY(number("1E3") == 1000.0);
        QVERIFY(number("9007199254740993") == 9007199254740992.0);
        QVERIFY(number("5e-324") == 5e-324);
        QVERIFY(number("1.7976931348623157e308") == 1.7976931348623157e308);
        QVERIFY(number("1e400") == infinity);
        QVERIFY(number("-1e400") == -infinity);
        QVERIFY(number("1e-400") == 0.0);
        QVERIFY(std::signbit(number("-1e-400")));
        QVERIFY(number("1e99999999999999999999999") == infinity);
        QVERIFY(number("1e-99999999999999999999999") == 0.0);
        QVERIFY(number("0e99999999999999999999999") == 0.0);
        QVERIFY(number(("0." + std::string(400, '0') + "1").c_str()) == 0.0);
        QVERIFY(number(("0." + std::string(400, '0') + "1e405").c_str()) == 10000.0);
        QVERIFY(number((std::string(400, '9')).c_str()) == infinity);
        QVERIFY(number((std::string(400, '9') + "e-390").c_str()) == 1e10);
        QVERIFY(number(("0." + std::string(20, '0') + "1e340").c_str()) == infinity);
    }

    void brokenTextsAreRejectedAtTheirOffset_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("offset");
        QTest::newRow("empty") << QByteArray("") << 0;
        QTest::newRow("blank") << QByteArray("  ") << 2;
        QTest::newRow("undefined") << QByteArray("undefined") << 0;
        QTest::newRow("byte-order mark") << QByteArray("\xef\xbb\xbf{}") << 0;
        QTest::newRow("trailing text") << QByteArray("{} x") << 3;
        QTest::newRow("two values") << QByteArray("1 2") << 2;
        QTest::newRow("array without end") << QByteArray("[1") << 2;
        QTest::newRow("trailing comma") << QByteArray("[1,]") << 3;
        QTest::newRow("object trailing comma") << QByteArray("{\"a\":1,}") << 7;
        QTest::newRow("bare key") << QByteArray("{a:1}") << 1;
        QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << 5;
        QTest::newRow("single quotes") << QByteArray("'a'") << 0;
        QTest::newRow("string without end") << QByteArray("\"abc") << 4;
        QTest::newRow("escape without end") << QByteArray("\"a\\") << 2;
        QTest::newRow("unknown escape") << QByteArray("\"\\x41\"") << 1;
        QTest::newRow("short unicode escape") << QByteArray("\"\\u12\"") << 1;
        QTest::newRow("signed unicode escape") << QByteArray("\"\\u-123\"") << 1;
        QTest::newRow("newline in a string") << QByteArray("\"a\nb\"") << 2;
        QTest::newRow("NUL in a string") << QByteArray("\"a\0b\"", 5) << 2;
        QTest::newRow("NUL behind") << QByteArray("1\0", 2) << 1;
        QTest::newRow("leading zero") << QByteArray("01") << 0;
        QTest::newRow("leading plus") << QByteArray("+1") << 0;
        QTest::newRow("bare minus") << QByteArray("-") << 0;
        QTest::newRow("bare point") << QByteArray("1.") << 2;
        QTest::newRow("point first") << QByteArray(".5") << 0;
        QTest::newRow("bare exponent") << QByteArray("1e+") << 3;
        QTest::newRow("hexadecimal") << QByteArray("0x1") << 1;
        QTest::newRow("NaN") << QByteArray("NaN") << 0;
        QTest::newRow("half a word") << QByteArray("tru") << 0;
        QTest::newRow("comment") << QByteArray("/**/1") << 0;
        QTest::newRow("form feed") << QByteArray("\f1") << 0;
        QTest::newRow("bad UTF-8") << QByteArray("\"\xc0\x80\"") << 1;
    }

    void brokenTextsAreRejectedAtTheirOffset()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, offset);
        const Result<Any> value = parseJson(text.toStdString());
        QVERIFY(!value.has_value());
        QVERIFY(value.error().code == ErrorCode::Malformed);
        QCOMPARE(*value.error().byteOffset, static_cast<std::uint64_t>(offset));
    }

    void everyTruncationIsAnError()
    {
        const std::string text =
            "{\"a\":[true,false,null,\"\\ud83d\\ude00\\n\",{\"b\":\"c\"}],\"d\":-1.5e-3}";
        QVERIFY(parseJson(text).has_value());
        for (std::size_t size = 0; size < text.size(); ++size) {
            QVERIFY(!parseJson(std::string_view(text).substr(0, size)).has_value());
        }
    }

    void nestingStopsAtTheLimit()
    {
        QVERIFY(parseJson(nestedArrays(kMaxNesting)).has_value());
        for (const std::size_t depth : {kMaxNesting + 1, std::size_t{200'000}}) {
            const Result<Any> value = parseJson(nestedArrays(depth));
            QVERIFY(!value.has_value());
            QVERIFY(value.error().code == ErrorCode::LimitExceeded);
        }
    }

    void deepValuesOfOurOwnAreWrittenWithoutRecursion()
    {
        Any value = Any::array({});
        for (int i = 1; i < 200'000; ++i) {
            value = Any::array({value});
        }
        QVERIFY(stringifyJson(value).value() == nestedArrays(200'000));
    }
};

QTEST_GUILESS_MAIN(JsonTest)
#include "json_test.moc"
