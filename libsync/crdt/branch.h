#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/sequence.h"
#include "libsync/crdt/shared_type.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cowrite::crdt {

struct Store;

/// All items ever written for one key of one map, ordered like a text; the last one is the value
/// (yjs-compat 3.3).
struct KeyChain {
    Branch *parent = nullptr;
    const std::string *key = nullptr; ///< Interned by the Store.
    Item *first = nullptr;
    Item *last = nullptr;

    const Item *current() const { return last != nullptr && !last->deleted() ? last : nullptr; }
};

/// What a shared type holds: a list part and a map part. Lives as long as its document.
struct Branch {
    struct Observers {
        Signal<const Event &> own;
        Signal<const std::vector<Event> &> deep;
    };

    Branch(Store *store, TypeKind kind) : store(store), kind(kind), sequence(this) {}

    Store *store;
    /// The item whose content this is; null for a root, and once the type was collected.
    Item *item = nullptr;
    TypeKind kind;
    bool collected = false;
    /// A format item has been in it: attributes matter when text is placed.
    bool hasFormatting = false;
    /// Root name, or node name of an XML element or hook.
    std::string name;
    Sequence sequence;
    std::vector<std::unique_ptr<KeyChain>> chains;
    std::unique_ptr<Observers> observers;

    bool isRoot() const { return item == nullptr && !collected; }
    bool isDeleted() const { return collected || (item != nullptr && item->deleted()); }
    /// The key must be interned.
    KeyChain *findChain(const std::string *key) const;
    /// Any key will do; null if nothing was ever written for it.
    KeyChain *findChain(std::string_view key) const;
    KeyChain *chain(const std::string *key);
    void clearChains()
    {
        m_index.clear();
        chains.clear();
    }

private:
    /// Filled once a scan of `chains` would be slow.
    std::unordered_map<const std::string *, KeyChain *> m_index;
};

inline Branch *branchOf(const Item *item)
{
    return item->is(Item::Keyed) ? static_cast<KeyChain *>(item->home)->parent
                                 : Sequence::treeOf(item)->owner();
}
inline KeyChain *chainOf(const Item *item)
{
    return item->is(Item::Keyed) ? static_cast<KeyChain *>(item->home) : nullptr;
}
/// The branch above, or null for a root.
inline Branch *parentOf(const Branch *branch)
{
    return branch->item != nullptr && branch->item->home != nullptr ? branchOf(branch->item)
                                                                    : nullptr;
}
bool isWithin(const Branch *ancestor, const Branch *branch);
/// Steps from `ancestor` down to `branch`, which is within it.
Path pathBetween(const Branch *ancestor, const Branch *branch);
/// Made on first use; from then on the document notes which types change.
Branch::Observers &observersOf(Branch *branch);

} // namespace cowrite::crdt
