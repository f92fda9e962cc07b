#pragma once

#include "app/ctl/command_line.h"

#include <functional>
#include <string>
#include <vector>

namespace cowrite::ctl {

/// Takes a line that comes while a command runs; false for no more of them.
using TakeLine = std::function<bool(const std::string &line)>;

/// `cowritectl room`: the rooms of a running server. `words` begin with the name of the command.
[[nodiscard]] Outcome roomCommand(const std::vector<std::string> &words, const TakeLine &take);

} // namespace cowrite::ctl
