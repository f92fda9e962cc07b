#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace cowrite {

/// What kind of thing went wrong, for code that has to react to it.
enum class ErrorCode {
    Malformed,     ///< bytes or text that break their format
    LimitExceeded, ///< well-formed, but larger or deeper than we accept
    OutOfRange,    ///< a position or length outside of the thing it refers to
    WrongKind,     ///< the thing exists but is of another kind
    NotFound,
    Unsupported, ///< valid, but not something this version can do
    Io,          ///< the disk or the operating system failed
    Busy,        ///< somebody else holds it; may succeed later
    DiskFull,
    ReadOnly,
    Network,
    Refused, ///< the other side said no
    Denied,  ///< we say no: a missing right
    Internal,
};

/// The name of an error code as it is spelled in the source, for logs and tests.
[[nodiscard]] std::string_view toString(ErrorCode code);

/// A failure: a code for programs and a sentence a person can act on.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    /// Offset into the decoded input at which it was found to be wrong, in bytes, if there is one.
    std::optional<std::uint64_t> byteOffset;

    friend bool operator==(const Error &, const Error &) = default;
};

/// The value, or the reason why there is none.
template <class T = void>
using Result = tl::expected<T, Error>;

/// Builds the failing side of a Result: `return fail(ErrorCode::Malformed, "...", offset);`.
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                         std::optional<std::uint64_t> byteOffset = {});

} // namespace cowrite
