#pragma once

#include "libsync/crdt/map.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cowrite::session {

// Values that others may have written: nothing for one that is missing or of another kind.

[[nodiscard]] std::optional<std::string> textField(const crdt::Map &map, std::string_view key);
/// A whole number in [0, max].
[[nodiscard]] std::optional<std::uint64_t> wholeNumber(const lib0::Any &value, std::uint64_t max);
/// The same in a map.
[[nodiscard]] std::optional<std::uint64_t> numberField(const crdt::Map &map, std::string_view key,
                                                       std::uint64_t max);
/// Milliseconds since the epoch, as JavaScript has them; nothing beyond what a clock here can hold.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> timeField(const crdt::Map &map,
                                                                             std::string_view key);

/// The number that timeField() reads.
[[nodiscard]] lib0::Any timeValue(std::chrono::system_clock::time_point time);

} // namespace cowrite::session
