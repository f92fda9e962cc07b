#include "tests/property/plan.h"

#include <iterator>
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
    {StepKind::InsertNodes, "insert nodes", 6},
    {StepKind::RemoveNodes, "remove nodes", 4},
    {StepKind::SetAttribute, "set attribute", 4},
    {StepKind::RemoveAttribute, "remove attribute", 2},
    {StepKind::Transaction, "transaction", 4},
    {StepKind::Undo, "undo", 6},
    {StepKind::Redo, "redo", 4},
    {StepKind::StopCapturing, "stop capturing", 2},
    {StepKind::ClearUndo, "clear undo", 1},
    {StepKind::Deliver, "deliver", 30},
    {StepKind::DeliverAndKeep, "deliver and keep", 6},
    {StepKind::DeliverDiff, "deliver diff", 4},
    {StepKind::Merge, "merge", 6},
    {StepKind::Convert, "convert", 3},
    {StepKind::Lose, "lose", 3},
    {StepKind::Resync, "resync", 4},
    {StepKind::Reload, "reload", 1},
    {StepKind::Remember, "remember", 2},
    {StepKind::LookBack, "look back", 2},
};

constexpr std::size_t kMinReplicas = 2;
constexpr std::size_t kMaxReplicas = 5;
/// Of a step as bytes: kind, replica, then two for each number.
constexpr std::size_t kStepBytes = 8;

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

Plan planFromBytes(ByteView bytes)
{
    Plan plan;
    if (bytes.size() < 2) {
        return plan;
    }
    plan.seed = bytes[0];
    plan.replicas = kMinReplicas + bytes[1] % (kMaxReplicas - kMinReplicas + 1);
    bytes = bytes.subspan(2);
    for (; bytes.size() >= kStepBytes; bytes = bytes.subspan(kStepBytes)) {
        const auto number = [&bytes](std::size_t at) {
            return std::uint64_t{bytes[at]} << 8 | bytes[at + 1];
        };
        plan.steps.push_back({kWeights[bytes[0] % std::size(kWeights)].kind,
                              bytes[1] % plan.replicas, number(2), number(4), number(6)});
    }
    return plan;
}

Bytes toBytes(const Plan &plan)
{
    Bytes bytes{static_cast<std::uint8_t>(plan.seed),
                static_cast<std::uint8_t>(plan.replicas - kMinReplicas)};
    for (const Step &step : plan.steps) {
        std::uint8_t kind = 0;
        while (kWeights[kind].kind != step.kind) {
            ++kind;
        }
        bytes.push_back(kind);
        bytes.push_back(static_cast<std::uint8_t>(step.replica));
        for (const std::uint64_t number : {step.a, step.b, step.c}) {
            bytes.push_back(static_cast<std::uint8_t>(number >> 8));
            bytes.push_back(static_cast<std::uint8_t>(number));
        }
    }
    return bytes;
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
