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

/// How soon everybody says who they are: presence is among the first messages.
constexpr std::chrono::seconds kIntroductionTime{5};

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
        const auto &clients = guest->machine.ownedClients();
        infos.push_back({guest->id,
                         guest->connection->visitor(),
                         guest->machine.access(),
                         std::move(self.userId),
                         std::move(self.name),
                         {clients.begin(), clients.end()}});
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
    close(**guest, protocol::CloseCode::Forbidden,
          QStringLiteral("You were removed from this session."));
    checkGuests();
    return true;
}

bool Room::setAccess(quint64 id, protocol::Access access)
{
    const auto found = std::find_if(m_guests.begin(), m_guests.end(),
                                    [id](const auto &it) { return it->id == id; });
    if (found == m_guests.end()) {
        return false;
    }
    Guest &guest = **found;
    const std::string user = portraitOf(guest).userId;
    if (user.empty()) {
        guest.granted = access;
    } else {
        const std::pair key(user, guest.connection->visitor().address);
        m_restrained.erase(user);
        m_trusted.erase(key);
        const protocol::Access invited = invitedTo(guest);
        if (access < invited) {
            m_restrained.emplace(user, access);
        } else if (access > invited) {
            m_trusted.emplace(key, access);
        }
    }
    checkGuests();
    return true;
}

protocol::Access Room::invitedTo(const Guest &guest) const
{
    const Visitor &visitor = guest.connection->visitor();
    const auto renewed = m_rules.invitations && visitor.pass
                             ? m_rules.invitations->renew(*visitor.pass)
                             : tl::unexpected(InvitationProblem::Missing);
    return renewed ? renewed->access : visitor.access;
}

protocol::Access Room::atTheDoor(Guest &guest) const
{
    const Visitor &visitor = guest.connection->visitor();
    protocol::Access access = visitor.access;
    for (const auto &[who, trusted] : m_trusted) {
        if (who.second == visitor.address && trusted > access) {
            access = trusted;
            guest.mayIntroduce = m_clock.steadyNow() + kIntroductionTime;
        }
    }
    return access;
}

protocol::Access Room::allowedTo(const Guest &guest, protocol::Access invited) const
{
    if (guest.granted || (m_restrained.empty() && m_trusted.empty())) {
        return guest.granted.value_or(invited);
    }
    const std::string user = portraitOf(guest).userId;
    if (user.empty() && m_clock.steadyNow() < guest.mayIntroduce) {
        return guest.machine.access();
    }
    if (const auto it = m_restrained.find(user); it != m_restrained.end()) {
        return std::min(invited, it->second);
    }
    const auto it = m_trusted.find({user, guest.connection->visitor().address});
    return it == m_trusted.end() ? invited : std::max(invited, it->second);
}

void Room::changeAccess(Guest &guest, protocol::Access access)
{
    if (access == guest.machine.access()) {
        return;
    }
    note("access", guest, {{QStringLiteral("access"), accessText(access)}});
    guest.machine.setAccess(access);
    Q_EMIT guestsChanged();
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
            close(guest, protocol::CloseCode::Forbidden,
                  QStringLiteral("You were removed from this session."));
            continue;
        }
        const Visitor &visitor = guest.connection->visitor();
        const std::optional<Pass> &pass = visitor.pass;
        if (!m_rules.invitations || !pass) {
            changeAccess(guest, allowedTo(guest, visitor.access));
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
        } else {
            changeAccess(guest, allowedTo(guest, renewed->access));
        }
    }
    --m_drainDepth;
    drain();
}

void Room::onVisitorChanged(Guest &guest)
{
    changeAccess(guest, allowedTo(guest, guest.connection->visitor().access));
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
