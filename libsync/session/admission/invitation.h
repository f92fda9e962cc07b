#pragma once

#include "libsync/base/bytes.h"
#include "libsync/protocol/access.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cowrite::session {

/// Which key of a server has sealed an invitation, and which invitation it is. Random; tokens are
/// withdrawn by these.
using InvitationKeyId = std::uint32_t;
using InvitationId = std::uint64_t;

/// What a token says: who shows it may do that, there, from then to then.
struct Invitation {
    InvitationKeyId key = 0;
    InvitationId id = 0; ///< at most 2^53-1
    /// The name of a room (net::isRoomName), or empty for every room of the server.
    std::string room;
    protocol::Access access = protocol::Access::View;
    std::chrono::sys_seconds notBefore{};
    /// The first moment at which it is not valid any more; nothing: it does not end.
    std::optional<std::chrono::sys_seconds> expires;

    friend bool operator==(const Invitation &, const Invitation &) = default;
};

using InvitationSecret = std::array<std::uint8_t, 32>;
using InvitationSeal = std::array<std::uint8_t, 32>;

/// A token taken apart; nothing of it is to be believed before isSealedBy().
struct ReadInvitation {
    Invitation invitation;
    Bytes sealedPart;
    InvitationSeal seal{};
};

/// The token of `invitation`, in characters of base64url: version, key id, token id, access, times
/// (seconds since 1970; 0 for no end), room, and an HMAC-SHA256 of all that. A secret.
[[nodiscard]] std::string sealInvitation(const Invitation &invitation,
                                         const InvitationSecret &secret);

/// Takes a token apart. Nothing if it is none, or one of a version that this program does not know.
[[nodiscard]] std::optional<ReadInvitation> readInvitation(std::string_view token);

/// Whether `token` was sealed with `secret`. Takes the same time whatever is wrong with it.
[[nodiscard]] bool isSealedBy(const ReadInvitation &token, const InvitationSecret &secret);

} // namespace cowrite::session
