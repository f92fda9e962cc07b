#pragma once

#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

/// Calls `visit` for each struct in the ranges as far as they are known, split so that none reaches
/// beyond. Within a transaction.
template <class Visit>
void forEachStruct(Store &store, ClientId clientId, DeleteSet::Ranges ranges, Visit visit)
{
    const std::uint32_t client = store.findClient(clientId);
    if (client == LocalId::kNoClient) {
        return;
    }
    for (const ClockRange &range : ranges) {
        const Clock end = std::min(range.end(), store.stateOf(client));
        for (Clock clock = range.clock; clock < end;) {
            Item *item = store.findStart({client, clock});
            if (item->end() > end && !item->isGc()) {
                store.split(item, end - item->id.clock);
            }
            clock = item->end();
            visit(item);
        }
    }
}

} // namespace cowrite::crdt
