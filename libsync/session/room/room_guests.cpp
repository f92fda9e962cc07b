// The part of Room that knows who its guests are, and whether they may still be here.
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/admission/invitations.h"
#include "libsync/session/room/room_guest.h"

#include <algorithm>

namespace cowrite::session {

namespace {

QString accessText(protocol::Access access)
{
    return QString::fromStdString(std::string(protocol::toString(access)));
}

std::string textIn(const lib0::Any &object, const char *name)
{
    const lib0::Any *const value = object.find(name);
    return value && value->isString() ? std::string(value->asString()) : std::string();
}

} // namespace

Room::SelfPortrait Room::portraitOf(const Guest &guest) const
{
    for (const crdt::ClientId client : guest.machine.ownedClients()) {
        const auto state = m_awareness.states().find(client);
        const lib0::Any *const user =
            state == m_awareness.states().end() ? nullptr : state->second.state.find("user");
        if (user) {
            return {textIn(*user, "id"), textIn(*user, "name")};
        }
    }
    return {};
}

std::string Room::userOf(crdt::Origin origin) const
{
    const auto guest = std::find_if(m_guests.begin(), m_guests.end(),
                                    [&](const auto &it) { return it->machine.origin() == origin; });
    return guest == m_guests.end() ? std::string() : portraitOf(**guest).userId;
}

std::vector<Room::GuestInfo> Room::guests() const
{
    std::vector<GuestInfo> infos;
    for (const auto &guest : m_guests) {
        SelfPortrait self = portraitOf(*guest);
        infos.push_back({guest->id, guest->connection->visitor(), guest->machine.access(),
                         std::move(self.userId), std::move(self.name)});
    }
    return infos;
}

bool Room::remove(quint64 id)
{
    const auto guest = std::find_if(m_guests.begin(), m_guests.end(),
                                    [id](const auto &it) { return it->id == id; });
    if (guest == m_guests.end()) {
        return false;
    }
    note("removed", **guest);
    if (const std::string user = portraitOf(**guest).userId; !user.empty()) {
        m_removed.insert(user);
    }
    close(**guest, protocol::CloseCode::Forbidden, tr("You were removed from this session."));
    checkGuests();
    return true;
}

void Room::checkGuests()
{
    ++m_drainDepth;
    for (std::size_t i = 0; i < m_guests.size(); ++i) {
        Guest &guest = *m_guests[i];
        if (guest.refusedEdits > 0) {
            note("edits-refused", guest,
                 {{QStringLiteral("count"), static_cast<qint64>(guest.refusedEdits)}});
            guest.refusedEdits = 0;
        }
        if (guest.isGone || guest.isClosing) {
            continue;
        }
        if (!m_removed.empty() && m_removed.contains(portraitOf(guest).userId)) {
            close(guest, protocol::CloseCode::Forbidden, tr("You were removed from this session."));
            continue;
        }
        const std::optional<Pass> &pass = guest.connection->visitor().pass;
        if (!m_rules.invitations || !pass) {
            continue;
        }
        const auto renewed = m_rules.invitations->renew(*pass);
        if (!renewed) {
            const InvitationProblem problem = renewed.error();
            note("closed", guest,
                 {{QStringLiteral("problem"),
                   QString::fromStdString(std::string(nameOf(problem)))}});
            close(guest,
                  problem == InvitationProblem::Expired ? protocol::CloseCode::Unauthorized
                                                        : protocol::CloseCode::Forbidden,
                  sentenceFor(problem));
        } else if (renewed->access != guest.machine.access()) {
            note("access", guest, {{QStringLiteral("access"), accessText(renewed->access)}});
            guest.machine.setAccess(renewed->access);
        }
    }
    --m_drainDepth;
    drain();
}

void Room::onVisitorChanged(Guest &guest)
{
    note("access", guest,
         {{QStringLiteral("access"), accessText(guest.connection->visitor().access)}});
    guest.machine.setAccess(guest.connection->visitor().access);
    drain();
}

void Room::close(Guest &guest, protocol::CloseCode code, const QString &reason)
{
    guest.isClosing = true;
    guest.connection->close(code, reason);
}

void Room::note(std::string_view what, const Guest &guest, QJsonObject more)
{
    if (!m_rules.audit) {
        return;
    }
    if (const std::string user = portraitOf(guest).userId; !user.empty()) {
        more.insert(QStringLiteral("user"), QString::fromStdString(user));
    }
    m_rules.audit->note(what, m_rules.name, guest.connection->visitor(), std::move(more));
}

} // namespace cowrite::session
