#include "libsync/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace cowrite {

void checkFailed(const char *file, int line, const char *condition)
{
    std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
    std::fflush(stderr);
    std::abort();
}

} // namespace cowrite
