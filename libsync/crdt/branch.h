#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/sequence.h"
#include "libsync/crdt/shared_type.h"

#include <memory>
#include <span>
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

/// The chains of one map, in the order in which their keys were first written.
class KeyChains {
public:
    /// The key must be interned. Null if nothing was ever written for it.
    KeyChain *find(const std::string *key) const;
    KeyChain *add(Branch *parent, const std::string *key);
    std::span<const std::unique_ptr<KeyChain>> all() const { return m_chains; }

private:
    using Index = std::unordered_map<const std::string *, KeyChain *>;

    std::vector<std::unique_ptr<KeyChain>> m_chains;
    std::unique_ptr<Index> m_index; ///< Made once a scan would be slow.
};

/// What a shared type holds: a list part and a map part. Lives as long as its document. Small, as a
/// few bytes of an update make one: what many types lack is made when they need it.
struct Branch {
    struct Observers {
        Signal<const Event &> own;
        Signal<const std::vector<Event> &> deep;
    };

    Branch(Store *store, TypeKind kind, const std::string *name)
        : store(store), name(name), kind(kind), sequence(this)
    {}

    Store *store;
    /// The item whose content this is; null for a root, and once the type was collected.
    Item *item = nullptr;
    /// Root name, or node name of an XML element or hook, or nothing; owned by the Store.
    const std::string *name;
    TypeKind kind;
    bool collected = false;
    /// A format item has been in it: attributes matter when text is placed.
    bool hasFormatting = false;
    /// Something has been in it that counts, but that no text shows: its items tell more than its
    /// length.
    bool hasUnshown = false;
    Sequence sequence;
    std::unique_ptr<Observers> observers;

    bool isRoot() const { return item == nullptr && !collected; }
    bool isDeleted() const { return collected || (item != nullptr && item->deleted()); }
    /// The key must be interned.
    KeyChain *findChain(const std::string *key) const;
    /// Any key will do; null if nothing was ever written for it.
    KeyChain *findChain(std::string_view key) const;
    KeyChain *chain(const std::string *key);
    std::span<const std::unique_ptr<KeyChain>> chains() const
    {
        return m_chains != nullptr ? m_chains->all() : std::span<const std::unique_ptr<KeyChain>>();
    }
    void clearChains() { m_chains.reset(); }

private:
    std::unique_ptr<KeyChains> m_chains;
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
