#pragma once

#include <string>

#include "tests/support/script/script_replica.h"

namespace cowrite::script {

/// The text at the path of a step; throws Refused if something else is there.
[[nodiscard]] crdt::Text textAt(const lib0::Any &step, Replica &replica);

/// Runs the step `name` if it is one that edits a shared type; false for any other.
/// Throws Refused if the step is malformed, or if the type refuses it.
bool edit(const std::string &name, const lib0::Any &step, Replica &replica);

} // namespace cowrite::script
