// The part of Host that is about people nearby: what the local network is told, and who asks to be
// let in.
#include "libsync/session/profile/host_private.h"
#include "libsync/session/replica/replica_private.h"

namespace cowrite::session {

net::Verdict Host::Private::knock(const QString &room, const net::Request &request)
{
    const auto shared = rooms.find(room);
    if (shared == rooms.end() || !shared->second.replica->d->notes.isAnnounced) {
        // The same for both: whoever guesses learns nothing.
        return net::HttpReply{404, "There is nothing at this address.\n"};
    }
    return knocks.answer(room, request);
}

void Host::setAnnounced(Replica &replica, bool isAnnounced)
{
    if (this->isAnnounced(replica) == isAnnounced) {
        return;
    }
    replica.d->noteAnnounced(isAnnounced);
    const auto shared = d->find(replica);
    if (!isAnnounced && shared != d->rooms.end()) {
        d->knocks.turnAwayAll(shared->first);
    }
    Q_EMIT announcementsChanged();
}

bool Host::isAnnounced(const Replica &replica) const
{
    return replica.d->notes.isAnnounced;
}

QByteArray Host::fingerprint() const
{
    return isRunning() ? d->pin : QByteArray();
}

std::vector<Announcement> Host::announcements() const
{
    std::vector<Announcement> announcements;
    if (!isRunning() || d->pin.isEmpty() || address().protocol() == QAbstractSocket::IPv6Protocol) {
        return announcements;
    }
    for (const auto &[room, shared] : d->rooms) {
        if (shared.replica->d->notes.isAnnounced) {
            announcements.push_back(
                {shared.replica->title(), shared.replica->self().name, room, d->pin, port()});
        }
    }
    return announcements;
}

std::vector<Knock> Host::knocks(const Replica &replica) const
{
    const auto shared = d->find(replica);
    return shared == d->rooms.end() ? std::vector<Knock>() : d->knocks.at(shared->first);
}

Result<void> Host::letIn(Replica &replica, quint64 knock)
{
    const Result<QString> link = share(replica);
    if (!link) {
        return tl::unexpected(link.error());
    }
    const Result<net::RoomAddress> address = net::parseRoomAddress(*link);
    if (!address) {
        return tl::unexpected(address.error());
    }
    d->knocks.letIn(knock, address->token.toLatin1());
    return {};
}

void Host::turnAway(quint64 knock)
{
    d->knocks.turnAway(knock);
}

} // namespace cowrite::session
