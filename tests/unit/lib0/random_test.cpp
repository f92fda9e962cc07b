#include <QtTest/QTest>

#include "libsync/base/rng.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/json.h"
#include "tests/unit/lib0/random_any.h"

#include <string>

using namespace cowrite;
using namespace cowrite::lib0;
using cowrite::test::randomAny;
using cowrite::test::Values;

namespace {

constexpr std::uint64_t kSeeds = 2000;

/// Names the seed in a failure, so that it can be run alone.
QByteArray seedName(std::uint64_t seed)
{
    return "seed " + QByteArray::number(quint64{seed});
}

void flipBytes(Bytes &bytes, Rng &rng)
{
    for (std::uint64_t left = 1 + rng.below(3); left > 0 && !bytes.empty(); --left) {
        bytes[rng.below(bytes.size())] = static_cast<std::uint8_t>(rng.below(256));
    }
}

} // namespace

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomIntegersSurvive()
    {
        SeededRng rng(1);
        Encoder encoder;
        std::vector<std::uint64_t> written;
        for (int i = 0; i < 100'000; ++i) {
            written.push_back((rng.next() >> 11) >> rng.below(53));
            encoder.writeVarUint(written.back());
            encoder.writeVarIntSigned(written.back() % 2 == 1, written.back() / 2);
        }
        Decoder decoder(encoder.bytes());
        for (const std::uint64_t number : written) {
            QCOMPARE(decoder.readVarUint(), number);
            const SignedVarInt parts = decoder.readVarIntParts();
            QCOMPARE(parts.negative, number % 2 == 1);
            QCOMPARE(parts.magnitude, number / 2);
        }
        QVERIFY(decoder.ok());
        QCOMPARE(decoder.remaining(), std::size_t{0});
    }

    void randomValuesSurviveTheWire()
    {
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            SeededRng rng(seed);
            const Any value = randomAny(rng, Values::Any, 5);
            Encoder encoder;
            encoder.writeAny(value);
            Decoder decoder(encoder.bytes());
            const Any read = decoder.readAny();
            QVERIFY2(decoder.ok() && decoder.remaining() == 0, seedName(seed).constData());
            QVERIFY2(read == value, seedName(seed).constData());
            Encoder again;
            again.writeAny(read);
            QVERIFY2(again.take() == encoder.take(), seedName(seed).constData());
        }
    }

    void randomValuesSurviveJson()
    {
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            SeededRng rng(seed);
            const Any value = randomAny(rng, Values::JsonOnly, 5);
            const std::string text = stringifyJson(value).value();
            const Result<Any> read = parseJson(text);
            QVERIFY2(read.has_value(), seedName(seed).constData());
            QVERIFY2(*read == value, seedName(seed).constData());
            QVERIFY2(stringifyJson(*read).value() == text, seedName(seed).constData());
        }
    }

    void damagedValuesNeverDoHarm()
    {
        for (std::uint64_t seed = 0; seed < 5 * kSeeds; ++seed) {
            SeededRng rng(seed);
            Encoder encoder;
            encoder.writeAny(randomAny(rng, Values::Any, 4));
            Bytes damaged = encoder.take();
            flipBytes(damaged, rng);
            Decoder decoder(damaged);
            const Any read = decoder.readAny();
            if (!decoder.ok()) {
                QVERIFY2(read.isUndefined(), seedName(seed).constData());
                QVERIFY2(*decoder.error().byteOffset <= damaged.size(), seedName(seed).constData());
                continue;
            }
            // What was readable must be writable, and readable again.
            encoder.writeAny(read);
            Decoder again(encoder.bytes());
            QVERIFY2(again.readAny() == read, seedName(seed).constData());
        }
    }

    void damagedJsonNeverDoesHarm()
    {
        for (std::uint64_t seed = 0; seed < 5 * kSeeds; ++seed) {
            SeededRng rng(seed);
            const std::string text = stringifyJson(randomAny(rng, Values::JsonOnly, 4)).value();
            Bytes damaged(text.begin(), text.end());
            flipBytes(damaged, rng);
            const Result<Any> read = parseJson(std::string(damaged.begin(), damaged.end()));
            if (!read) {
                QVERIFY2(*read.error().byteOffset <= damaged.size(), seedName(seed).constData());
                continue;
            }
            const std::string again = stringifyJson(*read).value();
            const Result<Any> reread = parseJson(again);
            QVERIFY2(reread.has_value(), seedName(seed).constData());
            QVERIFY2(stringifyJson(*reread).value() == again, seedName(seed).constData());
        }
    }
};

QTEST_GUILESS_MAIN(RandomTest)
#include "random_test.moc"
