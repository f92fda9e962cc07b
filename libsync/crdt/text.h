#pragma once

#include "libsync/crdt/delta.h"

#include <optional>
#include <string_view>

namespace cowrite::crdt {

/// Shared text with formatting. Offsets and lengths are UTF-16 units; an embed or nested type
/// counts one unit, formatting none. Semantics and item choice are those of yjs-compat 5.2.
class Text : public SharedType {
public:
    explicit Text(SharedType type) : SharedType(type) {}

    std::uint32_t length() const;
    /// Characters only: embeds and formatting are left out.
    std::u16string toString() const;
    /// The characters in [offset, offset + length), clamped to the text. O(log n + length).
    std::u16string substring(std::uint32_t offset, std::uint32_t length) const;
    Delta toDelta() const;

    /// Inserts at `offset`; past the end it appends. Without attributes the text takes those of
    /// the text before it; with attributes it has exactly these.
    Result<void> insert(std::uint32_t offset, std::u16string_view text,
                        const std::optional<Attributes> &attributes = std::nullopt);
    /// Inserts one embedded value (an image, say) that counts one unit.
    Result<void> insertEmbed(std::uint32_t offset, Any value,
                             const std::optional<Attributes> &attributes = std::nullopt);
    /// Removes up to `length` units; stops silently at the end.
    Result<void> remove(std::uint32_t offset, std::uint32_t length);
    /// Sets attributes on [offset, offset + length); null takes one away. Past the end Yjs pads
    /// with newlines, and so does this; at the very end it does nothing.
    Result<void> format(std::uint32_t offset, std::uint32_t length, const Attributes &attributes);
    /// Applies all steps as one transaction. An insert without attributes is unformatted.
    Result<void> applyDelta(const Delta &delta);
};

} // namespace cowrite::crdt
