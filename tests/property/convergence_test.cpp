// Conformance case 95 of yjs-compat.md, update V1: random editing on several replicas.
//
// A failing run prints its seed and, after shortening, its steps. COWRITE_SEED repeats one seed.

#include "tests/property/child.h"
#include "tests/property/world.h"
#include "tests/property/written.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace cowrite;
using namespace cowrite::test;

namespace {

/// Shortening a plan is worth a minute, not an hour.
constexpr int kMaxAttempts = 600;

/// Drops steps, many at a time and then single ones, as long as the plan still fails.
Plan shortened(Plan plan)
{
    int attempts = 0;
    for (std::size_t chunk = plan.steps.size() / 2; chunk > 0;) {
        bool dropped = false;
        for (std::size_t from = 0; from < plan.steps.size() && attempts < kMaxAttempts;) {
            Plan shorter = plan;
            const auto begin = shorter.steps.begin() + static_cast<std::ptrdiff_t>(from);
            const std::size_t count = std::min(chunk, shorter.steps.size() - from);
            shorter.steps.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
            ++attempts;
            if (runInChild([&] { return run(shorter); }, ChildOutput::Hidden).empty()) {
                from += count;
            } else {
                plan = std::move(shorter);
                dropped = true;
            }
        }
        if (!dropped || chunk > 1)
            chunk = chunk == 1 ? 0 : chunk / 2;
    }
    return plan;
}

} // namespace

class ConvergenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // "hi" as Yjs writes it, then with a longer number, and with a run that is counted needlessly.
    void whatIsWrittenLongerThanItHasToBeIsFound()
    {
        using codec::UpdateFormat;
        const auto found = [](const char *digits, UpdateFormat format) {
            return !checkWritten(hex(digits), format).empty();
        };
        QVERIFY(!found("01 01 01 00 04 01 01 74 02 68 69 00", UpdateFormat::V1));
        QVERIFY(found("01 81 00 01 00 04 01 01 74 02 68 69 00", UpdateFormat::V1));
        QVERIFY(!found("00 00 01 01 00 00 01 04 06 03 74 68 69 01 02 01 01 00 00 01 01 00 00",
                       UpdateFormat::V2));
        QVERIFY(found("00 00 01 01 00 00 01 04 06 03 74 68 69 01 02 01 01 00 00 01 81 00 00 00",
                      UpdateFormat::V2));
        QVERIFY(found("00 00 01 01 00 00 02 04 00 06 03 74 68 69 01 02 01 01 00 00 01 01 00 00",
                      UpdateFormat::V2));
    }
    void manyShortHistoriesConverge() { runPlans(100, 250); }
    void aFewLongHistoriesConverge() { runPlans(3, 2000); }

private:
    static void runPlans(std::uint64_t plans, std::size_t steps)
    {
        bool isGiven = false;
        const std::uint64_t given = qEnvironmentVariable("COWRITE_SEED").toULongLong(&isGiven);
        const std::uint64_t first = isGiven ? given : SystemRng().next() % 1'000'000'000;
        if (isGiven)
            plans = 1;
        qInfo("seeds %llu to %llu", static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + plans - 1));
        for (std::uint64_t seed = first; seed < first + plans; ++seed) {
            const Plan plan = makePlan(seed, steps);
            if (runInChild([&] { return run(plan); }, ChildOutput::Shown).empty())
                continue;
            const Plan shorter = shortened(plan);
            const std::string failure =
                runInChild([&] { return run(shorter); }, ChildOutput::Shown);
            QFAIL(("Seed " + std::to_string(seed) + ": " + failure + "\nShortened to " +
                   toText(shorter) +
                   "Repeat the whole run with COWRITE_SEED=" + std::to_string(seed))
                      .c_str());
        }
    }
};

QTEST_APPLESS_MAIN(ConvergenceTest)
#include "convergence_test.moc"
