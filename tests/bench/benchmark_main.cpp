#include "tests/bench/benchmark_main.h"

#include "tests/bench/process_memory.h"
#include "tests/bench/shapes.h"
#include "tests/bench/work.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <utility>

#include <benchmark/benchmark.h>

namespace cowrite::bench {

namespace {

constexpr int kRepetitions = 7;
constexpr double kMegabyte = 1e6;

/// Makes an input when it is first asked for. The one before is freed: benchmarks run in the order
/// of their inputs, and the large ones need not be there at the same time.
class Inputs {
public:
    const Input &get(const EditingTrace &trace)
    {
        if (!m_input || m_input->trace.name != trace.name) {
            m_input.reset();
            m_input = makeInput(trace);
        }
        return *m_input;
    }

private:
    std::shared_ptr<const Input> m_input;
};

void measure(benchmark::State &state, const Work &work, const Input &input)
{
    const std::size_t before = residentBytes();
    startPeak();
    Outcome outcome;
    for ([[maybe_unused]] const auto _ : state) {
        outcome = work.run(input);
        state.PauseTiming();
        state.counters["MB"] = (double(residentBytes()) - double(before)) / kMegabyte;
        state.counters["MB_peak"] = (double(peakResidentBytes()) - double(before)) / kMegabyte;
        outcome.kept.reset();
        state.ResumeTiming();
    }
    if (outcome.bytes > 0) {
        state.counters["bytes"] = double(outcome.bytes);
    }
}

void registerWork(const Work &work, const EditingTrace &trace, Inputs &inputs)
{
    benchmark::RegisterBenchmark(
        (std::string(work.name) + "/" + trace.name).c_str(),
        [&](benchmark::State &state) { measure(state, work, inputs.get(trace)); })
        ->Unit(benchmark::kMillisecond)
        ->Iterations(1)
        ->Repetitions(kRepetitions)
        ->ReportAggregatesOnly();
}

} // namespace

int runBenchmarks(int argc, char **argv, const std::vector<std::string> &names)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return EXIT_FAILURE;
    }
    std::deque<EditingTrace> traces;
    Inputs inputs;
    for (const std::string &name : names) {
        Result<EditingTrace> trace = findTrace(name);
        if (!trace) {
            std::printf("skipped: %s\n", trace.error().message.c_str());
            continue;
        }
        traces.push_back(std::move(*trace));
        for (const Work &work : allWork()) {
            if (work.suits(traces.back())) {
                registerWork(work, traces.back(), inputs);
            }
        }
    }
    benchmark::RunSpecifiedBenchmarks();
    return EXIT_SUCCESS;
}

} // namespace cowrite::bench
