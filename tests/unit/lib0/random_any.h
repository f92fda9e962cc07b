#pragma once

#include "libsync/base/rng.h"
#include "libsync/lib0/any.h"

namespace cowrite::test {

/// Whether a random value may hold what JSON has no form for.
enum class Values { Any, JsonOnly };

/// A value of any kind, with at most `depth` levels of arrays and objects. Strings mix scripts and
/// are valid UTF-8.
[[nodiscard]] lib0::Any randomAny(Rng &rng, Values values, int depth);

} // namespace cowrite::test
