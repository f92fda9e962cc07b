#pragma once

#include <cstddef>

namespace cowrite::load {

/// What a process on this machine has used so far, as /proc tells.
struct Usage {
    double cpuSeconds = 0; ///< of all its threads
    std::size_t residentBytes = 0;
    std::size_t peakBytes = 0; ///< the most that was resident since forgetPeak()
};

[[nodiscard]] Usage usageOf(int pid);
void forgetPeak(int pid);

} // namespace cowrite::load
