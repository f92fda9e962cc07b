// Runs a fuzz target without libFuzzer, so that every ordinary test run feeds it damaged input:
//   fuzz_NAME            damaged copies of the seeds, for COWRITE_FUZZ_SECONDS (5)
//   fuzz_NAME FILE...    these inputs, each once, as a libFuzzer program does
// COWRITE_SEED repeats a run. An input that breaks something is written to fuzz_NAME.failed.

#include "libsync/base/rng.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace cowrite;

constexpr unsigned kHangSeconds = 20;
constexpr double kDefaultSeconds = 5;

std::string g_failedFile;
Bytes g_input;
volatile std::uint64_t g_number = 0;

/// What the program was doing is saved with async-signal-safe calls only; then the signal takes its
/// course.
void onCrash(int signal)
{
    const int file = open(g_failedFile.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool isSaved = file >= 0;
    isSaved = isSaved &&
              write(file, g_input.data(), g_input.size()) == static_cast<ssize_t>(g_input.size());
    char line[256] = "failing input: number ";
    char *end = line + std::strlen(line);
    end = std::to_chars(end, end + 24, std::uint64_t{g_number}).ptr;
    const char *more = isSaved ? ", saved to fuzz_*.failed here\n" : ", which could not be saved\n";
    std::memcpy(end, more, std::strlen(more));
    end += std::strlen(more);
    if (write(STDERR_FILENO, line, static_cast<std::size_t>(end - line)) < 0) {
        _exit(1);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(Bytes input)
{
    g_input = std::move(input);
    g_number = g_number + 1;
    alarm(kHangSeconds);
    fuzz::runOne(g_input);
}

bool runFile(const char *name)
{
    std::ifstream file(name, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", name);
        return false;
    }
    run(Bytes(std::istreambuf_iterator<char>(file), {}));
    return true;
}

void runDamagedSeeds()
{
    const char *givenSeed = std::getenv("COWRITE_SEED");
    const std::uint64_t seed =
        givenSeed != nullptr ? std::strtoull(givenSeed, nullptr, 10) : std::random_device{}();
    const char *givenSeconds = std::getenv("COWRITE_FUZZ_SECONDS");
    const double seconds =
        givenSeconds != nullptr ? std::strtod(givenSeconds, nullptr) : kDefaultSeconds;
    std::printf("COWRITE_SEED=%llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);

    const std::vector<Bytes> seeds = fuzz::seeds();
    for (const Bytes &valid : seeds) {
        run(valid);
    }
    SeededRng rng(seed);
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end) {
        run(fuzz::mutate(seeds, rng));
    }
    std::printf("%llu inputs in %g s\n", static_cast<unsigned long long>(g_number), seconds);
}

} // namespace

int main(int argc, char **argv)
{
    g_failedFile = std::filesystem::path(argv[0]).filename().string() + ".failed";
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL, SIGALRM}) {
        std::signal(signal, onCrash);
    }
    if (argc == 1) {
        runDamagedSeeds();
        return EXIT_SUCCESS;
    }
    for (int i = 1; i < argc; ++i) {
        if (!runFile(argv[i])) {
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}
