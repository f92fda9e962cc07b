#pragma once

#include "libsync/net/address.h"
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/admission/invitations.h"

#include <QJsonObject>

#include <functional>

namespace cowrite::server {

/// What whoever runs a server asks of it, as JSON: `command` names it, the rest are its arguments.
/// - `token.mint`: `room` (left out: every room), `role`, `life` in seconds (left out: without
///   end), `name`, `host` (`HOST` or `HOST:PORT`, for the link) → `id`, `link`;
/// - `token.list` → `tokens`, none of which would let anybody in;
/// - `token.revoke`: `id` or `key`;
/// - `token.role`: `id`, `role`.
/// An answer has `error` with a sentence if it was not done.
class OperatorCommands {
public:
    /// The address of a room as others reach it, without a token. `host` is empty for what the
    /// server itself knows.
    using AddressOf =
        std::function<Result<net::RoomAddress>(const QString &room, const QString &host)>;

    /// All outlive the commands.
    OperatorCommands(session::Invitations &invitations, session::AuditLog &audit,
                     AddressOf addressOf);

    [[nodiscard]] QJsonObject answer(const QJsonObject &request);

private:
    [[nodiscard]] Result<QJsonObject> mint(const QJsonObject &request);
    [[nodiscard]] QJsonObject list() const;
    [[nodiscard]] Result<QJsonObject> revoke(const QJsonObject &request);
    [[nodiscard]] Result<QJsonObject> setRole(const QJsonObject &request);

    session::Invitations &m_invitations;
    session::AuditLog &m_audit;
    AddressOf m_addressOf;
};

} // namespace cowrite::server
