#pragma once

#include <cstddef>

namespace cowrite::bench {

/// What the pages of this process take, in bytes, after freed ones have gone back to the system.
/// 0 where there is no /proc.
std::size_t residentBytes();

/// The most that it was since startPeak(), or since the process began.
std::size_t peakResidentBytes();
void startPeak();

} // namespace cowrite::bench
