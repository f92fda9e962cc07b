#include "tests/load/server_process.h"

#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace cowrite::load {

namespace {

std::string folderOf(int pid)
{
    return "/proc/" + std::to_string(pid);
}

} // namespace

Usage usageOf(int pid)
{
    Usage usage;
    std::ifstream stat(folderOf(pid) + "/stat");
    std::string line;
    std::getline(stat, line);
    // The name in brackets may hold blanks; user and system time are the 12th and 13th behind it.
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    usage.cpuSeconds = (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));

    std::ifstream status(folderOf(pid) + "/status");
    while (std::getline(status, line)) {
        std::istringstream words(line);
        std::string name;
        std::size_t kilobytes = 0;
        words >> name >> kilobytes;
        if (name == "VmRSS:") {
            usage.residentBytes = kilobytes * 1024;
        } else if (name == "VmHWM:") {
            usage.peakBytes = kilobytes * 1024;
        }
    }
    return usage;
}

void forgetPeak(int pid)
{
    std::ofstream(folderOf(pid) + "/clear_refs") << 5;
}

} // namespace cowrite::load
