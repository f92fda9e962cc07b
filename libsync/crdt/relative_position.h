#pragma once

#include "libsync/crdt/shared_type.h"
#include "libsync/lib0/any.h"

#include <optional>
#include <string>

namespace cowrite::crdt {

/// A place that sticks to its text through every edit (yjs-compat 4.6).
struct RelativePosition {
    /// The containing nested type, or none for a root.
    std::optional<Id> type;
    /// The containing root's name, or none for a nested type or when `item` alone is known.
    std::optional<std::string> rootName;
    /// The unit the position sticks to; none means an end of the type.
    std::optional<Id> item;
    /// >= 0 sticks to the unit after the position, < 0 to the unit before.
    int assoc = 0;

    friend bool operator==(const RelativePosition &, const RelativePosition &) = default;
};

/// Where a relative position is now.
struct AbsolutePosition {
    SharedType type;
    std::uint32_t index = 0;
    int assoc = 0;
};

/// The position before the unit at `index` (UTF-16 units or list cells; past the end is the end).
[[nodiscard]] RelativePosition makeRelativePosition(const SharedType &type, std::uint32_t index,
                                                    int assoc = 0);

enum class FollowRedone { Yes, No };
/// Nothing if its unit or type is unknown here yet, or was collected. Changes nothing.
/// FollowRedone::Yes moves on to the copy that an undo made of a deleted unit.
[[nodiscard]] std::optional<AbsolutePosition> resolve(Doc &doc, const RelativePosition &position,
                                                      FollowRedone follow = FollowRedone::Yes);

/// All four fields with explicit nulls and a numeric assoc, which every editor binding can read.
[[nodiscard]] lib0::Any toJson(const RelativePosition &position);
/// Takes both JSON shapes; a missing assoc is 0. Error Malformed for anything else.
[[nodiscard]] Result<RelativePosition> relativePositionFromJson(const lib0::Any &json);

} // namespace cowrite::crdt
