#pragma once

#include "libsync/crdt/id.h"

#include <functional>
#include <map>
#include <vector>

namespace cowrite::crdt {

/// A half-open run of clocks of one client.
struct ClockRange {
    Clock clock = 0;
    Clock length = 0;

    Clock end() const { return clock + length; }
    friend bool operator==(const ClockRange &, const ClockRange &) = default;
};

/// A set of unit ids, kept as ranges per client. Despite its name (the field's) it is used wherever
/// a set of ids is needed: deletions, and the insertions an undo step covers.
/// Iterates by descending client id, the order of the wire (yjs-compat 3.5).
class DeleteSet {
public:
    using Ranges = std::vector<ClockRange>;
    using Clients = std::map<ClientId, Ranges, std::greater<>>;

    /// Adds a range; an empty one is ignored. Ranges appended in ascending order stay normalised,
    /// anything else needs normalize() before the set is read.
    void add(ClientId client, ClockRange range);
    void add(const DeleteSet &other);
    /// Sorts every client's ranges and joins those that touch or overlap.
    void normalize();

    /// The following four need a normalised set.
    bool contains(Id id) const;
    const Ranges *find(ClientId client) const;
    /// The parts of `other` that are not in this set.
    DeleteSet missingFrom(const DeleteSet &other) const;
    bool covers(const DeleteSet &other) const;

    bool empty() const { return m_clients.empty(); }
    std::size_t clientCount() const { return m_clients.size(); }
    void clear() { m_clients.clear(); }
    Clients::const_iterator begin() const { return m_clients.begin(); }
    Clients::const_iterator end() const { return m_clients.end(); }

    friend bool operator==(const DeleteSet &, const DeleteSet &) = default;

private:
    Clients m_clients;
};

} // namespace cowrite::crdt
