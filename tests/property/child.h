#pragma once

#include <functional>
#include <string>

namespace cowrite::test {

enum class ChildOutput { Shown, Hidden };

/// Runs `work` in a child process, so that a broken invariant, which stops the program, is only a
/// failed run. `work` returns what went wrong, or nothing. So does this: the child's words, or how
/// it ended. A child that takes longer than 30 s is ended by its alarm.
std::string runInChild(const std::function<std::string()> &work, ChildOutput output);

} // namespace cowrite::test
