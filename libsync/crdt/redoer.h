#pragma once

#include "libsync/crdt/store.h"

#include <functional>
#include <unordered_set>
#include <vector>

namespace cowrite::crdt {

/// Re-creates deleted items at their old places, as new items (yjs-compat 6, "redo of an item").
class Redoer {
public:
    /// `goesAway` says whether a value on the way of a map entry is one the owner undoes as well.
    Redoer(Store &store, const std::vector<Item *> &items, std::function<bool(Id)> goesAway)
        : m_store(store),
          m_items(items),
          m_set(items.begin(), items.end()),
          m_goesAway(std::move(goesAway))
    {}

    /// Calls `created` for each new item. True if there was any item to be had.
    bool run(const std::function<void(Item *)> &created);

private:
    Item *redoWithParents(Item *item);
    Item *redo(Item *item);
    bool findKeyPlace(Item *item, const Branch *target, KeyChain *chain, Item **left);
    Item *traceInto(const Branch *target, Item *item);
    Item *copyOf(Item *item);
    Item *newestStart(Item *item);

    Store &m_store;
    const std::vector<Item *> &m_items;
    std::unordered_set<const Item *> m_set;
    std::function<bool(Id)> m_goesAway;
    std::vector<Item *> m_created;
};

} // namespace cowrite::crdt
