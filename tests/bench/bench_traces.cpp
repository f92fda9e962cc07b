// Replays recordings of real writing (README.md says where they come from). One benchmark a
// measurement and trace, each a whole replay; the median of the repetitions is the figure to quote.

#include "libsync/base/check.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "tests/bench/editing_trace.h"
#include "tests/bench/gap_buffer.h"

#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace cowrite::bench {

namespace {

using namespace crdt;

constexpr const char *kTraces[] = {"automerge-paper", "rustcode", "sveltecomponent", "seph-blog1",
                                   "friendsforever_flat"};
constexpr int kRepetitions = 7;
constexpr ClientId kWriter = 1;
constexpr ClientId kReader = 2;

/// A document with one text.
struct Replica {
    explicit Replica(ClientId client) : doc(client, rng) {}

    /// Each edit is a transaction of its own, as in an editor.
    void replay(const EditingTrace &trace)
    {
        for (const EditingTrace::Edit &edit : trace.edits) {
            doc.transact([&] {
                if (edit.removed > 0) {
                    COWRITE_CHECK(text.remove(edit.position, edit.removed).has_value());
                }
                if (edit.insertedLength > 0) {
                    COWRITE_CHECK(text.insert(edit.position, trace.inserted(edit)).has_value());
                }
            });
        }
    }

    void apply(ByteView update)
    {
        COWRITE_CHECK(codec::applyUpdate(doc, update, Origin()).has_value());
    }

    SeededRng rng{1};
    Doc doc;
    Text text = *doc.text("text");
};

/// A trace and what is derived from it once, outside of all measurements.
struct Input {
    EditingTrace trace;
    std::vector<Bytes> updates;
    Bytes state;
};

Input prepare(EditingTrace trace)
{
    Input input{std::move(trace), {}, {}};
    Replica writer(kWriter);
    const Subscription subscription =
        codec::observeUpdates(writer.doc, [&](ByteView update, const Transaction &) {
            input.updates.emplace_back(update.begin(), update.end());
        });
    writer.replay(input.trace);
    COWRITE_CHECK(writer.text.toString() == input.trace.finalText);
    input.state = codec::encodeStateAsUpdate(writer.doc);

    Replica reader(kReader);
    for (const Bytes &update : input.updates) {
        reader.apply(update);
    }
    COWRITE_CHECK(codec::encodeStateAsUpdate(reader.doc) == input.state);
    Replica loaded(kReader);
    loaded.apply(input.state);
    COWRITE_CHECK(loaded.text.toString() == input.trace.finalText);
    return input;
}

void measureFloor(benchmark::State &state, const Input &input)
{
    for ([[maybe_unused]] const auto _ : state) {
        GapBuffer buffer;
        for (const EditingTrace::Edit &edit : input.trace.edits) {
            buffer.edit(edit.position, edit.removed, input.trace.inserted(edit));
        }
        benchmark::DoNotOptimize(buffer);
    }
}

void measureLocal(benchmark::State &state, const Input &input)
{
    for ([[maybe_unused]] const auto _ : state) {
        Replica writer(kWriter);
        writer.replay(input.trace);
        benchmark::DoNotOptimize(writer.text.length());
    }
}

void measureLocalWithUpdates(benchmark::State &state, const Input &input)
{
    std::size_t bytes = 0;
    for ([[maybe_unused]] const auto _ : state) {
        Replica writer(kWriter);
        const Subscription subscription = codec::observeUpdates(
            writer.doc, [&](ByteView update, const Transaction &) { bytes += update.size(); });
        writer.replay(input.trace);
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}

void measureApply(benchmark::State &state, const Input &input)
{
    for ([[maybe_unused]] const auto _ : state) {
        Replica reader(kReader);
        for (const Bytes &update : input.updates) {
            reader.apply(update);
        }
        benchmark::DoNotOptimize(reader.text.length());
    }
}

void measureEncode(benchmark::State &state, const Input &input)
{
    Replica writer(kWriter);
    writer.apply(input.state);
    for ([[maybe_unused]] const auto _ : state) {
        benchmark::DoNotOptimize(codec::encodeStateAsUpdate(writer.doc));
    }
    state.counters["bytes"] = static_cast<double>(input.state.size());
}

void measureLoad(benchmark::State &state, const Input &input)
{
    for ([[maybe_unused]] const auto _ : state) {
        Replica reader(kReader);
        reader.apply(input.state);
        benchmark::DoNotOptimize(reader.text.length());
    }
}

void registerAll(const Input &input)
{
    const auto add = [&](const char *what, void (*measure)(benchmark::State &, const Input &)) {
        const std::string name = std::string(what) + "/" + input.trace.name;
        benchmark::RegisterBenchmark(
            name.c_str(), [measure, &input](benchmark::State &state) { measure(state, input); })
            ->Unit(benchmark::kMillisecond)
            ->Iterations(1)
            ->Repetitions(kRepetitions)
            ->ReportAggregatesOnly();
    };
    add("floor", measureFloor);
    add("local", measureLocal);
    add("local_updates", measureLocalWithUpdates);
    add("apply", measureApply);
    add("encode", measureEncode);
    add("load", measureLoad);
}

} // namespace

int run(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return EXIT_FAILURE;
    }
    std::vector<std::unique_ptr<Input>> inputs;
    for (const char *name : kTraces) {
        Result<EditingTrace> trace = loadTrace(traceFolder(), name);
        if (!trace) {
            std::printf("skipped: %s\n", trace.error().message.c_str());
            continue;
        }
        inputs.push_back(std::make_unique<Input>(prepare(std::move(*trace))));
        registerAll(*inputs.back());
    }
    if (!inputs.empty()) {
        benchmark::RunSpecifiedBenchmarks();
    }
    return EXIT_SUCCESS;
}

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    return cowrite::bench::run(argc, argv);
}
