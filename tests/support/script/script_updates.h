#pragma once

#include <optional>
#include <string>

#include "libsync/codec/update_format.h"
#include "libsync/lib0/any.h"

namespace cowrite::script {

/// The format that a step speaks of; V1 if it says nothing. Throws Refused for an unknown one.
[[nodiscard]] codec::UpdateFormat formatOf(const lib0::Any &step);

/// What the step `name` prints if it is one that works on updates without a document; nothing for
/// any other. Throws Refused if the step is malformed or an update is.
[[nodiscard]] std::optional<lib0::Any> workOnUpdates(const std::string &name,
                                                     const lib0::Any &step);

} // namespace cowrite::script
