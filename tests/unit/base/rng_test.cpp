#include <QtTest/QTest>

#include <array>
#include <limits>

#include "libsync/base/rng.h"

using namespace cowrite;

namespace {

/// Gives the numbers it was told to, one after the other.
class ScriptedRng final : public Rng {
public:
    explicit ScriptedRng(std::array<std::uint64_t, 2> numbers) : m_numbers(numbers) {}
    std::uint64_t next() override { return m_numbers.at(m_at++); }

private:
    std::array<std::uint64_t, 2> m_numbers;
    std::size_t m_at = 0;
};

} // namespace

class RngTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameSeedGivesTheSameNumbers()
    {
        // The reference output of SplitMix64 for seed 1234567.
        SeededRng rng(1234567);
        QCOMPARE(rng.next(), std::uint64_t{6457827717110365317});
        QCOMPARE(rng.next(), std::uint64_t{3203168211198807973});
    }

    void belowStaysUnderItsBoundAndReachesEveryValue()
    {
        SeededRng rng(1);
        std::array<int, 7> seen{};
        for (int i = 0; i < 7000; ++i) {
            ++seen.at(rng.below(7));
        }
        for (const int count : seen) {
            QVERIFY(count > 800 && count < 1200);
        }
    }

    void belowDrawsAgainWhereAModuloWouldBeBiased()
    {
        // 2^64 mod 3 is 1: the number 0 is one too many.
        ScriptedRng rng({0, 5});
        QCOMPARE(rng.below(3), std::uint64_t{2});
    }

    void belowOneIsAlwaysZero()
    {
        SystemRng rng;
        QCOMPARE(rng.below(1), std::uint64_t{0});
    }

    void theSystemSourceUsesAllSixtyFourBits()
    {
        SystemRng rng;
        std::uint64_t ones = 0;
        std::uint64_t zeros = 0;
        for (int i = 0; i < 64; ++i) {
            const std::uint64_t drawn = rng.next();
            ones |= drawn;
            zeros |= ~drawn;
        }
        QCOMPARE(ones, std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(zeros, std::numeric_limits<std::uint64_t>::max());
    }
};

QTEST_APPLESS_MAIN(RngTest)
#include "rng_test.moc"
