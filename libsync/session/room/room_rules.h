#pragma once

#include <QString>

#include <cstddef>

namespace cowrite::session {

class AuditLog;
class Invitations;

/// A document as update V1, and the guests of one room (reliability.md, "Access").
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;
inline constexpr int kMaxGuests = 500;

/// What a room holds its guests to. All outlive the room.
struct RoomRules {
    /// The room, as the audit log names it.
    QString name;
    /// Those that guests came with are asked again and again; null where nobody has one.
    const Invitations *invitations = nullptr;
    /// Null: nobody keeps one.
    AuditLog *audit = nullptr;
    /// A larger document only shrinks.
    std::size_t documentBytes = kMaxDocumentBytes;
    int guests = kMaxGuests;
};

} // namespace cowrite::session
