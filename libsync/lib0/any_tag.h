#pragma once

#include <cstdint>

namespace cowrite::lib0 {

/// The first byte of an `any` (yjs-compat.md 1.3).
enum class AnyTag : std::uint8_t {
    Bytes = 116,
    Array = 117,
    Object = 118,
    String = 119,
    True = 120,
    False = 121,
    BigInt = 122,
    Float64 = 123,
    Float32 = 124,
    Integer = 125,
    Null = 126,
    Undefined = 127,
};

} // namespace cowrite::lib0
