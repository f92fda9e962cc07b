#include "tests/property/plan.h"

#include <sstream>

namespace cowrite::test {

namespace {

struct Weight {
    StepKind kind;
    const char *name;
    std::uint64_t weight;
};

constexpr Weight kWeights[] = {
    {StepKind::InsertText, "insert text", 20},
    {StepKind::RemoveText, "remove text", 10},
    {StepKind::FormatText, "format text", 10},
    {StepKind::InsertEmbed, "insert embed", 2},
    {StepKind::ApplyDelta, "apply delta", 4},
    {StepKind::InsertValues, "insert values", 6},
    {StepKind::PushValues, "push values", 4},
    {StepKind::RemoveValues, "remove values", 5},
    {StepKind::SetKey, "set key", 8},
    {StepKind::RemoveKey, "remove key", 4},
    {StepKind::Transaction, "transaction", 4},
    {StepKind::Undo, "undo", 6},
    {StepKind::Redo, "redo", 4},
    {StepKind::StopCapturing, "stop capturing", 2},
    {StepKind::ClearUndo, "clear undo", 1},
    {StepKind::Deliver, "deliver", 30},
    {StepKind::DeliverAndKeep, "deliver and keep", 6},
    {StepKind::Lose, "lose", 3},
    {StepKind::Resync, "resync", 4},
    {StepKind::Reload, "reload", 1},
};

const char *nameOf(StepKind kind)
{
    for (const Weight &weight : kWeights) {
        if (weight.kind == kind)
            return weight.name;
    }
    return "?";
}

StepKind randomKind(Rng &rng)
{
    std::uint64_t total = 0;
    for (const Weight &weight : kWeights)
        total += weight.weight;
    std::uint64_t drawn = rng.below(total);
    for (const Weight &weight : kWeights) {
        if (drawn < weight.weight)
            return weight.kind;
        drawn -= weight.weight;
    }
    return StepKind::InsertText;
}

} // namespace

Plan makePlan(std::uint64_t seed, std::size_t steps)
{
    SeededRng rng(seed);
    Plan plan;
    plan.seed = seed;
    plan.replicas = 3 + rng.below(3);
    for (std::size_t i = 0; i < steps; ++i) {
        plan.steps.push_back({randomKind(rng), rng.below(plan.replicas), rng.below(1'000'000),
                              rng.below(1'000'000), rng.below(1'000'000)});
    }
    return plan;
}

std::string toText(const Plan &plan)
{
    std::ostringstream out;
    out << "seed " << plan.seed << ", " << plan.replicas << " replicas, " << plan.steps.size()
        << " steps:\n";
    for (const Step &step : plan.steps) {
        out << "  replica " << step.replica << ": " << nameOf(step.kind) << ' ' << step.a << ' '
            << step.b << ' ' << step.c << '\n';
    }
    return out.str();
}

} // namespace cowrite::test
