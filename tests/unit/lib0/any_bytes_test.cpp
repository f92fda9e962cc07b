#include <QtTest/QTest>

#include "libsync/lib0/any.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/utf.h"
#include "tests/unit/lib0/hex.h"

#include <cmath>
#include <limits>
#include <vector>

using namespace cowrite;
using namespace cowrite::lib0;
using cowrite::test::hex;

namespace {

struct Sample {
    const char *name;
    Any value;
    QByteArray bytes;
};

/// The tables of yjs-compat.md 1.3.
std::vector<Sample> samples()
{
    const double infinity = std::numeric_limits<double>::infinity();
    return {
        {"undefined", Any(), "7f"},
        {"null", nullptr, "7e"},
        {"0", 0, "7d 00"},
        {"-0", -0.0, "7d 40"},
        {"1", 1, "7d 01"},
        {"2^31-1", 2147483647, "7d bf ff ff ff 0f"},
        {"-2^31+1", -2147483647, "7d ff ff ff ff 0f"},
        {"2^31", 2147483648.0, "7c 4f 00 00 00"},
        {"-2^31", -2147483648.0, "7c cf 00 00 00"},
        {"2^32", 4294967296.0, "7c 4f 80 00 00"},
        {"-2^31-1", -2147483649.0, "7b c1 e0 00 00 00 20 00 00"},
        {"1.5", 1.5, "7c 3f c0 00 00"},
        {"0.1", 0.1, "7b 3f b9 99 99 99 99 99 9a"},
        {"1e300", 1e300, "7b 7e 37 e4 3c 88 00 75 9c"},
        {"NaN", std::numeric_limits<double>::quiet_NaN(), "7b 7f f8 00 00 00 00 00 00"},
        {"Infinity", infinity, "7c 7f 80 00 00"},
        {"-Infinity", -infinity, "7c ff 80 00 00"},
        {"10n", Any::bigInt(10), "7a 00 00 00 00 00 00 00 0a"},
        {"-1n", Any::bigInt(-1), "7a ff ff ff ff ff ff ff ff"},
        {"false", false, "79"},
        {"true", true, "78"},
        {"empty string", "", "77 00"},
        {"string", "\xe2\x82\xac", "77 03 e2 82 ac"},
        {"object", Any::object({{"a", 1}, {"b", Any::array({true})}}),
         "76 02 01 61 7d 01 01 62 75 01 78"},
        {"empty object", Any::object({}), "76 00"},
        {"empty array", Any::array({}), "75 00"},
        {"bytes", Any::bytes({1, 0, 255}), "74 03 01 00 ff"},
        {"nested", Any::array({Any::array({Any::object({{"k", Any::array({})}})}), nullptr}),
         "75 02 75 01 76 01 01 6b 75 00 7e"},
    };
}

Any read(ByteView bytes)
{
    Decoder decoder(bytes);
    Any value = decoder.readAny();
    return decoder.ok() && decoder.remaining() == 0 ? value : Any("unreadable");
}

Bytes nestedArrays(std::size_t depth)
{
    Bytes bytes;
    for (std::size_t i = 0; i < depth; ++i) {
        bytes.push_back(0x75);
        bytes.push_back(i + 1 < depth ? 1 : 0);
    }
    return bytes;
}

} // namespace

// yjs-compat.md 1.3, conformance cases 5 and 6.
class AnyBytesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasTheBytesOfLib0()
    {
        for (const Sample &sample : samples()) {
            Encoder encoder;
            encoder.writeAny(sample.value);
            QVERIFY2(hex(encoder.bytes()) == sample.bytes, sample.name);
            QVERIFY2(read(encoder.bytes()) == sample.value, sample.name);
        }
    }

    void everyTruncationIsAnError()
    {
        for (const Sample &sample : samples()) {
            Encoder encoder;
            encoder.writeAny(sample.value);
            for (std::size_t size = 0; size < encoder.size(); ++size) {
                const Bytes part(encoder.bytes().begin(),
                                 encoder.bytes().begin() + static_cast<std::ptrdiff_t>(size));
                Decoder decoder(part);
                const Any value = decoder.readAny();
                QVERIFY2(!decoder.ok(), sample.name);
                QVERIFY2(value.isUndefined(), sample.name);
                QVERIFY2(decoder.error().code == ErrorCode::Malformed, sample.name);
                QVERIFY2(*decoder.error().byteOffset <= size, sample.name);
            }
        }
    }

    void negativeZeroIsReadAsSuch()
    {
        QVERIFY(std::signbit(read(hex(std::string_view("7d 40"))).asNumber()));
        QVERIFY(!std::signbit(read(hex(std::string_view("7d 00"))).asNumber()));
    }

    void integersAbove32BitsAreReadFromTheIntegerTag()
    {
        QVERIFY(read(hex(std::string_view("7d bf ff ff ff ff ff ff 1f"))).asNumber() ==
                9007199254740991.0);
        QVERIFY(read(hex(std::string_view("7d c0 80 80 80 20"))).asNumber() == -4294967296.0);
    }

    void keysKeepTheirOrderAndProtoIsData()
    {
        const Any value = read(hex(std::string_view("76 04 01 7a 7d 01 09 5f 5f 70 72 6f 74 6f 5f "
                                                    "5f 76 01 01 78 78 01 61 7d 02 01 7a 7d 03")));
        QVERIFY(value.isObject());
        QCOMPARE(value.asObject().size(), std::size_t{3});
        QCOMPARE(value.asObject()[0].key, std::string_view("z"));
        QCOMPARE(value.find("z")->asNumber(), 3.0);
        QVERIFY(value.find("__proto__")->find("x")->asBool());
        QVERIFY(value.find("x") == nullptr);
    }

    void aLoneSurrogateIsWrittenAsTheReplacementCharacter()
    {
        Encoder encoder;
        encoder.writeAny(Any::object({{utf16ToWtf8(u"\xde00"), utf16ToWtf8(u"\xd83d")}}));
        QCOMPARE(hex(encoder.bytes()), QByteArray("76 01 03 ef bf bd 77 03 ef bf bd"));
    }

    void unknownTagsAreRejected()
    {
        for (int tag = 0; tag < 256; ++tag) {
            if (tag >= 116 && tag <= 127) {
                continue;
            }
            const Bytes input{0x75, 0x01, static_cast<std::uint8_t>(tag), 0, 0, 0, 0, 0};
            Decoder decoder(input);
            QVERIFY(decoder.readAny().isUndefined());
            QVERIFY(!decoder.ok());
            QCOMPARE(*decoder.error().byteOffset, std::uint64_t{2});
        }
    }

    void countsBeyondTheInputAllocateNothing()
    {
        for (const char *bytes :
             {"75 ff ff ff ff ff ff ff 0f 7f", "76 ff ff ff ff ff ff ff 0f 00 7f", "75 03 7f 7f",
              "76 02 00 7f 00", "74 ff ff ff ff 07 00", "77 ff ff ff ff 07 61"}) {
            const Bytes input = hex(std::string_view(bytes));
            Decoder decoder(input);
            QVERIFY(decoder.readAny().isUndefined());
            QVERIFY(!decoder.ok());
        }
    }

    void nestingStopsAtTheLimit()
    {
        QVERIFY(read(nestedArrays(kMaxNesting)).isArray());

        const Bytes tooDeep = nestedArrays(kMaxNesting + 1);
        Decoder decoder(tooDeep);
        QVERIFY(decoder.readAny().isUndefined());
        QVERIFY(decoder.error().code == ErrorCode::LimitExceeded);

        const Bytes absurd = nestedArrays(200'000);
        Decoder again(absurd);
        QVERIFY(again.readAny().isUndefined());
        QVERIFY(again.error().code == ErrorCode::LimitExceeded);
    }

    void deepValuesOfOurOwnAreWrittenWithoutRecursion()
    {
        Any value = Any::array({});
        for (int i = 1; i < 200'000; ++i) {
            value = Any::array({value});
        }
        Encoder encoder;
        encoder.writeAny(value);
        QVERIFY(encoder.take() == nestedArrays(200'000));
    }

    void foreignNaNsBecomeTheOneOfJavaScript()
    {
        Encoder encoder;
        encoder.writeAny(read(hex(std::string_view("7b ff f8 00 00 00 00 00 01"))));
        QCOMPARE(hex(encoder.bytes()), QByteArray("7b 7f f8 00 00 00 00 00 00"));
    }
};

QTEST_GUILESS_MAIN(AnyBytesTest)
#include "any_bytes_test.moc"
