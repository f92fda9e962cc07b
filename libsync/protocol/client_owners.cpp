#include "libsync/protocol/client_owners.h"

#include <algorithm>

namespace cowrite::protocol {

bool ClientOwners::claim(crdt::ClientId client, const void *connection)
{
    const auto it = m_owners.find(client);
    if (it == m_owners.end()) {
        if (countOf(connection) >= kMaxClientsPerConnection) {
            return false;
        }
        m_owners.emplace(client, Owner{connection, !hasFirst(connection)});
        return true;
    }
    Owner &owner = it->second;
    if (owner.connection == connection) {
        owner.first = owner.first || !hasFirst(connection);
        return true;
    }
    // The other connection spoke of it beside its own: it may only have passed on what it heard.
    if (owner.first || hasFirst(connection)) {
        return false;
    }
    owner = {connection, true};
    return true;
}

bool ClientOwners::isForeign(crdt::ClientId client, const void *connection) const
{
    const auto it = m_owners.find(client);
    return it != m_owners.end() && it->second.connection != connection;
}

std::vector<crdt::ClientId> ClientOwners::ownedBy(const void *connection) const
{
    std::vector<crdt::ClientId> clients;
    for (const auto &[client, owner] : m_owners) {
        if (owner.connection == connection) {
            clients.push_back(client);
        }
    }
    return clients;
}

void ClientOwners::retire(crdt::ClientId client, const void *connection)
{
    const auto it = m_owners.find(client);
    if (it != m_owners.end() && it->second.connection == connection) {
        it->second.first = false;
    }
}

std::vector<crdt::ClientId> ClientOwners::release(const void *connection)
{
    std::vector<crdt::ClientId> clients = ownedBy(connection);
    for (const crdt::ClientId client : clients) {
        m_owners.erase(client);
    }
    return clients;
}

bool ClientOwners::hasFirst(const void *connection) const
{
    return std::any_of(m_owners.begin(), m_owners.end(), [connection](const auto &entry) {
        return entry.second.connection == connection && entry.second.first;
    });
}

std::size_t ClientOwners::countOf(const void *connection) const
{
    return static_cast<std::size_t>(
        std::count_if(m_owners.begin(), m_owners.end(), [connection](const auto &entry) {
            return entry.second.connection == connection;
        }));
}

} // namespace cowrite::protocol
