#pragma once

#include <QString>

namespace cowrite::session {

class AuditLog;
class Invitations;

/// What a room holds its guests to. All outlive the room.
struct RoomRules {
    /// The room, as the audit log names it.
    QString name;
    /// Those that guests came with are asked again and again; null where nobody has one.
    const Invitations *invitations = nullptr;
    /// Null: nobody keeps one.
    AuditLog *audit = nullptr;
};

} // namespace cowrite::session
