#pragma once

#include "libsync/base/bytes.h"

#include <optional>
#include <string>

namespace cowrite::session {

/// The document identity (`meta.id`) that an update brings along, read without applying it. Nothing
/// if it brings none, which is so for a room that has the same history as the asker, for an empty
/// room, and for one of another program; or if the update is malformed.
[[nodiscard]] std::optional<std::string> identityIn(ByteView update);

/// The same for a message as it comes over a connection. Cheap for those that bring none.
[[nodiscard]] std::optional<std::string> identityInMessage(ByteView frame);

} // namespace cowrite::session
