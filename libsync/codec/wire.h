#pragma once

#include <cstdint>
#include <string_view>

/// Constants of update V1 that its reader and its writer share.
namespace cowrite::codec::wire {

// The info byte of a struct (yjs-compat 2.4).
inline constexpr std::uint8_t kRefMask = 0x1f;
inline constexpr std::uint8_t kHasKey = 0x20;
inline constexpr std::uint8_t kHasRightOrigin = 0x40;
inline constexpr std::uint8_t kHasOrigin = 0x80;

/// Before a parent; every other value means the id of an item, and writers use 0.
inline constexpr std::uint64_t kParentIsRoot = 1;
inline constexpr std::uint64_t kParentIsItem = 0;

/// An element of legacy JSON content that is no JSON (yjs-compat 2.3).
inline constexpr std::string_view kJsonUndefined = "undefined";

/// XmlText, the last kind of nested type that Yjs 13 knows.
inline constexpr std::uint64_t kLastTypeRef = 6;

/// Only XML elements and hooks carry a name.
constexpr bool isNamed(std::uint8_t typeRef)
{
    return typeRef == 3 || typeRef == 5;
}

} // namespace cowrite::codec::wire
