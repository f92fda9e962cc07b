#pragma once

#include <cstddef>
#include <functional>

namespace cowrite::fuzz {

/// The most bytes of heap that `work` held at once beyond what was held before. Every program with
/// this linked in counts what operator new gives out.
[[nodiscard]] std::size_t heapPeak(const std::function<void()> &work);

} // namespace cowrite::fuzz
