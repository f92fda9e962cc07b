#include "libsync/session/server/server_rooms_private.h"

#include "libsync/net/event_stream.h"
#include "libsync/session/log/log_upkeep.h"

#include <QLoggingCategory>
#include <QPointer>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcServer, "cowrite.server", QtInfoMsg)

} // namespace

ServerRooms::ServerRooms(const Clock &clock, Rng &rng, Options options)
    : m_clock(clock), m_rng(rng), m_options(std::move(options))
{}

ServerRooms::~ServerRooms()
{
    m_rooms.clear();
    m_byId.clear();
    m_committed.disconnect();
    m_stateChanged.disconnect();
    m_repaired.disconnect();
    m_upkeep.reset();
    m_log.reset();
}

Result<std::unique_ptr<ServerRooms>> ServerRooms::open(const std::filesystem::path &directory,
                                                       const Clock &clock, Rng &rng,
                                                       Options options)
{
    std::unique_ptr<ServerRooms> rooms(new ServerRooms(clock, rng, std::move(options)));
    ServerRooms *const self = rooms.get();
    store::LogOptions logOptions;
    logOptions.groupDelay = self->m_options.groupDelay;
    logOptions.vfs = self->m_options.vfs;
    logOptions.executor = [self](std::function<void()> function) {
        QMetaObject::invokeMethod(self, std::move(function), Qt::QueuedConnection);
    };
    auto log = store::Log::open(directory, clock, std::move(logOptions));
    if (!log) {
        return tl::unexpected(log.error());
    }
    self->m_log = std::move(*log);
    self->m_upkeep = std::make_unique<LogUpkeep>(*self->m_log);
    self->m_committed =
        self->m_log->committed().connect([self](store::DocumentId id, store::Seq seq) {
            const auto entry = self->m_byId.find(static_cast<std::int64_t>(id));
            if (entry != self->m_byId.end()) {
                entry->second->logged.onCommitted(seq);
            }
        });
    self->m_stateChanged =
        self->m_log->stateChanged().connect([](store::LogState, const std::string &message) {
            if (message.empty()) {
                qCInfo(lcServer, "changes are being saved again");
            } else {
                qCWarning(lcServer, "%s", message.c_str());
            }
        });
    const auto warnOfRepair = [self] {
        if (const std::string message = self->m_log->repairMessage(); !message.empty()) {
            qCWarning(lcServer, "%s", message.c_str());
        }
    };
    warnOfRepair();
    self->m_repaired = self->m_log->repaired().connect([self, warnOfRepair] {
        warnOfRepair();
        for (const auto &[name, entry] : self->m_rooms) {
            entry->logged.onLogRepaired();
        }
    });
    return rooms;
}

void ServerRooms::enter(const QString &room, std::unique_ptr<GuestConnection> guest)
{
    Entry *const entry = find(room);
    if (!entry) {
        farewell(guest.release(), protocol::CloseCode::Reset);
        return;
    }
    entry->idleTimer.stop();
    entry->ticker.start();
    entry->room.admit(std::move(guest));
}

ServerRooms::Entry *ServerRooms::find(const QString &room)
{
    if (const auto known = m_rooms.find(room); known != m_rooms.end()) {
        return known->second.get();
    }
    const std::string key = room.toStdString();
    const std::optional<store::DocumentInfo> stored = m_log->findByKey(key);
    store::DocumentId id{};
    if (stored) {
        id = stored->id;
    } else {
        store::DocumentInfo info;
        info.key = key;
        info.created = info.opened = m_clock.wallNow();
        const Result<store::DocumentId> created = m_log->createDocument(std::move(info));
        if (!created) {
            qCWarning(lcServer, "cannot make a room: %s", created.error().message.c_str());
            return nullptr;
        }
        id = *created;
    }
    RoomRules rules = m_rules;
    rules.name = room;
    auto made = std::make_unique<Entry>(*m_log, id, m_rng, m_clock, std::move(rules));
    Entry *const entry = made.get();
    m_rooms.emplace(room, std::move(made));
    m_byId.emplace(static_cast<std::int64_t>(id), entry);
    connect(&entry->room, &Room::guestsChanged, this, [this, room] { onUsersChanged(room); });
    connect(&entry->logged, &LoggedDoc::loadFailed, this, [this, room] { remove(room); });
    connect(&entry->idleTimer, &QTimer::timeout, this, [this, room] { putAway(room); });
    connect(&entry->ticker, &QTimer::timeout, this, [this, entry] {
        if (m_clock.steadyNow() >= entry->awareness.nextDeadline()) {
            entry->awareness.tick();
        }
    });
    if (stored) {
        entry->logged.load();
    } else {
        entry->logged.setLoaded();
    }
    return entry;
}

Room *ServerRooms::room(const QString &name)
{
    const auto known = m_rooms.find(name);
    return known == m_rooms.end() ? nullptr : &known->second->room;
}

int ServerRooms::openRooms() const
{
    return static_cast<int>(m_rooms.size());
}

int ServerRooms::guestCount() const
{
    int count = 0;
    for (const auto &[name, entry] : m_rooms) {
        count += entry->room.guestCount();
    }
    return count;
}

void ServerRooms::whenLoaded(const QString &room, std::function<void(Entry *)> function)
{
    Entry *const entry = find(room);
    if (!entry || entry->logged.hasFailed()) {
        function(nullptr);
        return;
    }
    entry->idleTimer.stop();
    entry->ticker.start();
    if (entry->logged.isLoaded()) {
        function(entry);
        return;
    }
    ++entry->waiting;
    connect(
        &entry->logged, &LoggedDoc::loaded, &entry->room,
        [entry, function] {
            --entry->waiting;
            function(entry);
        },
        Qt::SingleShotConnection);
    connect(
        &entry->logged, &LoggedDoc::loadFailed, &entry->room, [function] { function(nullptr); },
        Qt::SingleShotConnection);
}

void ServerRooms::withEvents(const QString &room, std::function<void(RoomEvents *)> function)
{
    whenLoaded(room, [this, room, function = std::move(function)](Entry *entry) {
        if (entry && !entry->events) {
            entry->events = std::make_unique<RoomEvents>(
                entry->logged, entry->awareness,
                [entry](const crdt::Transaction &transaction) {
                    return entry->room.userOf(transaction.origin());
                },
                m_clock, m_rng);
            connect(entry->events.get(), &RoomEvents::readersChanged, this,
                    [this, room] { onUsersChanged(room); });
        }
        function(entry ? entry->events.get() : nullptr);
    });
}

void ServerRooms::follow(const QString &room, const QByteArray &lastEventId,
                         net::EventStream *stream)
{
    withEvents(room, [lastEventId, reader = QPointer(stream)](RoomEvents *events) {
        if (!reader) {
            return;
        }
        if (events) {
            events->follow(reader, lastEventId);
        } else {
            connect(reader, &net::EventStream::closed, reader, &QObject::deleteLater);
            reader->close();
        }
    });
}

void ServerRooms::say(const QString &room, const ChatPost &post,
                      std::function<void(Result<QString>)> done)
{
    withEvents(room, [this, room, post, done = std::move(done)](RoomEvents *events) {
        if (!events) {
            done(fail(ErrorCode::Io, "This document cannot be read just now."));
            return;
        }
        ++m_rooms.at(room)->waiting;
        events->say(post.author, post.text, [this, room, done](const Result<QString> &id) {
            done(id);
            // Not when it ends because the room does.
            if (const auto entry = m_rooms.find(room); entry != m_rooms.end()) {
                --entry->second->waiting;
                onUsersChanged(room);
            }
        });
    });
}

Figures ServerRooms::figures() const
{
    Figures figures;
    figures.rooms = openRooms();
    figures.bytesWaitingForDisk = m_log->waitingBytes();
    figures.traffic = m_pastTraffic;
    for (const auto &[name, entry] : m_rooms) {
        figures.guests += entry->room.guestCount();
        figures.eventReaders += entry->events ? entry->events->readerCount() : 0;
        figures.traffic += entry->room.traffic();
    }
    return figures;
}

void ServerRooms::onUsersChanged(const QString &room)
{
    const auto entry = m_rooms.find(room);
    if (entry != m_rooms.end() && !entry->second->isUsed()) {
        entry->second->ticker.stop();
        // Nobody comes back for nothing.
        entry->second->idleTimer.start(entry->second->isEmpty() ? std::chrono::milliseconds(0)
                                                                : m_options.idleDelay);
    }
    reportIfEmpty();
}

void ServerRooms::putAway(const QString &room)
{
    const auto entry = m_rooms.find(room);
    if (entry == m_rooms.end() || entry->second->isUsed()) {
        return;
    }
    // Somebody looked in, or turned out to want another room, and left nothing.
    const bool isEmpty = entry->second->isEmpty();
    const store::DocumentId id = entry->second->logged.id();
    remove(room);
    if (isEmpty) {
        (void)m_log->removeDocument(id);
    }
}

void ServerRooms::remove(const QString &room)
{
    const auto entry = m_rooms.find(room);
    m_byId.erase(static_cast<std::int64_t>(entry->second->logged.id()));
    m_pastTraffic += entry->second->room.traffic();
    // Called by a signal of what goes with the entry.
    const std::shared_ptr<Entry> last = std::move(entry->second);
    m_rooms.erase(entry);
    QMetaObject::invokeMethod(
        this, [last] {}, Qt::QueuedConnection);
}

void ServerRooms::dismissEverybody(std::function<void()> done)
{
    m_onEmpty = std::move(done);
    for (const auto &[name, entry] : m_rooms) {
        entry->events.reset();
        entry->room.dismissAll(protocol::CloseCode::GoingAway, {});
    }
    reportIfEmpty();
}

void ServerRooms::reportIfEmpty()
{
    if (m_onEmpty && guestCount() == 0) {
        const auto done = std::exchange(m_onEmpty, nullptr);
        QMetaObject::invokeMethod(this, done, Qt::QueuedConnection);
    }
}

Result<void> ServerRooms::close()
{
    m_rooms.clear();
    m_byId.clear();
    return m_log->close();
}

} // namespace cowrite::session
