#pragma once

#include "libsync/crdt/delta.h"

#include <functional>
#include <optional>
#include <string_view>

namespace cowrite::crdt {

struct Snapshot;

/// What happened to a run of text between two snapshots.
enum class TextChange { Added, Removed };
/// The value of the attribute `ychange` for a run that starts at this unit.
using DescribeTextChange = std::function<Any(TextChange, Id)>;
/// `{"type": "added"}` or `{"type": "removed"}`.
[[nodiscard]] Any describeTextChange(TextChange change, Id id);

/// Quill ends every document with a newline of its own. Drop leaves out the last character of a
/// delta if it is a newline and would be the last of the text (Yjs: `sanitize: false`).
enum class FinalNewline { Keep, Drop };

/// Shared text with formatting. Offsets and lengths are UTF-16 units; an embed or nested type
/// counts one unit, formatting none. Semantics and item choice are those of yjs-compat 5.2.
class Text : public SharedType {
public:
    explicit Text(SharedType type) : SharedType(type) {}

    [[nodiscard]] std::uint32_t length() const;
    /// Characters only: embeds and formatting are left out.
    [[nodiscard]] std::u16string toString() const;
    /// The characters in [offset, offset + length), clamped to the text. O(log n + length).
    [[nodiscard]] std::u16string substring(std::uint32_t offset, std::uint32_t length) const;
    [[nodiscard]] Delta toDelta() const;
    /// The text at `snapshot` of this document, which must not collect garbage. Runs as a
    /// transaction: items are cut where the snapshot cuts them (yjs-compat 4.5).
    [[nodiscard]] Delta toDelta(const Snapshot &snapshot) const;
    /// The same with what was removed since `previous`. Text that was added or removed since has
    /// the attribute `ychange`. As in Yjs, an embed or nested type has that of the text before it.
    [[nodiscard]] Delta toDelta(const Snapshot &snapshot, const Snapshot &previous,
                                const DescribeTextChange &describe = describeTextChange) const;

    /// Inserts at `offset`; past the end it appends. Without attributes the text takes those of
    /// the text before it; with attributes it has exactly these. Error LimitExceeded for the name
    /// or value of an attribute beyond limits.h, here and wherever attributes are given.
    [[nodiscard]] Result<void> insert(std::uint32_t offset, std::u16string_view text,
                                      const std::optional<Attributes> &attributes = std::nullopt);
    /// Inserts one embedded value (an image, say) or nested type, which counts one unit. Without
    /// attributes it is unformatted. Errors of Array::insert; Unsupported for a subdocument
    /// (as in Yjs).
    [[nodiscard]] Result<void>
    insertEmbed(std::uint32_t offset, const NewValue &value,
                const std::optional<Attributes> &attributes = std::nullopt);
    /// Removes up to `length` units; stops silently at the end.
    [[nodiscard]] Result<void> remove(std::uint32_t offset, std::uint32_t length);
    /// Sets attributes on [offset, offset + length); null takes one away. Past the end Yjs pads
    /// with newlines, and so does this; at the very end it does nothing.
    [[nodiscard]] Result<void> format(std::uint32_t offset, std::uint32_t length,
                                      const Attributes &attributes);
    /// Applies all steps as one transaction. An insert without attributes is unformatted. Error
    /// Unsupported for a step that inserts neither text nor one plain value.
    [[nodiscard]] Result<void> applyDelta(const Delta &delta,
                                          FinalNewline finalNewline = FinalNewline::Keep);

    /// Attributes of the text as a whole, apart from those of its characters. Errors of Map::set.
    [[nodiscard]] Result<void> setAttribute(std::string_view name, NewValue value);
    [[nodiscard]] Result<void> removeAttribute(std::string_view name);
    [[nodiscard]] std::optional<Value> getAttribute(std::string_view name) const;
    /// In the order of Map::keys.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> attributes() const;
};

} // namespace cowrite::crdt
