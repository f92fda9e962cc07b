#include "libsync/session/profile/host.h"

#include "libsync/net/certificate.h"
#include "libsync/session/profile/host_private.h"
#include "libsync/session/replica/replica_private.h"

#include <QSettings>

namespace cowrite::session {

namespace {

constexpr QLatin1String kAddressKey("hosting/address");
constexpr QLatin1String kPortKey("hosting/port");

} // namespace

Host::Private::Private(const Context &itsContext, Host &host)
    : context(itsContext), knocks(itsContext.clock), server(policy(), itsContext.clock), q(host)
{
    connect(&knocks, &Knocks::changed, &q, &Host::knocksChanged);
}

RoomPolicy Host::Private::policy()
{
    return {
        [this](const QString &room) {
            return rooms.contains(room) ? RoomAnswer::Known : RoomAnswer::Missing;
        },
        [this](const QString &room, std::unique_ptr<GuestConnection> guest) {
            enter(room, std::move(guest));
        },
        [this] { return figures(); },
        [this](const QString &room, const QByteArray &lastEventId, net::EventStream *stream) {
            follow(room, lastEventId, stream);
        },
        [this](const QString &room, const ChatPost &post,
               std::function<void(Result<QString>)> done) { say(room, post, std::move(done)); },
        [this](const QString &room, const net::Request &request) { return knock(room, request); }};
}

void Host::Private::enter(const QString &room, std::unique_ptr<GuestConnection> guest)
{
    const auto shared = rooms.find(room);
    if (shared == rooms.end()) {
        // It was unshared between the request and the upgrade.
        farewell(guest.release(), protocol::CloseCode::Reset);
        return;
    }
    shared->second.room->admit(std::move(guest));
}

void Host::Private::end(Replica &replica, protocol::CloseCode code, const QString &reason)
{
    const auto shared = find(replica);
    if (shared == rooms.end()) {
        return;
    }
    knocks.turnAwayAll(shared->first);
    const Shared past = std::move(rooms.extract(shared->first).mapped());
    pastTraffic += past.room->traffic();
    replica.d->setRoom(nullptr, {});
    past.room->disconnect(&q);
    past.room->dismissAll(code, reason);
    Q_EMIT q.guestsChanged();
    Q_EMIT q.announcementsChanged();
}

/// Beyond this machine nothing goes without a key that links can carry, and nowhere does anybody
/// come in without an invitation that can be looked up.
Result<void> Host::Private::prepareFor(const QHostAddress &address)
{
    if (!invitations) {
        auto opened = Invitations::open(context.directory + QLatin1String("/invitations.json"),
                                        context.clock, context.rng);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        invitations = std::move(*opened);
        connect(invitations.get(), &Invitations::changed, &q, &Host::linkChanged);
    }
    pin.clear();
    if (address.isLoopback()) {
        return {};
    }
    const Result<net::Certificate> certificate =
        net::ownCertificate(context.directory + QLatin1String("/certificate.pem"));
    if (!certificate) {
        return tl::unexpected(certificate.error());
    }
    pin = certificate->pin();
    return server.setCertificate(*certificate);
}

Result<void> Host::Private::listen(const QHostAddress &address, quint16 port, Exposure exposure)
{
    const auto last = static_cast<quint16>(context.settings.value(kPortKey).toUInt());
    if (port == 0 && last != 0 && server.listen(address, last, exposure)) {
        return {};
    }
    return server.listen(address, port, exposure);
}

Figures Host::Private::figures() const
{
    Figures figures;
    figures.rooms = static_cast<int>(rooms.size());
    figures.traffic = pastTraffic;
    for (const auto &[name, shared] : rooms) {
        figures.guests += shared.room->guestCount();
        figures.traffic += shared.room->traffic();
    }
    return figures;
}

Host::Host(const Context &context, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(context, *this))
{}

Host::~Host()
{
    stop();
}

Result<void> Host::start(const QHostAddress &address, quint16 port, Exposure exposure,
                         Admission admission)
{
    if (isRunning()) {
        if (address == d->server.address() && (port == 0 || port == d->server.port())) {
            return {};
        }
        return fail(ErrorCode::Busy, "This app hosts on another address already. Stop that first.");
    }
    if (admission == Admission::Everybody && !address.isLoopback() &&
        exposure != Exposure::OpenNetwork) {
        return fail(ErrorCode::Denied,
                    "Whoever reaches " + address.toString().toStdString() +
                        " could read and write without an invitation. Share from 127.0.0.1, or "
                        "allow the open network explicitly.");
    }
    if (const Result<void> prepared = d->prepareFor(address); !prepared) {
        return prepared;
    }
    if (const Result<void> listening = d->listen(address, port, exposure); !listening) {
        return listening;
    }
    d->admission = admission;
    d->server.entrance().set(admission, d->invitations.get(), nullptr);
    d->context.settings.setValue(kAddressKey, address.toString());
    d->context.settings.setValue(kPortKey, d->server.port());
    Q_EMIT runningChanged();
    return {};
}

void Host::stop()
{
    if (!isRunning()) {
        return;
    }
    d->server.close();
    while (!d->rooms.empty()) {
        d->end(*d->rooms.begin()->second.replica, protocol::CloseCode::GoingAway, {});
    }
    Q_EMIT runningChanged();
}

QHostAddress Host::lastAddress() const
{
    return QHostAddress(d->context.settings.value(kAddressKey).toString());
}

bool Host::isRunning() const
{
    return d->server.isListening();
}

quint16 Host::port() const
{
    return d->server.port();
}

QHostAddress Host::address() const
{
    return d->server.address();
}

Figures Host::figures() const
{
    return d->server.figures();
}

Result<QString> Host::share(Replica &replica, std::optional<std::chrono::seconds> life)
{
    if (!isRunning()) {
        return fail(ErrorCode::Busy, "This app does not host yet.");
    }
    if (!replica.d->info.address.empty()) {
        return fail(ErrorCode::Busy, "This document is shared by " +
                                         replica.serverName().toStdString() +
                                         " already. Send that link instead.");
    }
    // Known before the document is loaded, unless it was never made known to the log.
    const QString stored = QString::fromStdString(replica.d->info.identity);
    const QString identity = stored.isEmpty() ? replica.identityKey() : stored;
    const auto known = d->find(replica);
    const QString room = known != d->rooms.end() ? known->first
                         : identity.isEmpty()    ? QString::fromStdString(replica.d->info.key)
                                                 : identity;
    const Result<QString> link = d->linkTo(room, replica.title(), life);
    if (!link) {
        return link;
    }
    if (known == d->rooms.end()) {
        Private::Shared shared{
            &replica,
            std::make_unique<Room>(replica.d->logged, replica.d->awareness, d->context.clock,
                                   RoomRules{room, d->invitations.get(), nullptr}),
            nullptr};
        connect(shared.room.get(), &Room::guestsChanged, this, &Host::guestsChanged);
        connect(&replica, &Replica::titleChanged, shared.room.get(),
                [this] { Q_EMIT announcementsChanged(); });
        d->rooms.emplace(room, std::move(shared));
    }
    replica.d->setRoom(d->roomOf(replica), *link);
    replica.d->noteShared(true);
    Q_EMIT guestsChanged();
    Q_EMIT announcementsChanged();
    return link;
}

Result<void> Host::resume(Replica &replica)
{
    if (!replica.d->notes.isShared || isShared(replica)) {
        return {};
    }
    if (!isRunning()) {
        const auto port = static_cast<quint16>(d->context.settings.value(kPortKey).toUInt());
        if (const Result<void> started = start(lastAddress(), port); !started) {
            return tl::unexpected(started.error());
        }
    }
    const Result<QString> link = share(replica);
    return link ? Result<void>() : tl::unexpected(link.error());
}

void Host::unshare(Replica &replica)
{
    replica.d->noteShared(false);
    d->end(replica, protocol::CloseCode::Forbidden,
           QStringLiteral("The host has stopped sharing this document."));
}

void Host::interrupt(Replica &replica)
{
    d->end(replica, protocol::CloseCode::GoingAway, {});
}

bool Host::isShared(const Replica &replica) const
{
    return d->find(replica) != d->rooms.end();
}

QString Host::link(const Replica &replica) const
{
    return isShared(replica) ? replica.invitation() : QString();
}

int Host::guestCount(const Replica &replica) const
{
    const auto shared = d->find(replica);
    return shared == d->rooms.end() ? 0 : shared->second.room->guestCount();
}

} // namespace cowrite::session
