#pragma once

#include "libsync/crdt/relative_position.h"
#include "libsync/lib0/any.h"
#include "libsync/protocol/access.h"
#include "libsync/protocol/awareness.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::protocol {

/// What other editors show for somebody who gives no name or no usable colour (yjs-compat 8).
inline constexpr std::string_view kAnonymousName = "Anonymous";
inline constexpr std::string_view kDefaultColor = "#30bced";
/// Longer names are cut; nobody has to draw more.
inline constexpr std::size_t kMaxNameCharacters = 100;

/// A selection; both ends are equal for a plain caret. `head` is where the caret is.
struct PresenceCursor {
    crdt::RelativePosition anchor;
    crdt::RelativePosition head;

    friend bool operator==(const PresenceCursor &, const PresenceCursor &) = default;
};

/// The part of the document that is on somebody's screen, for following.
struct PresenceViewport {
    crdt::RelativePosition top;
    crdt::RelativePosition bottom;

    friend bool operator==(const PresenceViewport &, const PresenceViewport &) = default;
};

/// Where somebody is writing at this moment.
enum class Typing { None, Content, Chat };

/// An awareness state in our own terms (product.md). Strings are UTF-8.
struct Presence {
    crdt::ClientId clientId = 0;
    /// Empty for people who use other programs.
    std::string userId;
    std::string name{kAnonymousName};
    /// `#rrggbb`, in lower case.
    std::string color{kDefaultColor};
    std::optional<PresenceCursor> cursor;
    Typing typing = Typing::None;
    std::optional<PresenceViewport> viewport;
    /// Whose place in the document they keep before them.
    std::optional<crdt::ClientId> following;
    /// What they may do, if that is less than to edit; as they say themselves.
    std::optional<Access> access;

    friend bool operator==(const Presence &, const Presence &) = default;
};

/// Reads any program's state, taking defaults for whatever is missing or not understood: the cursor
/// is `cursor`, Monaco's `selection`, or the primary one of Jupyter's `cursors` (yjs-compat 8).
[[nodiscard]] Presence presenceFromState(crdt::ClientId client, const lib0::Any &state);

/// The state that announces `presence`; the light colour is the colour with alpha 33. Positions
/// have all four members, which every editor can read (yjs-compat 4.6).
[[nodiscard]] lib0::Any presenceToState(const Presence &presence);

/// The member `cursor` alone, for Awareness::setLocalField(); null hides the cursor.
[[nodiscard]] lib0::Any cursorToAny(const std::optional<PresenceCursor> &cursor);
/// The member `viewport`; undefined, which removes it, for none.
[[nodiscard]] lib0::Any viewportToAny(const std::optional<PresenceViewport> &viewport);
/// The member `following`; undefined, which removes it, for nobody.
[[nodiscard]] lib0::Any followingToAny(std::optional<crdt::ClientId> client);
/// The member `access`; undefined, which removes it, for one that may edit.
[[nodiscard]] lib0::Any accessToAny(Access access);
/// The member `typing`; undefined, which removes it, for None.
[[nodiscard]] lib0::Any typingToAny(Typing typing);
/// The member `user`.
[[nodiscard]] lib0::Any userToAny(std::string_view userId, std::string_view name,
                                  std::string_view color);

enum class IncludeSelf { Yes, No };
/// Everybody who is present, by ascending client id.
[[nodiscard]] std::vector<Presence> presences(const Awareness &awareness, IncludeSelf includeSelf);

} // namespace cowrite::protocol
