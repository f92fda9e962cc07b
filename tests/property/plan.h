#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/rng.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cowrite::test {

enum class StepKind : std::uint8_t {
    InsertText,
    RemoveText,
    FormatText,
    InsertEmbed,
    ApplyDelta,
    InsertValues,
    PushValues,
    RemoveValues,
    SetKey,
    RemoveKey,
    InsertNodes, ///< Into the XML tree.
    RemoveNodes,
    SetAttribute,
    RemoveAttribute,
    Transaction, ///< Several of the above at once.
    Undo,
    Redo,
    StopCapturing,
    ClearUndo,
    Deliver,        ///< Any of the updates under way, the latest not least.
    DeliverAndKeep, ///< It will come again.
    DeliverDiff,    ///< Cut to what the replica lacks of it.
    Merge,          ///< Two updates under way become one.
    Convert,        ///< An update under way takes the other format.
    Lose,
    Resync,   ///< One replica gets what it lacks from another.
    Reload,   ///< A replica is closed and opened from its saved state.
    Remember, ///< A snapshot is taken.
    LookBack, ///< A snapshot is restored.
};

/// One step of a random run. It carries numbers, not positions: what they mean depends on the state
/// it meets, so a plan stays valid when steps before are dropped.
struct Step {
    StepKind kind = StepKind::InsertText;
    std::uint64_t replica = 0;
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
};

struct Plan {
    std::uint64_t seed = 0;
    std::size_t replicas = 3;
    std::vector<Step> steps;
};

Plan makePlan(std::uint64_t seed, std::size_t steps);
/// A plan that a fuzzer writes: its seed, its replicas, then eight bytes a step; a rest is ignored.
Plan planFromBytes(ByteView bytes);
/// A plan of which planFromBytes() makes one like this, with smaller numbers.
Bytes toBytes(const Plan &plan);
std::string toText(const Plan &plan);

} // namespace cowrite::test
