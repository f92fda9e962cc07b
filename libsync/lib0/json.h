#pragma once

#include "libsync/base/error.h"
#include "libsync/lib0/any.h"

#include <string>
#include <string_view>

namespace cowrite::lib0 {

/// Reads one JSON text (RFC 8259, strict UTF-8, no byte-order mark) as JavaScript's JSON.parse
/// does: numbers are doubles (out of range gives Infinity or 0), the last of duplicate keys wins,
/// `\ud83d` alone is kept as a lone surrogate, `__proto__` is a plain key.
/// Errors, with the byte offset: Malformed; LimitExceeded beyond kMaxNesting.
[[nodiscard]] Result<Any> parseJson(std::string_view text);

/// JavaScript's JSON.stringify without indentation (yjs-compat.md 2.3). Undefined members are left
/// out, undefined elements become null, byte strings become `{"0":1,...}`, NaN and infinities null.
/// Errors: Unsupported for undefined at the top and for a bigint anywhere.
[[nodiscard]] Result<std::string> stringifyJson(const Any &value);

/// JavaScript's `String(number)`: the shortest digits that read back as the same number, with
/// an exponent from 1e21 and below 1e-6; -0 is "0".
[[nodiscard]] std::string numberToString(double number);

} // namespace cowrite::lib0
