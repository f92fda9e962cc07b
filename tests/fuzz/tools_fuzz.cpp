// Work on updates and snapshots without a document: it ends in bytes that a document takes, or in
// an error, and agrees with what a document does. The first byte chooses the format.

#include "libsync/base/check.h"
#include "libsync/base/rng.h"
#include "libsync/codec/snapshot_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/codec/update_tools.h"
#include "libsync/crdt/debug_check.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/update_target.h"

#include <array>

namespace cowrite::fuzz {

using namespace crdt;
using codec::UpdateFormat;

namespace {

void apply(Doc &doc, ByteView update, UpdateFormat format)
{
    COWRITE_CHECK(codec::applyUpdate(doc, update, {}, format).has_value());
    debugCheck(doc);
}

void checkSameState(const Doc &a, const Doc &b)
{
    COWRITE_CHECK(a.stateVector() == b.stateVector());
    COWRITE_CHECK(a.deleteSet() == b.deleteSet());
}

/// Whether a document takes it: an update may be well-formed and still name too many roots.
bool isTaken(ByteView update, UpdateFormat format)
{
    SeededRng rng(1);
    Doc doc(1, rng);
    return codec::applyUpdate(doc, update, {}, format).has_value();
}

void checkConversion(ByteView update, UpdateFormat format)
{
    const UpdateFormat other = format == UpdateFormat::V1 ? UpdateFormat::V2 : UpdateFormat::V1;
    const auto converted = codec::convertUpdate(update, format, other);
    if (!converted) {
        return;
    }
    SeededRng rng(1);
    Doc direct(1, rng);
    Doc indirect(1, rng);
    apply(direct, update, format);
    apply(indirect, *converted, other);
    checkSameState(direct, indirect);
}

void checkMerge(ByteView update, UpdateFormat format)
{
    static const std::array<std::vector<Bytes>, 2> seeds{validUpdates(UpdateFormat::V1),
                                                         validUpdates(UpdateFormat::V2)};
    for (const Bytes &seed : seeds.at(format == UpdateFormat::V1 ? 0 : 1)) {
        const std::array<ByteView, 2> both{seed, update};
        const auto merged = codec::mergeUpdates(both, format);
        COWRITE_CHECK(merged.has_value());
        SeededRng rng(1);
        Doc doc(1, rng);
        apply(doc, *merged, format);
        COWRITE_CHECK(codec::readUpdateMeta(*merged, format).has_value());
    }
}

void checkDiff(ByteView update, UpdateFormat format)
{
    const StateVector all = *codec::stateVectorOfUpdate(update, format);
    for (const auto &[client, clock] : all) {
        StateVector target;
        target.set(client, clock / 2);
        const auto rest = codec::diffUpdate(update, target, format);
        COWRITE_CHECK(rest.has_value());
        COWRITE_CHECK(codec::readUpdateMeta(*rest, format).has_value());
    }
    const auto nothing = codec::diffUpdate(update, all, format);
    COWRITE_CHECK(nothing.has_value());
    COWRITE_CHECK(codec::stateVectorOfUpdate(*nothing, format)->size() == 0);
}

void checkSnapshot(ByteView input, UpdateFormat format)
{
    const auto snapshot = codec::decodeSnapshot(input, format);
    if (!snapshot) {
        COWRITE_CHECK(snapshot.error().byteOffset.value_or(0) <= input.size());
        return;
    }
    const auto again = codec::decodeSnapshot(codec::encodeSnapshot(*snapshot, format), format);
    COWRITE_CHECK(again.has_value() && *again == *snapshot);
}

} // namespace

void runOne(ByteView input)
{
    if (input.empty()) {
        return;
    }
    const UpdateFormat format = input.front() % 2 == 0 ? UpdateFormat::V1 : UpdateFormat::V2;
    const ByteView update = input.subspan(1);
    checkSnapshot(update, format);
    const auto meta = codec::readUpdateMeta(update, format);
    if (!meta || !isTaken(update, format)) {
        return;
    }
    checkConversion(update, format);
    checkMerge(update, format);
    checkDiff(update, format);
}

std::vector<Bytes> seeds()
{
    std::vector<Bytes> seeds;
    for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
        const std::uint8_t choice = format == UpdateFormat::V1 ? 0 : 1;
        std::vector<Bytes> inputs = updateSeeds(format);
        for (const Bytes &update : validUpdates(format)) {
            SeededRng rng(1);
            Doc doc(1, rng);
            apply(doc, update, format);
            inputs.push_back(codec::encodeSnapshot(takeSnapshot(doc), format));
        }
        for (Bytes &input : inputs) {
            input.insert(input.begin(), choice);
            seeds.push_back(std::move(input));
        }
    }
    return seeds;
}

} // namespace cowrite::fuzz
