#include "tests/bench/process_memory.h"

#include <cstdio>
#include <fstream>
#include <string>

#include <malloc.h>

namespace cowrite::bench {

namespace {

/// A line of /proc/self/status, such as "VmHWM:     1234 kB".
std::size_t statusBytes(const std::string &name)
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == name + ":") {
            std::size_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    }
    return 0;
}

} // namespace

std::size_t residentBytes()
{
    malloc_trim(0);
    return statusBytes("VmRSS");
}

std::size_t peakResidentBytes()
{
    return statusBytes("VmHWM");
}

void startPeak()
{
    std::ofstream("/proc/self/clear_refs") << 5;
}

} // namespace cowrite::bench
