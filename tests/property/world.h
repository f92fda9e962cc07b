#pragma once

#include "tests/property/plan.h"

#include <string>

namespace cowrite::test {

/// Runs a plan: replicas that edit at random, updates that come in any order, twice, or never, and
/// at the end a synchronisation by state vectors. Every invariant is checked after every step.
/// Returns what went wrong with the step at which it did, or nothing.
std::string run(const Plan &plan);

} // namespace cowrite::test
