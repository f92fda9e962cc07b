#include "libsync/session/document/map_fields.h"

#include <cmath>

namespace cowrite::session {

namespace {

/// About the year 2255. What a clock counts in nanoseconds ends not long after.
constexpr std::uint64_t kMaxTime = 9'000'000'000'000;

lib0::Any plainField(const crdt::Map &map, std::string_view key)
{
    const std::optional<crdt::Value> value = map.get(key);
    return value && !value->isType() ? value->any() : lib0::Any();
}

} // namespace

std::optional<std::string> textField(const crdt::Map &map, std::string_view key)
{
    const lib0::Any value = plainField(map, key);
    return value.isString() ? std::optional(std::string(value.asString())) : std::nullopt;
}

std::optional<std::uint64_t> wholeNumber(const lib0::Any &value, std::uint64_t max)
{
    const double number = value.isNumber() ? value.asNumber() : -1;
    return number >= 0 && number <= static_cast<double>(max) && number == std::floor(number)
               ? std::optional(static_cast<std::uint64_t>(number))
               : std::nullopt;
}

std::optional<std::uint64_t> numberField(const crdt::Map &map, std::string_view key,
                                         std::uint64_t max)
{
    return wholeNumber(plainField(map, key), max);
}

std::optional<std::chrono::system_clock::time_point> timeField(const crdt::Map &map,
                                                               std::string_view key)
{
    const auto milliseconds = numberField(map, key, kMaxTime);
    return milliseconds ? std::optional(std::chrono::system_clock::time_point(
                              std::chrono::milliseconds(static_cast<std::int64_t>(*milliseconds))))
                        : std::nullopt;
}

lib0::Any timeValue(std::chrono::system_clock::time_point time)
{
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return lib0::Any(static_cast<double>(milliseconds.count()));
}

} // namespace cowrite::session
