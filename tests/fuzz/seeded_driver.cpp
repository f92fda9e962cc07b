// Runs a fuzz target without libFuzzer, so that every ordinary test run feeds it damaged input:
//   fuzz_NAME [SEED [RUNS [FIRST]]]
// The same seed gives the same inputs. When an input breaks something, its number is printed;
// `fuzz_NAME SEED 1 NUMBER` runs that input alone.

#include "libsync/base/rng.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include <unistd.h>

namespace {

std::uint64_t g_seed = 0;
volatile std::uint64_t g_run = 0;

/// Only async-signal-safe calls: says which input it was, and lets the signal take its course.
void onCrash(int signal)
{
    char line[128];
    char *end = line;
    const auto append = [&end](const char *text) {
        const std::size_t length = std::strlen(text);
        std::memcpy(end, text, length);
        end += length;
    };
    append("failing input: seed ");
    end = std::to_chars(end, line + sizeof line - 40, g_seed).ptr;
    append(" 1 ");
    end = std::to_chars(end, line + sizeof line - 2, std::uint64_t{g_run}).ptr;
    append("\n");
    if (write(STDERR_FILENO, line, static_cast<std::size_t>(end - line)) < 0) {
        _exit(1);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

} // namespace

int main(int argc, char **argv)
{
    using namespace cowrite;

    const auto argument = [&](int index, std::uint64_t otherwise) {
        return argc > index ? std::strtoull(argv[index], nullptr, 10) : otherwise;
    };
    g_seed = argument(1, std::random_device{}());
    const std::uint64_t runs = argument(2, 5000);
    const std::uint64_t first = argument(3, 0);
    std::printf("seed %llu\n", static_cast<unsigned long long>(g_seed));
    std::fflush(stdout);
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) {
        std::signal(signal, onCrash);
    }

    const std::vector<Bytes> seeds = fuzz::seeds();
    for (const Bytes &seed : seeds) {
        fuzz::runOne(seed);
    }
    for (std::uint64_t run = first; run < first + runs; ++run) {
        g_run = run;
        // An own generator for each input, so that one can be made again without the ones before.
        SeededRng rng(g_seed ^ (run * 0x9e3779b97f4a7c15));
        fuzz::runOne(fuzz::mutate(seeds, rng));
    }
    std::printf("%llu inputs\n", static_cast<unsigned long long>(runs));
    return EXIT_SUCCESS;
}
