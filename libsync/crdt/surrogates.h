#pragma once

namespace cowrite::crdt {

inline constexpr char16_t kReplacement = u'\uFFFD';

constexpr bool isHighSurrogate(char16_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool isLowSurrogate(char16_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// A text cut behind `left`: if that tears a pair apart, each half becomes U+FFFD, on every replica
/// alike (yjs-compat 2.5).
constexpr void mendCutPair(char16_t &left, char16_t &right)
{
    if (isHighSurrogate(left)) {
        left = kReplacement;
        right = kReplacement;
    }
}

} // namespace cowrite::crdt
