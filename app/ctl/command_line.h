#pragma once

#include <string>
#include <vector>

namespace cowrite::ctl {

/// What a command has to say: text for standard output and standard error, and its exit status.
struct Outcome {
    int exitStatus = 0; ///< 0 done, 1 wrong use or a file's I/O error, 2 a malformed file
    std::string output;
    std::string messages;
    bool outputIsBinary = false; ///< nothing that a terminal should show
};

/// Runs `cowritectl` with these arguments (without the program's name). Reads the files named, and
/// writes the one of `-o`.
[[nodiscard]] Outcome run(const std::vector<std::string> &arguments);

} // namespace cowrite::ctl
