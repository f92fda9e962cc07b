#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cowrite::protocol {

/// What somebody may do in a document, each including those before it. The numbers are in tokens
/// and in messages: they stay as they are.
enum class Access : std::uint8_t {
    View = 1,    ///< read the document and be seen
    Comment = 2, ///< as View; and write where only remarks are kept
    Edit = 3,    ///< change the document
    Admin = 4,   ///< as Edit; and see and steer the server
};

[[nodiscard]] constexpr bool mayEdit(Access access)
{
    return access >= Access::Edit;
}

/// The name of an access as people write it: "view", "comment", "edit", "admin".
[[nodiscard]] std::string_view toString(Access access);
/// Nothing for any other name.
[[nodiscard]] std::optional<Access> accessFromString(std::string_view name);
/// Nothing for a number that is none's.
[[nodiscard]] std::optional<Access> accessFromNumber(std::uint64_t number);

} // namespace cowrite::protocol
