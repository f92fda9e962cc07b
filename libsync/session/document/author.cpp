#include "libsync/session/document/author.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/doc.h"
#include "libsync/protocol/presence.h"
#include "libsync/session/document/map_fields.h"

#include <QCoreApplication>

#include <vector>

namespace cowrite::session {

namespace {

using crdt::Any;

/// Nobody in particular.
constexpr const char *kUnknownColor = "#868e96";

Author authorOf(const std::string &user, const Any &name, const Any &color)
{
    // Names and colours of others are checked in one place.
    const Any state = Any::object(
        lib0::AnyObject{{"user", Any::object(lib0::AnyObject{{"name", name}, {"color", color}})}});
    const protocol::Presence presence = protocol::presenceFromState(0, state);
    return {QString::fromStdString(user), QString::fromStdString(presence.name),
            QString::fromStdString(presence.color)};
}

Any plain(const crdt::Map &map, std::string_view key)
{
    const std::optional<crdt::Value> value = map.get(key);
    return value ? value->any() : Any();
}

} // namespace

Authors::Authors(crdt::Doc &doc, const protocol::Awareness &awareness,
                 std::function<Identity()> self)
    : m_doc(doc), m_awareness(awareness), m_self(std::move(self))
{
    if (const Result<crdt::Map> users = m_doc.map("users")) {
        m_subscription = users->observeDeep([this](const std::vector<crdt::Event> &) {
            m_isRead = false;
            changed.emit();
        });
    }
}

void Authors::read() const
{
    m_isRead = true;
    m_userOfClient.clear();
    m_users.clear();
    const Result<crdt::Map> users = m_doc.map("users");
    if (!users) {
        return;
    }
    for (const auto &[userId, value] : users->entries()) {
        if (!value.isType() || value.type().kind() != crdt::TypeKind::Map) {
            continue;
        }
        const crdt::Map user(value.type());
        m_users.emplace(userId, authorOf(userId, plain(user, "name"), plain(user, "color")));
        const std::optional<crdt::Value> clients = user.get("clients");
        if (!clients || !clients->isType() || clients->type().kind() != crdt::TypeKind::Array) {
            continue;
        }
        for (const crdt::Value &client : crdt::Array(clients->type()).values()) {
            const auto id = wholeNumber(client.any(), limits::kMaxSafeInteger);
            if (id && *id > 0) { // which is nobody
                m_userOfClient.emplace(*id, userId);
            }
        }
    }
}

Author Authors::byUser(const std::string &user) const
{
    const Identity self = m_self();
    if (self.userId.toStdString() == user) {
        return {self.userId, self.name, self.color};
    }
    if (const auto known = m_users.find(user); known != m_users.end()) {
        return known->second;
    }
    for (const protocol::Presence &person :
         protocol::presences(m_awareness, protocol::IncludeSelf::No)) {
        if (person.userId == user) {
            return {QString::fromStdString(user), QString::fromStdString(person.name),
                    QString::fromStdString(person.color)};
        }
    }
    return {QString::fromStdString(user), QCoreApplication::translate("Author", "Somebody"),
            QLatin1String(kUnknownColor)};
}

Author Authors::find(crdt::ClientId client, const std::string &user) const
{
    if (!m_isRead) {
        read();
    }
    if (const auto known = m_userOfClient.find(client); known != m_userOfClient.end()) {
        return byUser(known->second); // never client 0, which is nobody
    }
    if (!user.empty()) {
        return byUser(user);
    }
    const auto state = m_awareness.states().find(client);
    if (client != 0 && state != m_awareness.states().end()) {
        const protocol::Presence person = protocol::presenceFromState(client, state->second.state);
        return {QString::fromStdString(person.userId), QString::fromStdString(person.name),
                QString::fromStdString(person.color)};
    }
    const QString color = client == 0 ? QString::fromLatin1(kUnknownColor)
                                      : palette().at(static_cast<qsizetype>(
                                            client % static_cast<std::uint64_t>(palette().size())));
    return {QString(), QCoreApplication::translate("Author", "Somebody"), color};
}

} // namespace cowrite::session
