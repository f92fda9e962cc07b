#pragma once

namespace cowrite {

/// Prints `file:line: broken invariant: condition` to standard error and aborts.
[[noreturn]] void checkFailed(const char *file, int line, const char *condition);

} // namespace cowrite

/// Stops the program when an invariant of ours is broken, in every build: wrong state is worse than
/// no state. Never for foreign bytes; those give an Error.
#define COWRITE_CHECK(condition)                                                                   \
    (static_cast<bool>(condition) ? static_cast<void>(0)                                           \
                                  : ::cowrite::checkFailed(__FILE__, __LINE__, #condition))

/// COWRITE_CHECK for hot paths: only in builds without NDEBUG. The condition always compiles.
#ifdef NDEBUG
#define COWRITE_DCHECK(condition) static_cast<void>(sizeof(static_cast<bool>(condition)))
#else
#define COWRITE_DCHECK(condition) COWRITE_CHECK(condition)
#endif
