// What the files of ServerRooms share.
#pragma once

#include "libsync/session/room/room.h"
#include "libsync/session/room/room_events.h"
#include "libsync/session/server/server_rooms.h"

#include <QTimer>

namespace cowrite::session {

/// One open room. Members go in reverse order: guests first, the document last.
struct ServerRooms::Entry {
    Entry(store::Log &log, store::DocumentId id, Rng &rng, const Clock &clock, RoomRules rules)
        : logged(log, id, rng,
                 [this](const crdt::Transaction &transaction) {
                     return room.userOf(transaction.origin());
                 }),
          awareness(logged.doc().clientId(), clock),
          room(logged, awareness, clock, std::move(rules))
    {
        idleTimer.setSingleShot(true);
        ticker.setInterval(std::chrono::seconds(1));
    }

    [[nodiscard]] bool isUsed() const
    {
        return room.guestCount() > 0 || waiting > 0 || (events && events->readerCount() > 0);
    }

    /// Nothing was ever stored in it.
    [[nodiscard]] bool isEmpty() const { return logged.isLoaded() && logged.lastSeq() == 0; }

    LoggedDoc logged;
    protocol::Awareness awareness;
    Room room;
    /// Once somebody asked for them.
    std::unique_ptr<RoomEvents> events;
    /// Calls that wait for the document, or for the disk.
    int waiting = 0;
    QTimer idleTimer;
    QTimer ticker;
};

} // namespace cowrite::session
