#pragma once

#include <cstdint>

namespace cowrite::session {

/// A place in the history of a text: after how many edits; 0 is before the first.
using Moment = std::uint32_t;

} // namespace cowrite::session
