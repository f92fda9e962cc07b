#include "libsync/protocol/access.h"

namespace cowrite::protocol {

std::string_view toString(Access access)
{
    switch (access) {
    case Access::View:
        return "view";
    case Access::Comment:
        return "comment";
    case Access::Edit:
        return "edit";
    case Access::Admin:
        return "admin";
    }
    return "unknown";
}

std::optional<Access> accessFromString(std::string_view name)
{
    for (const Access access : {Access::View, Access::Comment, Access::Edit, Access::Admin}) {
        if (toString(access) == name) {
            return access;
        }
    }
    return std::nullopt;
}

std::optional<Access> accessFromNumber(std::uint64_t number)
{
    if (number < static_cast<std::uint64_t>(Access::View) ||
        number > static_cast<std::uint64_t>(Access::Admin)) {
        return std::nullopt;
    }
    return static_cast<Access>(number);
}

} // namespace cowrite::protocol
