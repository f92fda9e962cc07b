#pragma once

#include <string>
#include <vector>

namespace cowrite::bench {

/// The main function of a Google Benchmark program: measures all work on the inputs of these names,
/// as "work/input". An input is only made when something is measured on it; one that cannot be had
/// is skipped with a word on it. Returns the exit code.
int runBenchmarks(int argc, char **argv, const std::vector<std::string> &names);

} // namespace cowrite::bench
