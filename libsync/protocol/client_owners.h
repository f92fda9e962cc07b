#pragma once

#include "libsync/crdt/id.h"

#include <cstddef>
#include <map>
#include <vector>

namespace cowrite::protocol {

/// Client ids of one connection: a person's browser tabs, at most.
inline constexpr std::size_t kMaxClientsPerConnection = 16;

/// Which connection of a room speaks for which client id in awareness, so that nobody can speak for
/// somebody else (yjs-compat 10.2, rule 13). One for each room; a connection is known by an
/// address.
///
/// An id belongs to the connection that introduced it. The first id of a connection is its own; any
/// further ones may be those of other tabs of a browser, which tell each other's states to the
/// server, so such an id passes to the connection that introduces it as its first.
class ClientOwners {
public:
    /// True if `connection` may speak for `client`, which it owns from now on. False for an id of
    /// another connection and for the seventeenth of this one.
    [[nodiscard]] bool claim(crdt::ClientId client, const void *connection);
    /// True if another connection speaks for `client`.
    [[nodiscard]] bool isForeign(crdt::ClientId client, const void *connection) const;
    [[nodiscard]] std::vector<crdt::ClientId> ownedBy(const void *connection) const;
    /// The client said that it is gone. It stays with its connection, which may now introduce
    /// another one as its first; a new connection that begins with this id takes it over.
    void retire(crdt::ClientId client, const void *connection);
    /// The connection has ended; returns what it owned.
    std::vector<crdt::ClientId> release(const void *connection);

private:
    struct Owner {
        const void *connection = nullptr;
        bool first = false;
    };

    [[nodiscard]] bool hasFirst(const void *connection) const;
    [[nodiscard]] std::size_t countOf(const void *connection) const;

    std::map<crdt::ClientId, Owner> m_owners;
};

} // namespace cowrite::protocol
