#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/address.h"
#include "libsync/session/admission/invitations.h"
#include "libsync/session/profile/host.h"
#include "libsync/session/room/room.h"
#include "libsync/session/room/room_events.h"
#include "libsync/session/server/room_server.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace cowrite::session {

/// The inside of a Host.
struct Host::Private {
    struct Shared {
        Replica *replica = nullptr;
        std::unique_ptr<Room> room;
        /// Once somebody asked for them.
        std::unique_ptr<RoomEvents> events;
    };

    Private(const Context &context, Host &host);

    [[nodiscard]] RoomPolicy policy();
    void enter(const QString &room, std::unique_ptr<GuestConnection> guest);
    /// Calls `function` with the events of a room once its document is loaded, or with null if it
    /// cannot be read or is not shared any more.
    void withEvents(const QString &room, const std::function<void(RoomEvents *)> &function);
    void follow(const QString &room, const QByteArray &lastEventId, net::EventStream *stream);
    void say(const QString &room, const ChatPost &post, std::function<void(Result<QString>)> done);
    [[nodiscard]] net::Verdict knock(const QString &room, const net::Request &request);

    /// The entry of a replica, or the end.
    [[nodiscard]] auto find(const Replica &replica) const
    {
        return std::find_if(rooms.begin(), rooms.end(),
                            [&](const auto &entry) { return entry.second.replica == &replica; });
    }
    [[nodiscard]] Room *roomOf(const Replica &replica) const
    {
        const auto shared = find(replica);
        return shared == rooms.end() ? nullptr : shared->second.room.get();
    }

    Result<void> prepareFor(const QHostAddress &address);
    Result<void> listen(const QHostAddress &address, quint16 port, Exposure exposure);
    void end(Replica &replica, protocol::CloseCode code, const QString &reason);
    [[nodiscard]] Figures figures() const;

    // The one link of a document, in host_links.cpp.
    [[nodiscard]] net::RoomAddress addressOf(const QString &room) const;
    /// The invitation of a room that is good now, the last one that was made.
    [[nodiscard]] std::optional<InvitationRecord> invitationTo(const QString &room) const;
    /// The link of a room, with an invitation that is made if there is no good one.
    Result<QString> linkTo(const QString &room, const QString &title,
                           std::optional<std::chrono::seconds> life);
    /// Errors: NotFound.
    [[nodiscard]] Result<InvitationRecord> invitationOf(const Replica &replica) const;

    Context context;
    QByteArray pin; ///< Of what links are sent for; empty on loopback.
    std::unique_ptr<Invitations> invitations;
    Admission admission = Admission::Invited;
    Knocks knocks;
    RoomServer server;
    std::unordered_map<QString, Shared> rooms;
    /// Of the rooms that are not shared any more.
    Traffic pastTraffic;
    Host &q;
};

} // namespace cowrite::session
