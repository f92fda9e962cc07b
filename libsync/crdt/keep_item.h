#pragma once

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

/// Keeps the item, and what it is in, from being collected; or no longer.
inline void setKeep(Item *item, bool keep)
{
    while (item != nullptr && !item->isGc() && item->is(Item::Keep) != keep) {
        item->flags ^= Item::Keep;
        item = branchOf(item)->item;
    }
}

} // namespace cowrite::crdt
