#pragma once

#include "libsync/lib0/utf.h"

namespace cowrite::crdt {

inline constexpr char16_t kReplacement = u'\uFFFD';

using lib0::isHighSurrogate;
using lib0::isLowSurrogate;

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
