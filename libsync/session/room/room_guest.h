#pragma once

#include "libsync/session/room/room.h"

#include <chrono>
#include <optional>

namespace cowrite::session {

/// A guest of a room; for the files of Room alone.
struct Room::Guest {
    /// A message that changed the document, and the place in the log that has all of it.
    struct Uncommitted {
        std::uint64_t index = 0;
        store::Seq seq = 0;
    };

    Guest(quint64 itsId, std::unique_ptr<GuestConnection> itsConnection,
          const protocol::SyncMachine::Context &context)
        : id(itsId), connection(itsConnection.release()), machine(context)
    {}

    quint64 id;

    /// One of its signals may be what ends it.
    std::unique_ptr<GuestConnection, QScopedPointerDeleteLater> connection;
    protocol::SyncMachine machine;
    std::deque<Uncommitted> uncommitted;
    QList<QByteArray> held;
    qsizetype heldBytes = 0;
    /// Came into a room without a document, and has not told yet what it has.
    bool mayFill = false;
    /// What was given to this guest, of whom nobody knows who they are.
    std::optional<protocol::Access> granted;
    /// Until then they are taken for one of the trusted from their address.
    std::chrono::steady_clock::time_point mayIntroduce{};
    bool isGone = false;
    /// It was asked to go.
    bool isClosing = false;
    /// Edits that were refused since the audit log was told.
    quint64 refusedEdits = 0;
};

} // namespace cowrite::session
