#pragma once

#include "libsync/protocol/access.h"
#include "libsync/session/admission/invitation_book.h"

#include <QString>

#include <optional>

namespace cowrite::session {

/// Somebody who was let into a room, and why.
struct Visitor {
    protocol::Access access = protocol::Access::Edit;
    /// The invitation; nothing where everybody is let in.
    std::optional<Pass> pass;
    /// Of the other end, without its port.
    QString address;
    /// Held to the limits of a user.
    bool isLimited = true;
};

} // namespace cowrite::session
