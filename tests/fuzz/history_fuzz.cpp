// Histories: the bytes are a plan (tests/property) that edits, undoes and remembers on several
// replicas through the public interface, and sends updates in any order, twice, merged, cut or
// never. Every invariant holds after every step, and in the end all are equal.

#include "libsync/base/check.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/property/world.h"

#include <algorithm>
#include <cstdio>

namespace cowrite::fuzz {

namespace {

/// Everything is checked after each step, so the time grows with their square: a fuzzer learns more
/// from ten short histories than from one that is three times as long.
constexpr std::size_t kMaxSteps = 64;

} // namespace

void runOne(ByteView input)
{
    test::Plan plan = test::planFromBytes(input);
    plan.steps.resize(std::min(plan.steps.size(), kMaxSteps));
    const std::string failure = test::run(plan);
    if (!failure.empty()) {
        std::fprintf(stderr, "%s\n%s", failure.c_str(), test::toText(plan).c_str());
    }
    COWRITE_CHECK(failure.empty());
}

std::vector<Bytes> seeds()
{
    constexpr std::uint64_t kPlans = 64;
    constexpr std::size_t kSteps = 40;
    std::vector<Bytes> seeds;
    for (std::uint64_t seed = 0; seed < kPlans; ++seed) {
        seeds.push_back(test::toBytes(test::makePlan(seed, kSteps)));
    }
    return seeds;
}

} // namespace cowrite::fuzz
