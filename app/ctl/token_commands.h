#pragma once

#include "app/ctl/command_line.h"
#include "libsync/base/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cowrite::ctl {

/// `cowritectl token COMMAND …`: makes, lists and takes back the invitations of a running
/// `cowrited`, over the control socket in its data folder. `words` begins with COMMAND.
[[nodiscard]] Outcome tokenCommand(const std::vector<std::string> &words);

/// A time as people write it, in seconds: "90s", "30m", "12h", "7d"; 0 for "never". Error Malformed
/// with a sentence.
[[nodiscard]] Result<std::int64_t> parseLife(const std::string &text);

} // namespace cowrite::ctl
