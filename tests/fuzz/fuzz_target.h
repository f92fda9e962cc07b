#pragma once

#include "libsync/base/bytes.h"

#include <vector>

namespace cowrite::fuzz {

// Every fuzz target defines these two; a driver (libfuzzer_driver.cpp or seeded_driver.cpp) calls
// them. What must hold for any input is checked with COWRITE_CHECK, which stops the program.

/// Feeds one input to the code under test.
void runOne(ByteView input);

/// Valid inputs to start from: a mutant of something valid gets further than noise. Not empty.
std::vector<Bytes> seeds();

} // namespace cowrite::fuzz
