#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cowrite::ui {

/// How one UTF-16 unit of a shared text looks in a QTextDocument. Always exactly one unit for one,
/// so that a position means the same in both and nothing can drift.
///
/// A QTextDocument takes some characters for the end of a paragraph; they get a visible stand-in,
/// except for the line feed, which is one. `U+FFFC` would be an inline object to it.
[[nodiscard]] char16_t toView(char16_t unit);

/// True where toView() shows something else than the unit itself, the line feed apart.
[[nodiscard]] bool isStandIn(char16_t unit);

/// The stand-ins for a carriage return and for an embedded picture or object.
inline constexpr char16_t kCarriageReturnSign = u'\u240D';
inline constexpr char16_t kObjectSign = u'\u25A3';

/// A replacement of `removedLength` units at `offset` by `inserted`.
struct TextChange {
    std::uint32_t offset = 0;
    std::uint32_t removedLength = 0;
    std::u16string inserted;

    [[nodiscard]] bool isEmpty() const { return removedLength == 0 && inserted.empty(); }
    friend bool operator==(const TextChange &, const TextChange &) = default;
};

/// The smallest replacement that turns `shared`, which begins at `offset` of the shared text, into
/// `view`, where a shared unit and its stand-in count as equal.
///
/// Never cuts a surrogate pair: both halves go together, because Yjs turns a lone half into
/// U+FFFD (yjs-compat.md 5.2). Lone halves in `view` become U+FFFD for the same reason. Where the
/// place is ambiguous (one more letter in "aaa") it lies as close to `hint`, an offset in the
/// view, as it can: that is where the person typed.
[[nodiscard]] TextChange smallestChange(std::u16string_view shared, std::u16string_view view,
                                        std::uint32_t offset, std::uint32_t hint);

} // namespace cowrite::ui
