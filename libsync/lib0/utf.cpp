#include "libsync/lib0/utf.h"

#include <cstdint>
#include <cstring>

namespace cowrite::lib0 {

namespace {

constexpr char16_t kReplacement = 0xfffd;

bool isSurrogate(char32_t unit)
{
    return (unit & 0xfffff800) == 0xd800;
}

char32_t combine(char16_t high, char16_t low)
{
    return 0x10000 + ((static_cast<char32_t>(high) - 0xd800) << 10) +
           (static_cast<char32_t>(low) - 0xdc00);
}

// Nearly all text that is synchronised, and all keys, are ASCII: eight characters at a time.

bool isAscii(const char *eight)
{
    std::uint64_t word;
    std::memcpy(&word, eight, sizeof word);
    return (word & 0x8080808080808080) == 0;
}

bool isAscii(const char16_t *eight)
{
    std::uint64_t words[2];
    std::memcpy(words, eight, sizeof words);
    return ((words[0] | words[1]) & 0xff80ff80ff80ff80) == 0;
}

constexpr bool isAsciiUnit(char byte)
{
    return static_cast<std::uint8_t>(byte) < 0x80;
}
constexpr bool isAsciiUnit(char16_t unit)
{
    return unit < 0x80;
}

/// Length of the run of ASCII at the start.
template <class Unit>
std::size_t asciiPrefix(const Unit *text, std::size_t size)
{
    std::size_t at = 0;
    while (at + 8 <= size && isAscii(text + at)) {
        at += 8;
    }
    while (at < size && isAsciiUnit(text[at])) {
        ++at;
    }
    return at;
}

/// By way of arrays, which cannot overlap: compilers make a few instructions of it.
template <class Unit, class Out>
void copyEight(const Unit *eight, Out *out)
{
    Unit from[8];
    Out to[8];
    std::memcpy(from, eight, sizeof from);
    for (std::size_t i = 0; i < 8; ++i) {
        to[i] = static_cast<Out>(from[i]);
    }
    std::memcpy(out, to, sizeof to);
}

/// The run of ASCII at the start, copied to `out`. Returns its length.
template <class Unit, class Out>
std::size_t copyAsciiPrefix(const Unit *text, std::size_t size, Out *out)
{
    std::size_t at = 0;
    for (; at + 8 <= size && isAscii(text + at); at += 8) {
        copyEight(text + at, out + at);
    }
    if (at > 0 && at + 8 > size && isAscii(text + size - 8)) {
        copyEight(text + size - 8, out + size - 8); // What is left, and some of it once more.
        return size;
    }
    for (; at < size && isAsciiUnit(text[at]); ++at) {
        out[at] = static_cast<Out>(text[at]);
    }
    return at;
}

enum class Surrogates { Refuse, Keep };

struct Sequence {
    std::size_t length = 0; // 0: malformed
    char32_t codePoint = 0;
};

/// One multi-byte sequence at the start of `text`. The ranges are those of RFC 3629, section 4.
Sequence readSequence(std::string_view text, Surrogates surrogates)
{
    const auto byteAt = [text](std::size_t i) {
        return static_cast<char32_t>(static_cast<std::uint8_t>(text[i]));
    };
    const auto continues = [&](std::size_t i) {
        return i < text.size() && (byteAt(i) & 0xc0) == 0x80;
    };
    const char32_t first = byteAt(0);
    if (first >= 0xc2 && first <= 0xdf && continues(1)) {
        return {2, ((first & 0x1f) << 6) | (byteAt(1) & 0x3f)};
    }
    if ((first & 0xf0) == 0xe0 && continues(1) && continues(2)) {
        const char32_t codePoint =
            ((first & 0x0f) << 12) | ((byteAt(1) & 0x3f) << 6) | (byteAt(2) & 0x3f);
        const bool allowed = !isSurrogate(codePoint) || surrogates == Surrogates::Keep;
        return {codePoint >= 0x800 && allowed ? std::size_t{3} : std::size_t{0}, codePoint};
    }
    if ((first & 0xf8) == 0xf0 && continues(1) && continues(2) && continues(3)) {
        const char32_t codePoint = ((first & 0x07) << 18) | ((byteAt(1) & 0x3f) << 12) |
                                   ((byteAt(2) & 0x3f) << 6) | (byteAt(3) & 0x3f);
        const bool allowed = codePoint >= 0x10000 && codePoint <= 0x10ffff;
        return {allowed ? std::size_t{4} : std::size_t{0}, codePoint};
    }
    return {};
}

char16_t *putUtf16(char32_t codePoint, char16_t *out)
{
    if (codePoint < 0x10000) {
        *out++ = static_cast<char16_t>(codePoint);
    } else {
        *out++ = static_cast<char16_t>(0xd7c0 + (codePoint >> 10));
        *out++ = static_cast<char16_t>(0xdc00 + (codePoint & 0x3ff));
    }
    return out;
}

char *putUtf8(char32_t codePoint, char *out)
{
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | (codePoint >> 6));
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        put(0xe0 | (codePoint >> 12));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        put(0xf0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3f));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }
    return out;
}

/// What was converted: less than all of it at the first malformed sequence.
struct Converted {
    std::size_t bytes = 0;
    char16_t *end = nullptr;
};

/// There must be room for a unit a byte.
Converted convertToUtf16(std::string_view text, Surrogates surrogates, char16_t *out)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t ascii = copyAsciiPrefix(text.data() + at, text.size() - at, out);
        out += ascii;
        at += ascii;
        // Text in another script seldom returns to ASCII: stay here while it does not.
        while (at < text.size() && !isAsciiUnit(text[at])) {
            const Sequence sequence = readSequence(text.substr(at), surrogates);
            if (sequence.length == 0) {
                return {at, out};
            }
            out = putUtf16(sequence.codePoint, out);
            at += sequence.length;
        }
    }
    return {at, out};
}

/// Appends what can be converted to `appendTo`, and returns how many bytes that were.
std::size_t appendAsUtf16(std::string_view text, Surrogates surrogates, std::u16string &appendTo)
{
    const std::size_t oldSize = appendTo.size();
    appendTo.resize(oldSize + text.size());
    const Converted converted = convertToUtf16(text, surrogates, appendTo.data() + oldSize);
    appendTo.resize(static_cast<std::size_t>(converted.end - appendTo.data()));
    return converted.bytes;
}

template <Surrogates surrogates>
char *convertToUtf8(std::u16string_view text, char *out)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t ascii = copyAsciiPrefix(text.data() + at, text.size() - at, out);
        out += ascii;
        at += ascii;
        while (at < text.size() && !isAsciiUnit(text[at])) {
            const char16_t unit = text[at++];
            if (isHighSurrogate(unit) && at < text.size() && isLowSurrogate(text[at])) {
                out = putUtf8(combine(unit, text[at++]), out);
            } else if (isSurrogate(unit) && surrogates == Surrogates::Refuse) {
                out = putUtf8(kReplacement, out);
            } else {
                out = putUtf8(unit, out);
            }
        }
    }
    return out;
}

} // namespace

std::size_t validUtf8Prefix(std::string_view utf8)
{
    std::size_t at = 0;
    while (at < utf8.size()) {
        at += asciiPrefix(utf8.data() + at, utf8.size() - at);
        while (at < utf8.size() && !isAsciiUnit(utf8[at])) {
            const Sequence sequence = readSequence(utf8.substr(at), Surrogates::Refuse);
            if (sequence.length == 0) {
                return at;
            }
            at += sequence.length;
        }
    }
    return at;
}

bool isValidUtf8(std::string_view utf8)
{
    return validUtf8Prefix(utf8) == utf8.size();
}

bool isAscii(std::string_view text)
{
    return asciiPrefix(text.data(), text.size()) == text.size();
}

bool utf8ToUtf16(std::string_view utf8, std::u16string &appendTo)
{
    const std::size_t oldSize = appendTo.size();
    if (appendAsUtf16(utf8, Surrogates::Refuse, appendTo) == utf8.size()) {
        return true;
    }
    appendTo.resize(oldSize);
    return false;
}

char16_t *utf8ToUtf16(std::string_view utf8, char16_t *out)
{
    const Converted converted = convertToUtf16(utf8, Surrogates::Refuse, out);
    return converted.bytes == utf8.size() ? converted.end : nullptr;
}

std::u16string wtf8ToUtf16(std::string_view wtf8)
{
    std::u16string utf16;
    while (true) {
        wtf8.remove_prefix(appendAsUtf16(wtf8, Surrogates::Keep, utf16));
        if (wtf8.empty()) {
            return utf16;
        }
        utf16.push_back(kReplacement);
        wtf8.remove_prefix(1);
    }
}

std::string utf16ToUtf8(std::u16string_view utf16)
{
    std::string utf8;
    appendUtf16AsUtf8(utf16, utf8);
    return utf8;
}

void appendUtf16AsUtf8(std::u16string_view utf16, std::string &appendTo)
{
    const std::size_t oldSize = appendTo.size();
    appendTo.resize(oldSize + utf8Length(utf16));
    writeUtf8(utf16, appendTo.data() + oldSize);
}

std::string utf16ToWtf8(std::u16string_view utf16)
{
    // A surrogate takes three bytes, whether it is kept or replaced.
    std::string wtf8(utf8Length(utf16), '\0');
    convertToUtf8<Surrogates::Keep>(utf16, wtf8.data());
    return wtf8;
}

std::size_t utf16Length(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<std::uint8_t>(c);
        // One unit for each byte that starts a sequence, a second one beyond the basic plane.
        units += static_cast<std::size_t>((byte & 0xc0) != 0x80);
        units += static_cast<std::size_t>(byte >= 0xf0);
    }
    return units;
}

bool isBeforeInUtf16(std::string_view a, std::string_view b)
{
    return wtf8ToUtf16(a) < wtf8ToUtf16(b);
}

std::size_t utf8Length(std::u16string_view utf16)
{
    std::size_t bytes = asciiPrefix(utf16.data(), utf16.size());
    for (std::size_t at = bytes; at < utf16.size(); ++at) {
        const char16_t unit = utf16[at];
        if (unit < 0x80) {
            bytes += 1;
        } else if (unit < 0x800) {
            bytes += 2;
        } else if (isHighSurrogate(unit) && at + 1 < utf16.size() &&
                   isLowSurrogate(utf16[at + 1])) {
            bytes += 4;
            ++at;
        } else {
            bytes += 3;
        }
    }
    return bytes;
}

std::size_t copyAscii(std::u16string_view utf16, char *out)
{
    return copyAsciiPrefix(utf16.data(), utf16.size(), out);
}

char *writeUtf8(std::u16string_view utf16, char *out)
{
    return convertToUtf8<Surrogates::Refuse>(utf16, out);
}

} // namespace cowrite::lib0
