#include "libsync/protocol/close_codes.h"

namespace cowrite::protocol {

bool isFinal(std::uint16_t code)
{
    return code >= 4400 && code <= 4499;
}

std::string_view describe(CloseCode code)
{
    switch (code) {
    case CloseCode::Normal:
        return "closed";
    case CloseCode::GoingAway:
        return "going away";
    case CloseCode::TooBig:
        return "message too big";
    case CloseCode::Reset:
        return "connect again";
    case CloseCode::Malformed:
        return "malformed message";
    case CloseCode::Unauthorized:
        return "no valid invitation";
    case CloseCode::Forbidden:
        return "not permitted";
    case CloseCode::Timeout:
        return "timed out";
    case CloseCode::Deleted:
        return "deleted";
    case CloseCode::Full:
        return "document is full";
    case CloseCode::TooMany:
        return "too many messages";
    }
    return "unknown";
}

} // namespace cowrite::protocol
