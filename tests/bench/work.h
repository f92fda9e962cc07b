#pragma once

#include "tests/bench/input.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace cowrite::bench {

/// What a measurement leaves: it is freed when the clock stands.
struct Outcome {
    std::shared_ptr<void> kept;
    std::size_t bytes = 0; ///< That were written or read, if that is of interest.
};

/// Something to measure. README.md says what each is.
struct Work {
    const char *name;
    Outcome (*run)(const Input &);
    bool (*suits)(const EditingTrace &);
};

const std::vector<Work> &allWork();

} // namespace cowrite::bench
