#include "libsync/base/error.h"

#include <utility>

namespace cowrite {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Malformed:
        return "Malformed";
    case ErrorCode::LimitExceeded:
        return "LimitExceeded";
    case ErrorCode::OutOfRange:
        return "OutOfRange";
    case ErrorCode::WrongKind:
        return "WrongKind";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::Io:
        return "Io";
    case ErrorCode::Busy:
        return "Busy";
    case ErrorCode::DiskFull:
        return "DiskFull";
    case ErrorCode::ReadOnly:
        return "ReadOnly";
    case ErrorCode::Network:
        return "Network";
    case ErrorCode::Refused:
        return "Refused";
    case ErrorCode::Denied:
        return "Denied";
    case ErrorCode::Internal:
        break;
    }
    return "Internal";
}

tl::unexpected<Error> fail(ErrorCode code, std::string message,
                           std::optional<std::uint64_t> byteOffset)
{
    return tl::unexpected<Error>(Error{code, std::move(message), byteOffset});
}

} // namespace cowrite
