#include "libsync/session/profile/host.h"

#include "libsync/net/address.h"
#include "libsync/net/certificate.h"
#include "libsync/session/replica/replica_private.h"
#include "libsync/session/server/room_server.h"

#include <QNetworkInterface>

#include <unordered_map>

namespace cowrite::session {

namespace {

/// What others have to write to reach a server that listens on `address`.
QString reachableName(const QHostAddress &address)
{
    const bool isAny = address == QHostAddress(QHostAddress::Any) ||
                       address == QHostAddress(QHostAddress::AnyIPv4) ||
                       address == QHostAddress(QHostAddress::AnyIPv6);
    if (!isAny) {
        return address.toString();
    }
    const QList<QHostAddress> all = QNetworkInterface::allAddresses();
    for (const QHostAddress &own : all) {
        if (!own.isLoopback() && own.protocol() == QAbstractSocket::IPv4Protocol) {
            return own.toString();
        }
    }
    return QStringLiteral("127.0.0.1");
}

} // namespace

struct Host::Private {
    struct Shared {
        Replica *replica = nullptr;
        std::unique_ptr<Room> room;
    };

    Private(const Clock &itsClock, QString file, Host &host)
        : clock(itsClock),
          certificateFile(std::move(file)),
          server({[this](const QString &room) {
                      return rooms.contains(room) ? RoomAnswer::Known : RoomAnswer::Missing;
                  },
                  [this](const QString &room, std::unique_ptr<GuestConnection> guest) {
                      enter(room, std::move(guest));
                  },
                  [this] { return figures(); }},
                 itsClock),
          q(host)
    {}

    void enter(const QString &room, std::unique_ptr<GuestConnection> guest)
    {
        const auto shared = rooms.find(room);
        if (shared == rooms.end()) {
            // It was unshared between the request and the upgrade.
            farewell(guest.release(), protocol::CloseCode::Reset);
            return;
        }
        shared->second.room->admit(std::move(guest));
    }

    /// The entry of a replica, or the end.
    auto find(const Replica &replica)
    {
        return std::find_if(rooms.begin(), rooms.end(),
                            [&](const auto &entry) { return entry.second.replica == &replica; });
    }

    void end(Replica &replica, protocol::CloseCode code, const QString &reason)
    {
        const auto shared = find(replica);
        if (shared == rooms.end()) {
            return;
        }
        const std::unique_ptr<Room> room = std::move(shared->second.room);
        pastTraffic += room->traffic();
        rooms.erase(shared);
        replica.d->setRoom(nullptr, {});
        room->disconnect(&q);
        room->dismissAll(code, reason);
        Q_EMIT q.guestsChanged();
    }

    /// Beyond this machine nothing goes without a key that links can carry.
    Result<void> prepareFor(const QHostAddress &address)
    {
        pin.clear();
        if (address.isLoopback()) {
            return {};
        }
        const Result<net::Certificate> certificate = net::ownCertificate(certificateFile);
        if (!certificate) {
            return tl::unexpected(certificate.error());
        }
        pin = certificate->pin();
        return server.setCertificate(*certificate);
    }

    [[nodiscard]] Figures figures() const
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

    const Clock &clock;
    QString certificateFile;
    QByteArray pin; ///< Of what links are sent for; empty on loopback.
    RoomServer server;
    std::unordered_map<QString, Shared> rooms;
    /// Of the rooms that are not shared any more.
    Traffic pastTraffic;
    Host &q;
};

Host::Host(const Clock &clock, QString certificateFile, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(clock, std::move(certificateFile), *this))
{}

Host::~Host()
{
    stop();
}

Result<void> Host::start(const QHostAddress &address, quint16 port, Exposure exposure)
{
    if (isRunning()) {
        if (address == d->server.address() && (port == 0 || port == d->server.port())) {
            return {};
        }
        return fail(ErrorCode::Busy, "This app hosts on another address already. Stop that first.");
    }
    if (const Result<void> prepared = d->prepareFor(address); !prepared) {
        return prepared;
    }
    const Result<void> listening = d->server.listen(address, port, exposure);
    if (listening) {
        Q_EMIT runningChanged();
    }
    return listening;
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

Result<QString> Host::share(Replica &replica)
{
    if (!isRunning()) {
        return fail(ErrorCode::Busy, "This app does not host yet.");
    }
    if (isShared(replica)) {
        return link(replica);
    }
    if (!replica.d->info.address.empty()) {
        return fail(ErrorCode::Busy, "This document is shared by " +
                                         replica.serverName().toStdString() +
                                         " already. Send that link instead.");
    }
    // Known before the document is loaded, unless it was never made known to the log.
    const QString stored = QString::fromStdString(replica.d->info.identity);
    const QString identity = stored.isEmpty() ? replica.identityKey() : stored;
    const QString room =
        identity.isEmpty() ? QString::fromStdString(replica.d->info.key) : identity;
    net::RoomAddress address;
    address.host = reachableName(d->server.address());
    address.port = d->server.port();
    address.room = room;
    address.encrypted = !d->pin.isEmpty();
    address.fingerprint = d->pin;
    Private::Shared shared{
        &replica, std::make_unique<Room>(replica.d->logged, replica.d->awareness, d->clock)};
    connect(shared.room.get(), &Room::guestsChanged, this, &Host::guestsChanged);
    Room *const opened = shared.room.get();
    d->rooms.emplace(room, std::move(shared));
    replica.d->setRoom(opened, address.toString());
    Q_EMIT guestsChanged();
    return address.toString();
}

void Host::unshare(Replica &replica)
{
    d->end(replica, protocol::CloseCode::Forbidden,
           tr("The host has stopped sharing this document."));
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
    return isShared(replica) ? replica.address() : QString();
}

int Host::guestCount(const Replica &replica) const
{
    const auto shared = d->find(replica);
    return shared == d->rooms.end() ? 0 : shared->second.room->guestCount();
}

} // namespace cowrite::session
