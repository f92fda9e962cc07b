#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cowrite::lib0 {

[[nodiscard]] constexpr bool isHighSurrogate(char16_t unit)
{
    return (unit & 0xfc00) == 0xd800;
}
[[nodiscard]] constexpr bool isLowSurrogate(char16_t unit)
{
    return (unit & 0xfc00) == 0xdc00;
}

// Conversions between the UTF-16 of the model and the UTF-8 of the wire (yjs-compat.md 1.2).
//
// "WTF-8" below is UTF-8 in which a lone UTF-16 surrogate may stand as three bytes; it is how
// an Any keeps JavaScript strings that are no valid Unicode. Nothing strips a byte-order mark, and
// NUL is an ordinary character.

/// Bytes of the longest prefix that is strict UTF-8: no overlong forms, no surrogates, nothing
/// above U+10FFFF, no truncated sequence. Equals `utf8.size()` exactly when all of it is valid.
[[nodiscard]] std::size_t validUtf8Prefix(std::string_view utf8);
[[nodiscard]] bool isValidUtf8(std::string_view utf8);
[[nodiscard]] bool isAscii(std::string_view text);

/// Appends the UTF-16 form. Returns false, with `appendTo` unchanged, if `utf8` is not strict
/// UTF-8.
[[nodiscard]] bool utf8ToUtf16(std::string_view utf8, std::u16string &appendTo);
/// The same to `out`, where there must be room for a unit a byte. Returns the end; null if `utf8`
/// is not strict UTF-8.
[[nodiscard]] char16_t *utf8ToUtf16(std::string_view utf8, char16_t *out);

/// Converts what an Any holds; lone surrogates stay, any other malformed byte becomes U+FFFD.
[[nodiscard]] std::u16string wtf8ToUtf16(std::string_view wtf8);

/// A lone surrogate becomes U+FFFD, as in JavaScript's TextEncoder.
[[nodiscard]] std::string utf16ToUtf8(std::u16string_view utf16);
void appendUtf16AsUtf8(std::u16string_view utf16, std::string &appendTo);

/// A lone surrogate keeps its value in three bytes.
[[nodiscard]] std::string utf16ToWtf8(std::u16string_view utf16);

/// UTF-16 code units that valid UTF-8 or WTF-8 stands for.
[[nodiscard]] std::size_t utf16Length(std::string_view utf8);

/// Whether `a` comes first where JavaScript sorts strings: by UTF-16 unit.
[[nodiscard]] bool isBeforeInUtf16(std::string_view a, std::string_view b);

/// Bytes that utf16ToUtf8() would give.
[[nodiscard]] std::size_t utf8Length(std::u16string_view utf16);

/// Copies the ASCII at the start of `utf16` to `out`, where there must be room for a byte a unit.
/// Returns how many units that are.
std::size_t copyAscii(std::u16string_view utf16, char *out);

/// Writes the utf8Length() bytes of utf16ToUtf8() to `out` and returns the end.
char *writeUtf8(std::u16string_view utf16, char *out);

} // namespace cowrite::lib0
