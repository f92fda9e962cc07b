#pragma once

#include "libsync/crdt/item.h"

#include <cstdint>
#include <iterator>
#include <map>
#include <tuple>

namespace cowrite::crdt {

/// Items at which a scan among concurrent siblings may begin, so that it need not pass all of them
/// each time (place.cpp says why it may). Only long scans leave one, so most documents have
/// none, and others one for many items.
class ScanStarts {
public:
    /// The items of one list that were written directly behind `origin`.
    struct Siblings {
        const void *list; ///< Branch or KeyChain; only compared.
        LocalId origin;
    };

    /// The sibling with the largest client id below `client`, or nothing. It may have been merged
    /// into another item since.
    LocalId find(Siblings siblings, ClientId client) const
    {
        const auto after = m_starts.lower_bound(keyOf(siblings, client));
        if (after == m_starts.begin()) {
            return {};
        }
        const auto &[key, start] = *std::prev(after);
        return key < keyOf(siblings, 0) ? LocalId{} : start;
    }
    /// `client` is that of `item`, of which the latest is kept.
    void add(Siblings siblings, ClientId client, LocalId item)
    {
        if (m_enabled) {
            m_starts.insert_or_assign(keyOf(siblings, client), item);
        }
    }
    void remove(Siblings siblings, ClientId client) { m_starts.erase(keyOf(siblings, client)); }
    /// From now on there are none.
    void disable()
    {
        m_starts.clear();
        m_enabled = false;
    }

private:
    /// Ordered, as peers choose ids: no hash to aim at.
    using Key = std::tuple<std::uintptr_t, std::uint32_t, Clock, ClientId>;

    static Key keyOf(Siblings siblings, ClientId client)
    {
        return {reinterpret_cast<std::uintptr_t>(siblings.list), siblings.origin.client,
                siblings.origin.clock, client};
    }

    std::map<Key, LocalId> m_starts;
    bool m_enabled = true;
};

} // namespace cowrite::crdt
