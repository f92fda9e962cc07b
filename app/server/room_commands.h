#pragma once

#include "app/server/control_socket.h"
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/server/server_rooms.h"

#include <QJsonObject>

namespace cowrite::server {

/// What whoever runs a server does with its rooms, as JSON like OperatorCommands; each answer comes
/// when it is done:
/// - `room.list` → `rooms`, each with `name`, `people` (names), `connections`, `bytes` (of its
/// whole
///   history) and `edited` (milliseconds since 1970; left out if never);
/// - `room.export`: `room` → `update`, V1 in base64;
/// - `room.import`: `room`, `update`;
/// - `room.delete`: `room`;
/// - `room.watch`: `room` → a line `{"event", "data"}` for each event, as session::RoomEvents has
///   them, and `{"event": "ended"}` when the room ends.
class RoomCommands {
public:
    /// Both outlive the commands, and what they have begun.
    RoomCommands(session::ServerRooms &rooms, session::AuditLog &audit);

    /// False if the request is none of these.
    bool answer(const QJsonObject &request, const ControlReply &reply);

private:
    void list(const ControlReply &reply);
    void exportOne(const QString &room, const ControlReply &reply);
    void import(const QString &room, const QJsonObject &request, const ControlReply &reply);
    void erase(const QString &room, const ControlReply &reply);
    void watch(const QString &room, const ControlReply &reply);

    session::ServerRooms &m_rooms;
    session::AuditLog &m_audit;
};

} // namespace cowrite::server
