#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/base/rng.h"
#include "libsync/session/room/figures.h"
#include "libsync/session/room/guest_connection.h"
#include "libsync/session/room/room_entrance.h"
#include "libsync/session/room/room_events.h"
#include "libsync/session/room/room_rules.h"
#include "libsync/session/server/room_answer.h"
#include "libsync/store/log.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace cowrite::session {

class LogUpkeep;
class Room;

/// A line of the list of rooms.
struct RoomListing {
    QString name;
    bool isOpen = false;
    int connections = 0;
    /// What those who are there call themselves, as far as they have said.
    QStringList people;
};

/// The rooms of a server that stays on: each one a document in the server's log, opened when the
/// first guest comes and put away some time after the last one has gone.
class ServerRooms : public QObject {
    Q_OBJECT

public:
    struct Options {
        /// How long an empty room stays in memory for those who come back.
        std::chrono::milliseconds idleDelay{60'000};
        std::chrono::milliseconds groupDelay = limits::kGroupCommitDelay;
        /// Only tests break the disk.
        std::string vfs;
    };

    /// Opens the log in `directory`. Errors as store::Log::open().
    static Result<std::unique_ptr<ServerRooms>> open(const std::filesystem::path &directory,
                                                     const Clock &clock, Rng &rng, Options options);
    static Result<std::unique_ptr<ServerRooms>> open(const std::filesystem::path &directory,
                                                     const Clock &clock, Rng &rng)
    {
        return open(directory, clock, rng, Options());
    }
    ~ServerRooms() override;

    /// What rooms that are opened from now on hold their guests to; each by its own name.
    void setRules(const RoomRules &rules) { m_rules = rules; }
    /// How many there may be, and no more are made.
    void setMostRooms(std::size_t most) { m_mostRooms = most; }
    [[nodiscard]] RoomAnswer answerFor(const QString &room) const;
    /// Makes the room if there is none of this name.
    void enter(const QString &room, std::unique_ptr<GuestConnection> guest);
    /// Takes over a reader of what happens in the room, which is made if there is none.
    void follow(const QString &room, const QByteArray &lastEventId, net::EventStream *stream);
    /// Says something in its chat; see RoomEvents::say(). Errors also: Io for a document that
    /// cannot be read.
    void say(const QString &room, const ChatPost &post, std::function<void(Result<QString>)> done);
    [[nodiscard]] Figures figures() const;
    [[nodiscard]] int openRooms() const;
    /// Every room there is, the most recently made first.
    [[nodiscard]] std::vector<RoomListing> list() const;
    /// What is stored of a room, changes included that are not on the disk yet. Errors: NotFound;
    /// those of store::Log::load().
    void read(const QString &room, store::LoadFrom from,
              std::function<void(Result<store::StoredDocument>)> done);
    /// Brings an update V1 into a room, which is made if there is none; `done` when it is on the
    /// disk. Errors: Refused if it is of another document than the room; Malformed; Io.
    void import(const QString &room, Bytes update, std::function<void(Result<void>)> done);
    /// Deletes a room with its whole history. Who is there is told, and closed with Deleted. `done`
    /// when that is on the disk. Error NotFound.
    void erase(const QString &room, std::function<void(Result<void>)> done);
    /// Tells what happens in a room, as RoomEvents does, until `watcher` is destroyed; `ended` when
    /// the room ends before. Error NotFound.
    Result<void> watch(const QString &room, QObject *watcher, RoomEvents::Tell tell,
                       std::function<void()> ended);

    /// An open room, or null. Valid until the event loop runs.
    [[nodiscard]] Room *room(const QString &name);
    [[nodiscard]] int guestCount() const;

    /// Says goodbye to everybody. `done` comes when every connection is closed.
    void dismissEverybody(std::function<void()> done);
    /// Commits everything; blocks for that. Call it last. Errors as store::Log::close().
    Result<void> close();

private:
    struct Entry;

    ServerRooms(const Clock &clock, Rng &rng, Options options);

    Entry *find(const QString &room);
    /// Calls `function` with the events of the room, once its document is loaded, or with null if
    /// it cannot be read.
    void withEvents(const QString &room, std::function<void(RoomEvents *)> function);
    /// Calls `function` with the room once its document is loaded, or with null if it cannot be.
    void whenLoaded(const QString &room, std::function<void(Entry *)> function);
    [[nodiscard]] Result<store::DocumentId> idOf(const QString &room) const;
    void onUsersChanged(const QString &room);
    void putAway(const QString &room);
    /// Forgets an open room. Guests that are left are closed; the next one loads it anew.
    void remove(const QString &room);
    void reportIfEmpty();

    const Clock &m_clock;
    Rng &m_rng;
    Options m_options;
    RoomRules m_rules;
    std::size_t m_mostRooms = 100'000;
    std::unique_ptr<store::Log> m_log;
    std::unique_ptr<LogUpkeep> m_upkeep;
    Subscription m_committed;
    Subscription m_stateChanged;
    Subscription m_repaired;
    std::unordered_map<QString, std::unique_ptr<Entry>> m_rooms;
    std::unordered_map<std::int64_t, Entry *> m_byId;
    std::function<void()> m_onEmpty;
    /// Of the rooms that were put away.
    Traffic m_pastTraffic;
};

} // namespace cowrite::session
