// The part of Host that is about the one link of a document, and about who came by it.
#include "libsync/session/profile/host_private.h"
#include "libsync/session/replica/replica_private.h"

#include <QNetworkInterface>

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

net::RoomAddress Host::Private::addressOf(const QString &room) const
{
    net::RoomAddress address;
    address.host = reachableName(server.address());
    address.port = server.port();
    address.room = room;
    address.encrypted = !pin.isEmpty();
    address.fingerprint = pin;
    return address;
}

std::optional<InvitationRecord> Host::Private::invitationTo(const QString &room) const
{
    std::vector<InvitationRecord> records = invitations->records();
    std::erase_if(records, [&, now = invitations->now()](const InvitationRecord &record) {
        return record.invitation.room != room.toStdString() || record.isWithdrawn ||
               (record.expires && now >= *record.expires);
    });
    return records.empty() ? std::nullopt : std::optional(records.back());
}

Result<QString> Host::Private::linkTo(const QString &room, const QString &title,
                                      std::optional<std::chrono::seconds> life)
{
    net::RoomAddress address = addressOf(room);
    if (admission == Admission::Everybody) {
        return address.toString();
    }
    const std::optional<InvitationRecord> known = invitationTo(room);
    std::optional<std::string> token =
        known ? invitations->tokenOf(known->invitation.id) : std::nullopt;
    if (!token) {
        const auto minted = invitations->mint(
            {room.toStdString(), protocol::Access::Edit, std::chrono::seconds(0), life, title});
        if (!minted) {
            return tl::unexpected(minted.error());
        }
        token = minted->token;
    }
    address.token = QString::fromStdString(*token);
    return address.toLink();
}

Result<InvitationRecord> Host::Private::invitationOf(const Replica &replica) const
{
    const auto shared = find(replica);
    if (shared != rooms.end() && admission == Admission::Invited) {
        if (const auto invitation = invitationTo(shared->first)) {
            return *invitation;
        }
    }
    return fail(ErrorCode::NotFound, "The link of this document has ended.");
}

std::optional<LinkTerms> Host::terms(const Replica &replica) const
{
    const Result<InvitationRecord> invitation = d->invitationOf(replica);
    if (!invitation) {
        return std::nullopt;
    }
    LinkTerms terms{invitation->access, {}};
    if (invitation->expires) {
        terms.left = *invitation->expires - d->invitations->now();
    }
    return terms;
}

Result<void> Host::setLinkAccess(const Replica &replica, protocol::Access access)
{
    const Result<InvitationRecord> invitation = d->invitationOf(replica);
    if (!invitation) {
        return tl::unexpected(invitation.error());
    }
    return d->invitations->setAccess(invitation->invitation.id, access);
}

Result<void> Host::setLinkLife(const Replica &replica, std::optional<std::chrono::seconds> life)
{
    const Result<InvitationRecord> invitation = d->invitationOf(replica);
    if (!invitation) {
        return tl::unexpected(invitation.error());
    }
    return d->invitations->setLife(invitation->invitation.id, life);
}

Result<void> Host::replaceLink(Replica &replica)
{
    const LinkTerms terms =
        this->terms(replica).value_or(LinkTerms{protocol::Access::Edit, kLinkLife});
    if (const Result<InvitationRecord> old = d->invitationOf(replica)) {
        const Result<void> withdrawn = d->invitations->withdraw(old->invitation.id);
        if (!withdrawn) {
            return withdrawn;
        }
    }
    if (const Result<QString> link = share(replica, terms.left); !link) {
        return tl::unexpected(link.error());
    }
    return setLinkAccess(replica, terms.access);
}

std::vector<HostGuest> Host::guests(const Replica &replica) const
{
    std::vector<HostGuest> guests;
    if (const Room *const room = d->roomOf(replica)) {
        for (const Room::GuestInfo &info : room->guests()) {
            guests.push_back(
                {info.id, QString::fromStdString(info.name), info.access, info.clients});
        }
    }
    return guests;
}

void Host::setAccess(const Replica &replica, quint64 guest, protocol::Access access)
{
    if (Room *const room = d->roomOf(replica)) {
        room->setAccess(guest, access);
    }
}

void Host::remove(const Replica &replica, quint64 guest)
{
    if (Room *const room = d->roomOf(replica)) {
        room->remove(guest);
    }
}

} // namespace cowrite::session
