#pragma once

#include "app/server/server_options.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/room_server.h"
#include "libsync/session/server_rooms.h"

#include <QString>

#include <functional>
#include <memory>

namespace cowrite::server {

/// The composition of `cowrited`: a port, and the rooms behind it.
class Server {
public:
    /// Errors, each a sentence: those of session::ServerRooms::open() and
    /// session::RoomServer::listen().
    static Result<std::unique_ptr<Server>> start(const ServerOptions &options);

    /// `ws://ADDRESS:PORT`.
    [[nodiscard]] QString url() const;
    /// Lets nobody in any more and says goodbye to who is there; `done` when all have gone.
    void stop(std::function<void()> done);
    /// Commits everything, blocking; the last call.
    Result<void> close();

private:
    Server();

    SystemClock m_clock;
    SystemRng m_rng;
    std::unique_ptr<session::ServerRooms> m_rooms;
    session::RoomServer m_server;
};

} // namespace cowrite::server
