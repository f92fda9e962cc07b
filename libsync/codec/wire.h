#pragma once

#include "libsync/lib0/decoder.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What the readers and the writers of updates share.
namespace cowrite::codec::wire {

// The info byte of a struct (yjs-compat 2.4).
inline constexpr std::uint8_t kRefMask = 0x1f;
inline constexpr std::uint8_t kHasKey = 0x20;
inline constexpr std::uint8_t kHasRightOrigin = 0x40;
inline constexpr std::uint8_t kHasOrigin = 0x80;

/// Before a parent; every other value means the id of an item, and writers use 0.
inline constexpr std::uint8_t kParentIsRoot = 1;
inline constexpr std::uint8_t kParentIsItem = 0;

/// Before an update V2; another value would announce something we cannot read.
inline constexpr std::uint64_t kFeatureFlag = 0;

/// An element of legacy JSON content that is no JSON (yjs-compat 2.3).
inline constexpr std::string_view kJsonUndefined = "undefined";

/// Yjs 13 knows 0 to 6 and refuses others, Yjs 14 keeps them all (yjs-compat 9.1). So do we, below
/// the number that crdt gives to roots of no kind.
inline constexpr std::uint64_t kLastTypeRef = 254;

/// Bytes of a struct of an update V1 at least. In an update V2 that many pay for one.
inline constexpr std::size_t kSmallestStruct = 2;

/// Only XML elements and hooks carry a name.
constexpr bool isNamed(std::uint8_t typeRef)
{
    return typeRef == 3 || typeRef == 5;
}

/// How many elements follow, each at least `smallest` bytes long. 0 after a failure.
inline std::uint64_t readCount(lib0::Decoder &in, std::size_t smallest)
{
    const std::size_t start = in.position();
    const std::uint64_t count = in.readVarUint();
    if (count > in.remaining() / smallest) {
        in.fail(ErrorCode::Malformed, "a count exceeds what the rest of the input can hold", start);
        return 0;
    }
    return count;
}

/// Trailing bytes are no harmless addition: V2 read as V1 is an empty update with many of them
/// (yjs-compat 4.3).
inline void expectEnd(lib0::Decoder &in)
{
    if (in.remaining() > 0) {
        in.fail(ErrorCode::Malformed, "the input goes on behind its end");
    }
}

} // namespace cowrite::codec::wire
