#include "libsync/session/server_rooms.h"

#include "libsync/session/log_upkeep.h"
#include "libsync/session/room.h"

#include <QLoggingCategory>
#include <QTimer>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcServer, "cowrite.server", QtInfoMsg)

} // namespace

/// One open room. Members go in reverse order: guests first, the document last.
struct ServerRooms::Entry {
    Entry(store::Log &log, store::DocumentId id, Rng &rng, const Clock &clock)
        : logged(log, id, rng,
                 [this](const crdt::Transaction &transaction) {
                     return room.userOf(transaction.origin());
                 }),
          awareness(logged.doc().clientId(), clock),
          room(logged, awareness, clock)
    {
        idleTimer.setSingleShot(true);
        ticker.setInterval(std::chrono::seconds(1));
    }

    LoggedDoc logged;
    protocol::Awareness awareness;
    Room room;
    QTimer idleTimer;
    QTimer ticker;
};

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
    auto made = std::make_unique<Entry>(*m_log, id, m_rng, m_clock);
    Entry *const entry = made.get();
    m_rooms.emplace(room, std::move(made));
    m_byId.emplace(static_cast<std::int64_t>(id), entry);
    connect(&entry->room, &Room::guestsChanged, this, [this, room] { onGuestsChanged(room); });
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

void ServerRooms::onGuestsChanged(const QString &room)
{
    const auto entry = m_rooms.find(room);
    if (entry != m_rooms.end() && entry->second->room.guestCount() == 0) {
        entry->second->ticker.stop();
        entry->second->idleTimer.start(m_options.idleDelay);
    }
    reportIfEmpty();
}

void ServerRooms::putAway(const QString &room)
{
    const auto entry = m_rooms.find(room);
    if (entry == m_rooms.end() || entry->second->room.guestCount() > 0) {
        return;
    }
    remove(room);
}

void ServerRooms::remove(const QString &room)
{
    const auto entry = m_rooms.find(room);
    m_byId.erase(static_cast<std::int64_t>(entry->second->logged.id()));
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
