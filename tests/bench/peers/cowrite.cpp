// Cowrite's side of run.mjs: reads lines `WORK INPUT`, answers each with one line of JSON. `check`
// also writes down in FOLDER/INPUT what the peers work on. Usage: peer_cowrite FOLDER

#include "libsync/base/check.h"
#include "libsync/lib0/utf.h"
#include "tests/bench/process_memory.h"
#include "tests/bench/shapes.h"
#include "tests/bench/work.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

namespace cowrite::bench {

namespace {

using nlohmann::json;
using std::filesystem::path;

/// How long a work is repeated inside of one measurement, so that short ones do not start cold.
constexpr double kShortestMs = 30;

/// Of the whole process.
double cpuMs()
{
    timespec time = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void writeFile(const path &file, std::string_view content)
{
    std::ofstream(file, std::ios::binary) << content;
}

std::string_view asChars(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Bytes readFile(const path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
}

json toJson(const EditingTrace &trace)
{
    json edits = json::array();
    for (const EditingTrace::Edit &edit : trace.edits) {
        edits.push_back({edit.position, edit.removed, lib0::utf16ToUtf8(trace.inserted(edit))});
    }
    return {{"edits", std::move(edits)},
            {"repetitions", trace.repetitions},
            {"writers", trace.writerCount},
            {"atOnce", trace.writers == EditingTrace::Writers::AtOnce}};
}

/// Each after its size, 32 bits in little endian.
std::string packed(const std::vector<Bytes> &updates)
{
    std::string all;
    for (const Bytes &update : updates) {
        for (int shift = 0; shift < 32; shift += 8) {
            all.push_back(static_cast<char>(update.size() >> shift & 0xff));
        }
        all += asChars(update);
    }
    return all;
}

void writeInput(const Input &input, const path &folder)
{
    std::filesystem::create_directories(folder);
    writeFile(folder / "trace.json", toJson(input.trace).dump());
    writeFile(folder / "text", lib0::utf16ToUtf8(input.text));
    writeFile(folder / "updates", packed(input.updates));
    writeFile(folder / "state.v1", asChars(input.stateV1));
    writeFile(folder / "state.v2", asChars(input.stateV2));
}

/// What is measured, by itself under a name that a profiler finds: `./dev bench --profile`.
[[gnu::noinline]] void runMeasured(const Work &work, const Input &input, Outcome &outcome)
{
    outcome = work.run(input);
}

json measure(const Work &work, const Input &input)
{
    double ms = 0;
    int count = 0;
    std::size_t bytes = 0;
    do {
        Outcome outcome;
        const double start = cpuMs();
        runMeasured(work, input, outcome);
        ms += cpuMs() - start;
        bytes = outcome.bytes;
        ++count;
    } while (ms < kShortestMs);
    return {{"ms", ms / count}, {"bytes", bytes}, {"count", count}};
}

/// What loading a state takes. Only of use as the first thing that a process does.
json memory(const path &folder)
{
    const Bytes state = readFile(folder / "state.v1");
    const std::size_t before = residentBytes();
    startPeak();
    Replica reader(kReader);
    reader.apply(state);
    COWRITE_CHECK(!reader.text.toString().empty());
    const std::size_t peak = peakResidentBytes();
    return {{"mb", (static_cast<double>(residentBytes()) - static_cast<double>(before)) / 1e6},
            {"mbPeak", (static_cast<double>(peak) - static_cast<double>(before)) / 1e6}};
}

class Peer {
public:
    explicit Peer(path folder) : m_folder(std::move(folder)) {}

    json answer(const std::string &what, const std::string &inputName)
    {
        if (what == "memory") {
            return memory(m_folder / inputName);
        }
        if (!m_input || m_input->trace.name != inputName) {
            Result<EditingTrace> trace = findTrace(inputName);
            if (!trace) {
                return {{"error", trace.error().message}};
            }
            m_input.reset();
            m_input = makeInput(std::move(*trace));
        }
        if (what == "check") {
            writeInput(*m_input, m_folder / inputName);
            return {{"ok", true}};
        }
        for (const Work &work : allWork()) {
            if (work.name == what && work.suits(m_input->trace)) {
                return measure(work, *m_input);
            }
        }
        return {{"absent", true}};
    }

private:
    path m_folder;
    std::shared_ptr<const Input> m_input;
};

} // namespace

int run(const char *folder)
{
    Peer peer(folder);
    for (std::string what, input; std::cin >> what >> input;) {
        std::cout << peer.answer(what, input).dump() << std::endl;
    }
    return EXIT_SUCCESS;
}

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: peer_cowrite FOLDER\n";
        return EXIT_FAILURE;
    }
    return cowrite::bench::run(argv[1]);
}
