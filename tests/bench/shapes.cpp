#include "tests/bench/shapes.h"

#include "libsync/base/rng.h"
#include "tests/bench/gap_buffer.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace cowrite::bench {

namespace {

constexpr std::uint32_t kInserts = 100'000;
constexpr std::uint32_t kWritersInTurn = 1'000;
constexpr std::uint32_t kWritersAtOnce = 1'540;
constexpr std::uint32_t kCrowd = 16'000;
constexpr std::uint32_t kRepetitions = 100;
constexpr std::string_view kRepeated = "automerge-paper";

/// Gives the place of the next letter in a text of `length` units.
using Place = std::function<std::uint32_t(std::uint32_t length)>;

/// `start`, then one letter an edit.
EditingTrace letters(std::u16string_view start, const Place &place)
{
    EditingTrace trace;
    if (!start.empty()) {
        trace.add(0, 0, start);
    }
    for (std::uint32_t i = 0; i < kInserts; ++i) {
        const auto letter = static_cast<char16_t>(u'a' + i % 26);
        trace.add(place(static_cast<std::uint32_t>(trace.text.size())), 0, {&letter, 1});
    }
    return trace;
}

EditingTrace inTurn()
{
    EditingTrace trace = letters(u"[]", [](std::uint32_t) { return 1; });
    trace.writerCount = kWritersInTurn;
    return trace;
}

EditingTrace atOnce(std::uint32_t writers)
{
    EditingTrace trace;
    for (std::uint32_t i = 0; i < writers; ++i) {
        const std::string number = std::to_string(i);
        trace.add(0, 0, std::u16string(number.begin(), number.end()));
    }
    trace.writerCount = writers;
    trace.writers = EditingTrace::Writers::AtOnce;
    return trace;
}

EditingTrace makeShape(std::string_view name)
{
    if (name == "append") {
        return letters(u"", [](std::uint32_t length) { return length; });
    }
    if (name == "front") {
        return letters(u"", [](std::uint32_t) { return 0; });
    }
    if (name == "random") {
        SeededRng rng(1);
        return letters(u"", [&](std::uint32_t length) {
            return static_cast<std::uint32_t>(rng.below(length + 1));
        });
    }
    if (name == "in-turn") {
        return inTurn();
    }
    return atOnce(name == "crowd" ? kCrowd : kWritersAtOnce);
}

std::u16string finalText(const EditingTrace &trace)
{
    GapBuffer buffer;
    for (const EditingTrace::Edit &edit : trace.edits) {
        buffer.edit(edit.position, edit.removed, trace.inserted(edit));
    }
    return buffer.toString();
}

Result<EditingTrace> repeatedTrace(const std::string &name)
{
    Result<EditingTrace> trace = loadTrace(traceFolder(), std::string(kRepeated));
    if (trace) {
        const std::u16string once = std::exchange(trace->finalText, {});
        for (std::uint32_t i = 0; i < kRepetitions; ++i) {
            trace->finalText += once;
        }
        trace->repetitions = kRepetitions;
        trace->name = name;
    }
    return trace;
}

} // namespace

const std::vector<std::string> &recordingNames()
{
    static const std::vector<std::string> names = {"automerge-paper", "rustcode", "sveltecomponent",
                                                   "seph-blog1", "friendsforever_flat"};
    return names;
}

const std::vector<std::string> &shapeNames()
{
    static const std::vector<std::string> names = {
        "append", "front", "random", "in-turn", "at-once", "crowd", "automerge-paper-x100"};
    return names;
}

Result<EditingTrace> findTrace(const std::string &name)
{
    const std::vector<std::string> &shapes = shapeNames();
    if (name == shapes.back()) {
        return repeatedTrace(name);
    }
    if (std::find(shapes.begin(), shapes.end(), name) == shapes.end()) {
        return loadTrace(traceFolder(), name);
    }
    EditingTrace trace = makeShape(name);
    trace.name = name;
    if (trace.writers == EditingTrace::Writers::InTurn) {
        trace.finalText = finalText(trace);
    }
    return trace;
}

} // namespace cowrite::bench
