#include "libsync/session/document/date_time.h"
#include "libsync/session/profile/profile_private.h"

namespace cowrite::session {

Profile::Profile(std::unique_ptr<Private> state) : d(std::move(state))
{
    d->q = this;
    d->host = std::make_unique<Host>(Host::Context{d->clock, d->rng, d->directory, d->settings});
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
    inside.secrets.setStore(profileOptions.secrets, inside.identity.userId);
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

void Profile::setTelling(const Telling &telling)
{
    d->telling = telling;
    for (const auto &[id, entry] : d->open) {
        entry.replica->d->setTelling(telling);
    }
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
