#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/rng.h"

#include <vector>

namespace cowrite::fuzz {

/// A damaged copy of one of `seeds`: a few bits flipped, bytes replaced by those that are special
/// to variable-length integers, pieces removed, repeated, or taken from another seed.
[[nodiscard]] Bytes mutate(const std::vector<Bytes> &seeds, Rng &rng);

} // namespace cowrite::fuzz
