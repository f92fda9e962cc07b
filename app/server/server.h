#pragma once

#include "app/server/control_socket.h"
#include "app/server/operator_commands.h"
#include "app/server/room_commands.h"
#include "app/server/server_options.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/admission/invitations.h"
#include "libsync/session/server/room_server.h"
#include "libsync/session/server/server_rooms.h"

#include <QString>

#include <functional>
#include <memory>

namespace cowrite::server {

/// The composition of `cowrited`: a port, and the rooms behind it.
class Server {
public:
    /// Errors, each a sentence: Denied for an address beyond loopback without OpenNetwork, if
    /// everybody is let in; those of reload(), session::ServerRooms::open(),
    /// session::Invitations::open(), session::AuditLog::open(), ControlSocket::listen() and
    /// session::RoomServer::listen().
    static Result<std::unique_ptr<Server>> start(const ServerOptions &options);

    /// `ws://ADDRESS:PORT`, or `wss://` with encryption.
    [[nodiscard]] QString url() const;
    /// What links pin; empty for none.
    [[nodiscard]] QByteArray fingerprint() const { return m_fingerprint; }
    /// Takes over what changed in the options and can change at once, and logs what takes a
    /// restart; reads the certificate again, for those who come from now on, and opens the audit
    /// log anew. What was there stays in use if that fails. Errors as net::readCertificate() and
    /// session::AuditLog::reopen().
    Result<void> reload(ServerOptions wanted);
    /// Lets nobody in any more and says goodbye to who is there; `done` when all have gone.
    void stop(std::function<void()> done);
    /// Commits everything, blocking; the last call.
    Result<void> close();

private:
    explicit Server(ServerOptions options);

    Result<void> open();
    Result<void> apply();
    [[nodiscard]] Result<net::RoomAddress> addressOf(const QString &room,
                                                     const QString &host) const;

    ServerOptions m_options;
    QByteArray m_fingerprint;
    SystemClock m_clock;
    SystemRng m_rng;
    std::unique_ptr<session::Invitations> m_invitations;
    std::unique_ptr<session::AuditLog> m_audit;
    std::unique_ptr<session::ServerRooms> m_rooms;
    session::RoomServer m_server;
    std::unique_ptr<OperatorCommands> m_commands;
    std::unique_ptr<RoomCommands> m_roomCommands;
    std::unique_ptr<ControlSocket> m_control;
};

} // namespace cowrite::server
