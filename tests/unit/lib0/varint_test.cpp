#include <QtTest/QTest>

#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/varint.h"
#include "tests/unit/lib0/hex.h"

#include <limits>
#include <vector>

using namespace cowrite;
using namespace cowrite::lib0;
using cowrite::test::hex;

namespace {

/// `bytes` with more behind them. Where a word is left of the input, integers are read at once, and
/// nothing behind their last byte counts.
std::vector<Bytes> withBytesBehind(const Bytes &bytes)
{
    std::vector<Bytes> inputs{bytes};
    for (const std::uint8_t filler : {0x00, 0x80, 0xff}) {
        for (std::size_t more = 1; more <= varint::kWord; ++more) {
            inputs.push_back(bytes);
            inputs.back().resize(bytes.size() + more, filler);
        }
    }
    return inputs;
}

} // namespace

// yjs-compat.md 1.1, conformance cases 1 and 2.
class VarintTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void varUintHasTheBytesOfLib0_data()
    {
        QTest::addColumn<quint64>("value");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("0") << quint64{0} << QByteArray("00");
        QTest::newRow("127") << quint64{127} << QByteArray("7f");
        QTest::newRow("128") << quint64{128} << QByteArray("80 01");
        QTest::newRow("300") << quint64{300} << QByteArray("ac 02");
        QTest::newRow("16384") << quint64{16384} << QByteArray("80 80 01");
        QTest::newRow("2^28-1") << quint64{(1U << 28) - 1} << QByteArray("ff ff ff 7f");
        QTest::newRow("2^28") << quint64{1U << 28} << QByteArray("80 80 80 80 01");
        QTest::newRow("2^32") << (quint64{1} << 32) << QByteArray("80 80 80 80 10");
        QTest::newRow("2^53-1") << quint64{kMaxSafeInteger}
                                << QByteArray("ff ff ff ff ff ff ff 0f");
    }

    void varUintHasTheBytesOfLib0()
    {
        QFETCH(quint64, value);
        QFETCH(QByteArray, bytes);
        Encoder encoder;
        encoder.writeVarUint(value);
        QCOMPARE(hex(encoder.bytes()), bytes);
        for (const Bytes &input : withBytesBehind(encoder.take())) {
            Decoder decoder(input);
            QCOMPARE(quint64{decoder.readVarUint()}, value);
            QVERIFY(decoder.ok());
            QCOMPARE(decoder.position(), hex(bytes.toStdString()).size());
        }
    }

    void varIntHasTheBytesOfLib0_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("0") << qint64{0} << QByteArray("00");
        QTest::newRow("1") << qint64{1} << QByteArray("01");
        QTest::newRow("-1") << qint64{-1} << QByteArray("41");
        QTest::newRow("63") << qint64{63} << QByteArray("3f");
        QTest::newRow("-63") << qint64{-63} << QByteArray("7f");
        QTest::newRow("64") << qint64{64} << QByteArray("80 01");
        QTest::newRow("-64") << qint64{-64} << QByteArray("c0 01");
        QTest::newRow("-8192") << qint64{-8192} << QByteArray("c0 80 01");
        QTest::newRow("2^31-1") << qint64{2147483647} << QByteArray("bf ff ff ff 0f");
        QTest::newRow("-2^31") << qint64{-2147483648} << QByteArray("c0 80 80 80 10");
        QTest::newRow("2^53-1") << qint64{kMaxSafeInteger} << QByteArray("bf ff ff ff ff ff ff 1f");
        QTest::newRow("-2^53+1") << -qint64{kMaxSafeInteger}
                                 << QByteArray("ff ff ff ff ff ff ff 1f");
    }

    void varIntHasTheBytesOfLib0()
    {
        QFETCH(qint64, value);
        QFETCH(QByteArray, bytes);
        Encoder encoder;
        encoder.writeVarInt(value);
        QCOMPARE(hex(encoder.bytes()), bytes);
        for (const Bytes &input : withBytesBehind(encoder.take())) {
            Decoder decoder(input);
            QCOMPARE(qint64{decoder.readVarInt()}, value);
            QVERIFY(decoder.ok());
            QCOMPARE(decoder.position(), hex(bytes.toStdString()).size());
        }
    }

    void whatNoPeerReadsIsWrittenWhole()
    {
        Encoder encoder;
        for (const std::uint64_t value :
             {(std::uint64_t{1} << 56) - 1, std::uint64_t{1} << 56, ~std::uint64_t{0}}) {
            encoder.writeVarUint(value);
        }
        QCOMPARE(hex(encoder.bytes()), QByteArray("ff ff ff ff ff ff ff 7f "
                                                  "80 80 80 80 80 80 80 80 01 "
                                                  "ff ff ff ff ff ff ff ff ff 01"));
        encoder.clear();
        encoder.writeVarIntSigned(true, (std::uint64_t{1} << 55) - 1);
        encoder.writeVarIntSigned(true, std::uint64_t{1} << 55);
        QCOMPARE(hex(encoder.bytes()),
                 QByteArray("ff ff ff ff ff ff ff 7f c0 80 80 80 80 80 80 80 01"));
    }

    void negativeZeroKeepsItsSign()
    {
        Encoder encoder;
        encoder.writeVarIntSigned(true, 0);
        QCOMPARE(hex(encoder.bytes()), QByteArray("40"));

        for (const char *bytes : {"40", "c0 00", "c0 80 00"}) {
            for (const Bytes &input : withBytesBehind(hex(std::string_view(bytes)))) {
                Decoder decoder(input);
                const SignedVarInt parts = decoder.readVarIntParts();
                QVERIFY(decoder.ok());
                QVERIFY(parts.negative);
                QCOMPARE(parts.magnitude, std::uint64_t{0});
            }
        }
        const Bytes positive = hex(std::string_view("00"));
        QVERIFY(!Decoder(positive).readVarIntParts().negative);
    }

    void theSmallestInt64IsWrittenWithoutOverflow()
    {
        Encoder encoder;
        encoder.writeVarInt(std::numeric_limits<std::int64_t>::min());
        QCOMPARE(hex(encoder.bytes()), QByteArray("c0 80 80 80 80 80 80 80 80 02"));
    }

    void aNumberThatComesAgainIsRecognisedByAllOfItsBytes()
    {
        Encoder encoder;
        const std::vector<quint64> numbers = {300, 300, 16384, 300, 0, 0, 3'000'000'000, 127, 300};
        for (const quint64 number : numbers) {
            encoder.writeVarUint(number);
        }
        Decoder decoder(encoder.bytes());
        LastVarUint last;
        for (const quint64 number : numbers) {
            QCOMPARE(quint64{decoder.readVarUint(last)}, number);
        }
        QVERIFY(decoder.ok());
        QCOMPARE(decoder.remaining(), std::size_t{0});
        QCOMPARE(decoder.readVarUint(last), std::uint64_t{0});
        QVERIFY(!decoder.ok());
    }

    void needlesslyLongFormsAreAccepted()
    {
        for (const Bytes &input : withBytesBehind(hex(std::string_view("80 80 80 80 00")))) {
            Decoder decoder(input);
            QCOMPARE(decoder.readVarUint(), std::uint64_t{0});
            QVERIFY(decoder.ok());
            QCOMPARE(decoder.position(), std::size_t{5});
        }
        for (const Bytes &input :
             withBytesBehind(hex(std::string_view("81 80 80 80 80 80 80 00")))) {
            Decoder eightGroups(input);
            QCOMPARE(eightGroups.readVarUint(), std::uint64_t{1});
            QVERIFY(eightGroups.ok());
            QCOMPARE(eightGroups.position(), std::size_t{8});
        }
    }

    void integersBeyondADoubleAreRejected_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("2^53") << QByteArray("80 80 80 80 80 80 80 10");
        QTest::newRow("as large as eight groups go") << QByteArray("ff ff ff ff ff ff ff 7f");
        QTest::newRow("nine groups") << QByteArray("ff ff ff ff ff ff ff ff 0f");
        QTest::newRow("zero in nine groups") << QByteArray("80 80 80 80 80 80 80 80 00");
        QTest::newRow("without end") << QByteArray(3 * 64, '\0').replace('\0', "f");
    }

    void integersBeyondADoubleAreRejected()
    {
        QFETCH(QByteArray, bytes);
        Bytes input = hex(std::string_view("00"));
        const Bytes integer =
            hex(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        input.insert(input.end(), integer.begin(), integer.end());
        Decoder decoder(input);
        QCOMPARE(decoder.readVarUint(), std::uint64_t{0});
        QVERIFY(decoder.ok());
        QCOMPARE(decoder.readVarUint(), std::uint64_t{0});
        QVERIFY(!decoder.ok());
        QVERIFY(decoder.error().code == ErrorCode::Malformed);
        QCOMPARE(*decoder.error().byteOffset, std::uint64_t{1});
    }

    void signedIntegersBeyondADoubleAreRejected()
    {
        for (const char *bytes :
             {"80 80 80 80 80 80 80 20", "ff ff ff ff ff ff ff 7f", "80 80 80 80 80 80 80 80 00"}) {
            const Bytes input = hex(std::string_view(bytes));
            Decoder decoder(input);
            QCOMPARE(decoder.readVarInt(), std::int64_t{0});
            QVERIFY(!decoder.ok());
        }
    }

    void theFirstErrorSticksAndEndsTheInput()
    {
        const Bytes input = hex(std::string_view("05 61 62 01 02 03"));
        Decoder decoder(input);
        QCOMPARE(decoder.readUint8(), std::uint8_t{5});
        decoder.fail(ErrorCode::WrongKind, "first");
        decoder.fail(ErrorCode::Internal, "second");
        QVERIFY(decoder.error() == (Error{ErrorCode::WrongKind, "first", 1}));
        QCOMPARE(decoder.remaining(), std::size_t{0});
        QCOMPARE(decoder.readUint8(), std::uint8_t{0});
        QCOMPARE(decoder.readVarUint(), std::uint64_t{0});
        QCOMPARE(decoder.readVarInt(), std::int64_t{0});
        QVERIFY(decoder.readVarBytes().empty());
        QVERIFY(decoder.readVarStringUtf8().empty());
        QVERIFY(decoder.readAny().isUndefined());
        QCOMPARE(decoder.readFloat64(), 0.0);
        QVERIFY(decoder.error() == (Error{ErrorCode::WrongKind, "first", 1}));
    }

    void anEncoderCanBeUsedAgain()
    {
        Encoder encoder;
        encoder.writeVarUint(300);
        QCOMPARE(encoder.size(), std::size_t{2});
        encoder.clear();
        QCOMPARE(encoder.size(), std::size_t{0});
        encoder.writeUint8(7);
        QCOMPARE(hex(encoder.take()), QByteArray("07"));
        QCOMPARE(encoder.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(VarintTest)
#include "varint_test.moc"
