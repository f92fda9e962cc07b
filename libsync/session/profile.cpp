#include "libsync/session/profile.h"

#include "libsync/net/address.h"
#include "libsync/net/network_watch.h"
#include "libsync/session/background_sender.h"
#include "libsync/session/log_upkeep.h"
#include "libsync/session/replica_private.h"
#include "libsync/session/text_file.h"

#include <QSettings>

#include <algorithm>
#include <unordered_map>

namespace cowrite::session {

namespace {

QDateTime toDateTime(std::chrono::system_clock::time_point time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

} // namespace

struct Profile::Private {
    struct Open {
        std::unique_ptr<Replica> replica;
        int count = 0;          ///< how often it is open
        bool isSending = false; ///< the background sender has it open as well
    };

    Private(QString itsDirectory, const Clock &itsClock, Rng &itsRng)
        : directory(std::move(itsDirectory)),
          clock(itsClock),
          rng(itsRng),
          settings(directory + QLatin1String("/profile.ini"), QSettings::IniFormat)
    {}

    ReplicaPrivate::Context contextFor(Profile &profile)
    {
        return {*log, clock, rng, connector, [&profile] { profile.d->announceList(); }};
    }

    /// Coalesced: several replicas may report in one turn.
    void announceList()
    {
        if (std::exchange(listPending, true)) {
            return;
        }
        QMetaObject::invokeMethod(
            q,
            [this] {
                listPending = false;
                Q_EMIT q->documentsChanged();
            },
            Qt::QueuedConnection);
    }

    Replica *find(store::DocumentId id) const
    {
        const auto entry = open.find(static_cast<DocumentId>(id));
        return entry == open.end() ? nullptr : entry->second.replica.get();
    }

    /// The object for this document, which nobody has open yet.
    Open &makeOpen(store::DocumentInfo info, bool isNew)
    {
        const auto id = static_cast<DocumentId>(info.id);
        auto inside = std::make_unique<ReplicaPrivate>(contextFor(*q), std::move(info), identity);
        ReplicaPrivate *const state = inside.get();
        std::unique_ptr<Replica> replica(new Replica(std::move(inside)));
        Open &entry = open.emplace(id, Open{std::move(replica)}).first->second;
        if (isNew) {
            state->setNew();
        } else {
            state->load();
        }
        return entry;
    }

    /// The one object for this document, with one more to close.
    Replica *enter(store::DocumentInfo info, bool isNew)
    {
        const auto known = open.find(static_cast<DocumentId>(info.id));
        Open &entry = known != open.end() ? known->second : makeOpen(std::move(info), isNew);
        if (++entry.count == 1) {
            ReplicaPrivate &state = *entry.replica->d;
            state.info.opened = clock.wallNow();
            (void)log->updateDocument(state.info);
            state.setVisibility(ReplicaPrivate::Visibility::Present);
            announceList();
        }
        return entry.replica.get();
    }

    void close(std::unordered_map<DocumentId, Open>::iterator entry)
    {
        if (entry->second.count > 0 || entry->second.isSending) {
            return;
        }
        leave(entry);
    }

    BackgroundSender::Context senderContext()
    {
        return {[this] {
                    std::vector<DocumentId> ids;
                    for (const DocumentInfo &info : q->documents()) {
                        const auto entry = open.find(info.id);
                        const bool isOpen = entry != open.end() && entry->second.count > 0;
                        if (info.state == DocumentState::Waiting && !isOpen) {
                            ids.push_back(info.id);
                        }
                    }
                    return ids;
                },
                [this](DocumentId id) -> Replica * {
                    const auto info = log->find(store::DocumentId(id));
                    if (!info) {
                        return nullptr;
                    }
                    const auto known = open.find(id);
                    Open &entry = known != open.end() ? known->second : makeOpen(*info, false);
                    entry.isSending = true;
                    return entry.replica.get();
                },
                [this](DocumentId id) {
                    const auto entry = open.find(id);
                    if (entry != open.end()) {
                        entry->second.isSending = false;
                        close(entry);
                    }
                }};
    }

    Result<Replica *> create(const QString &title, DocumentKind kind, const std::string &address,
                             const ReplicaNotes &notes)
    {
        store::DocumentInfo info;
        info.key = randomKey(rng).toStdString();
        info.title = title.toStdString();
        info.kind = toString(kind).toStdString();
        info.address = address;
        info.created = clock.wallNow();
        info.extra = notes.toJson();
        const Result<store::DocumentId> id = log->createDocument(info);
        if (!id) {
            return tl::unexpected(id.error());
        }
        info.id = *id;
        return enter(std::move(info), true);
    }

    Result<Replica *> createWithText(const QString &title, DocumentKind kind,
                                     const std::u16string &text, const ReplicaNotes &notes)
    {
        const Result<Replica *> created = create(title, kind, {}, notes);
        if (!created) {
            return created;
        }
        ReplicaPrivate &state = *(*created)->d;
        state.meta.create(title, kind, clock, rng);
        // A document that is born here is what it is, before any server has confirmed it.
        state.info.identity = state.meta.id().toStdString();
        if (!text.empty()) {
            if (const auto inserted = (*created)->content().insert(0, text); !inserted) {
                return tl::unexpected(inserted.error());
            }
        }
        (void)log->updateDocument(state.info);
        return created;
    }

    void leave(std::unordered_map<DocumentId, Open>::iterator entry)
    {
        std::unique_ptr<Replica> replica = std::move(entry->second.replica);
        open.erase(entry);
        host->interrupt(*replica);
        replica->d->shutDown();
        // Whoever is being called back from it must not lose it underneath.
        if (left.empty()) {
            QMetaObject::invokeMethod(
                q, [this] { left.clear(); }, Qt::QueuedConnection);
        }
        left.push_back(std::move(replica));
        announceList();
    }

    QString directory;
    const Clock &clock;
    Rng &rng;
    QSettings settings;
    Identity identity;
    net::ConnectorOptions connector;
    Profile *q = nullptr;
    std::unique_ptr<store::Log> log;
    std::unique_ptr<LogUpkeep> upkeep;
    Subscription committed;
    Subscription stateChanged;
    Subscription repaired;
    std::unordered_map<DocumentId, Open> open;
    std::vector<std::unique_ptr<Replica>> left;
    std::unique_ptr<Host> host;
    std::unique_ptr<BackgroundSender> sender;
    std::unique_ptr<net::NetworkWatch> networkWatch;
    bool listPending = false;
};

Profile::Profile(std::unique_ptr<Private> state) : d(std::move(state))
{
    d->q = this;
    d->host = std::make_unique<Host>(d->clock);
    d->sender = std::make_unique<BackgroundSender>(d->senderContext());
}

Profile::~Profile()
{
    d->host->stop();
    d->sender->stop();
    while (!d->open.empty()) {
        d->leave(d->open.begin());
    }
    d->committed.disconnect();
    d->stateChanged.disconnect();
    d->repaired.disconnect();
    if (d->log) {
        (void)d->log->close();
    }
}

Result<std::unique_ptr<Profile>> Profile::open(const QString &directory, const Clock &clock,
                                               Rng &rng, const ProfileOptions &profileOptions)
{
    auto state = std::make_unique<Private>(directory, clock, rng);
    Private &inside = *state;
    std::unique_ptr<Profile> profile(new Profile(std::move(state)));
    Profile *const self = profile.get();
    inside.connector.smallestDelay = profileOptions.smallestReconnectDelay;
    inside.connector.largestDelay = profileOptions.largestReconnectDelay;
    if (profileOptions.pingInterval.count() > 0 && profileOptions.silenceLimit.count() > 0) {
        inside.connector.channel.pingInterval = profileOptions.pingInterval;
        inside.connector.channel.silenceLimit = profileOptions.silenceLimit;
    }
    store::LogOptions options;
    options.vfs = profileOptions.vfs;
    options.executor = [self](std::function<void()> function) {
        QMetaObject::invokeMethod(self, std::move(function), Qt::QueuedConnection);
    };
    auto log = store::Log::open(directory.toStdString(), clock, std::move(options));
    if (!log) {
        return tl::unexpected(log.error());
    }
    inside.log = std::move(*log);
    inside.upkeep = std::make_unique<LogUpkeep>(*inside.log);
    inside.committed =
        inside.log->committed().connect([&inside](store::DocumentId id, store::Seq seq) {
            if (Replica *const replica = inside.find(id)) {
                replica->d->logged.onCommitted(seq);
            }
        });
    inside.stateChanged =
        inside.log->stateChanged().connect([&inside](store::LogState, const std::string &) {
            for (const auto &[id, entry] : inside.open) {
                Q_EMIT entry.replica->diskStateChanged();
            }
        });
    inside.repaired = inside.log->repaired().connect([self, &inside] {
        for (const auto &[id, entry] : inside.open) {
            entry.replica->d->logged.onLogRepaired();
        }
        Q_EMIT self->logRepaired();
    });
    inside.identity.userId = inside.settings.value(QLatin1String("identity/userId")).toString();
    inside.identity.name = inside.settings.value(QLatin1String("identity/name")).toString();
    inside.identity.color = inside.settings.value(QLatin1String("identity/color")).toString();
    if (inside.identity.userId.isEmpty() || inside.identity.color.isEmpty()) {
        profile->setIdentity(newIdentity(inside.identity.name, rng));
    }
    inside.networkWatch = profileOptions.timeAsleep
                              ? std::make_unique<net::NetworkWatch>(profileOptions.timeAsleep)
                              : std::make_unique<net::NetworkWatch>();
    connect(inside.networkWatch.get(), &net::NetworkWatch::networkBack, self,
            [&inside](std::chrono::milliseconds slept) {
                for (const auto &[id, entry] : inside.open) {
                    if (Link *const link = entry.replica->d->link.get()) {
                        link->onNetworkBack(slept);
                    }
                }
                inside.sender->tryAgain();
            });
    inside.sender->lookSoon();
    return profile;
}

QString Profile::directory() const
{
    return d->directory;
}

QString Profile::repairMessage() const
{
    return QString::fromStdString(d->log->repairMessage());
}

const Identity &Profile::identity() const
{
    return d->identity;
}

bool Profile::hasName() const
{
    return !d->identity.name.isEmpty();
}

void Profile::setIdentity(const Identity &identity)
{
    if (identity == d->identity) {
        return;
    }
    d->identity = identity;
    d->settings.setValue(QLatin1String("identity/userId"), identity.userId);
    d->settings.setValue(QLatin1String("identity/name"), identity.name);
    d->settings.setValue(QLatin1String("identity/color"), identity.color);
    d->settings.sync();
    for (const auto &[id, entry] : d->open) {
        entry.replica->d->setSelf(identity);
    }
    Q_EMIT identityChanged();
}

QList<DocumentInfo> Profile::documents() const
{
    QList<DocumentInfo> list;
    for (const store::DocumentInfo &stored : d->log->documents()) {
        DocumentInfo info;
        info.id = static_cast<DocumentId>(stored.id);
        info.title = QString::fromStdString(stored.title);
        info.kind = documentKindFromString(QString::fromStdString(stored.kind));
        info.address = QString::fromStdString(stored.address);
        info.opened = toDateTime(stored.opened);
        const Replica *const replica = d->find(stored.id);
        const ReplicaNotes notes = ReplicaNotes::fromJson(stored.extra);
        // What came after the notes, before a crash, may be of this person: nobody has looked yet.
        const bool mayWait = notes.waiting > 0 || d->log->lastSeq(stored.id) > notes.waitingAt;
        const bool isWaiting =
            replica && replica->isLoaded() ? replica->edits().waiting > 0 : mayWait;
        if (!stored.address.empty()) {
            info.state = isWaiting ? DocumentState::Waiting : DocumentState::Synced;
        }
        list.append(std::move(info));
    }
    return list;
}

Result<Replica *> Profile::open(DocumentId id)
{
    std::optional<store::DocumentInfo> info = d->log->find(store::DocumentId(id));
    if (!info) {
        return fail(ErrorCode::NotFound, "This document is not on this computer any more.");
    }
    return d->enter(*std::move(info), false);
}

Result<Replica *> Profile::createDocument(const QString &title, DocumentKind kind,
                                          const std::u16string &initialText)
{
    return d->createWithText(title, kind, initialText, {});
}

Result<Replica *> Profile::importFile(const QString &path)
{
    const Result<TextFile> file = readTextFile(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    ReplicaNotes notes;
    notes.lineEnd = file->lineEnd;
    return d->createWithText(file->title, file->kind, file->text, notes);
}

Result<Replica *> Profile::join(const QString &text)
{
    const Result<net::RoomAddress> address = net::parseRoomAddress(text);
    if (!address) {
        return tl::unexpected(address.error());
    }
    const std::string canonical = address->toString().toStdString();
    for (const store::DocumentInfo &known : d->log->documents()) {
        // The name of a room that is shared from here is nowhere else.
        const std::string room = address->room.toStdString();
        const bool isOwn = known.address.empty() && (known.identity == room || known.key == room);
        if (isOwn) {
            return open(static_cast<DocumentId>(known.id));
        }
        if (known.address == canonical) {
            const Result<Replica *> opened = open(static_cast<DocumentId>(known.id));
            if (opened) {
                (*opened)->connectNow();
            }
            return opened;
        }
    }
    return d->create(address->room, DocumentKind::Text, canonical, {});
}

Result<Replica *> Profile::openReplacement(Replica &replica)
{
    const Result<net::RoomAddress> address = net::parseRoomAddress(replica.address());
    if (!address || !replica.isReplaced()) {
        return fail(ErrorCode::Busy, "There is no other document at this address.");
    }
    replica.d->forgetServer();
    return d->create(address->room, DocumentKind::Text, address->toString().toStdString(), {});
}

Result<void> Profile::publishAnew(Replica &replica)
{
    Result<net::RoomAddress> address = net::parseRoomAddress(replica.address());
    if (!address || !replica.isReplaced()) {
        return fail(ErrorCode::Busy, "There is no other document at this address.");
    }
    address->room = randomKey(d->rng);
    return replica.connectTo(address->toString());
}

void Profile::close(Replica *replica)
{
    const auto entry = d->open.find(replica->id());
    if (entry != d->open.end() && --entry->second.count == 0) {
        entry->second.replica->d->setVisibility(ReplicaPrivate::Visibility::Hidden);
        d->close(entry);
        d->sender->lookSoon();
    }
}

void Profile::flush()
{
    d->log->flush([this](const Result<> &stored) {
        Q_EMIT flushed(stored ? QString() : QString::fromStdString(stored.error().message));
    });
}

void Profile::closeAll()
{
    d->host->stop();
    d->sender->stop();
    while (!d->open.empty()) {
        d->leave(d->open.begin());
    }
    flush();
}

Result<void> Profile::removeDocument(DocumentId id)
{
    const auto entry = d->open.find(id);
    if (entry != d->open.end() && entry->second.count > 0) {
        return fail(ErrorCode::Busy, "This document is open. Close it first.");
    }
    d->sender->drop(id);
    Result<void> removed = d->log->removeDocument(store::DocumentId(id));
    if (removed) {
        d->announceList();
    }
    return removed;
}

QList<Replica *> Profile::openReplicas() const
{
    QList<Replica *> replicas;
    for (const auto &[id, entry] : d->open) {
        if (entry.count > 0) {
            replicas.append(entry.replica.get());
        }
    }
    return replicas;
}

Host &Profile::host()
{
    return *d->host;
}

} // namespace cowrite::session
