#pragma once

#include "libsync/crdt/id.h"

#include <functional>
#include <map>

namespace cowrite::crdt {

/// For each client the clock of the next unit a replica expects; a client that is absent is at 0.
/// Iterates by descending client id, which is the order in which Yjs writes it.
class StateVector {
public:
    using Entries = std::map<ClientId, Clock, std::greater<>>;

    [[nodiscard]] Clock get(ClientId client) const
    {
        const auto it = m_entries.find(client);
        return it == m_entries.end() ? 0 : it->second;
    }
    /// Clock 0 is the same as absence and removes the entry.
    void set(ClientId client, Clock clock)
    {
        if (clock == 0) {
            m_entries.erase(client);
        } else {
            m_entries[client] = clock;
        }
    }
    /// True when everything `other` has seen, this has seen as well.
    [[nodiscard]] bool covers(const StateVector &other) const
    {
        for (const auto &[client, clock] : other.m_entries) {
            if (get(client) < clock) {
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] Entries::const_iterator begin() const { return m_entries.begin(); }
    [[nodiscard]] Entries::const_iterator end() const { return m_entries.end(); }

    friend bool operator==(const StateVector &, const StateVector &) = default;

private:
    Entries m_entries;
};

} // namespace cowrite::crdt
