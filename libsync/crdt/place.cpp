#include "libsync/crdt/store.h"

#include "libsync/base/check.h"

#include <unordered_map>

namespace cowrite::crdt {

namespace {

/// The items a scan has passed, from `first` on. Whether an item is among them is seldom asked, as
/// most follow their neighbour: then a few are looked through, and of many an index is made.
class Passed {
public:
    static constexpr std::size_t kNever = static_cast<std::size_t>(-1);

    explicit Passed(const Item *first) : m_next(first) {}

    void add() { ++m_count; }
    std::size_t count() const { return m_count; }
    /// When `item` was passed, counted from 0.
    std::size_t turnOf(const Item *item)
    {
        if (m_count <= kFew) {
            const Item *passed = m_next;
            for (std::size_t turn = 0; turn < m_count; ++turn, passed = passed->right) {
                if (passed == item) {
                    return turn;
                }
            }
            return kNever;
        }
        for (; m_index.size() < m_count; m_next = m_next->right) {
            m_index.emplace(m_next, m_index.size());
        }
        const auto it = m_index.find(item);
        return it == m_index.end() ? kNever : it->second;
    }

private:
    static constexpr std::size_t kFew = 16;
    const Item *m_next; ///< The first that is not in the index.
    std::size_t m_count = 0;
    std::unordered_map<const Item *, std::size_t> m_index;
};

/// A scan of more steps leaves a start for later ones. As many as a leaf has items: a test with
/// small nodes wants this small as well.
constexpr std::size_t kLongScan = COWRITE_SEQUENCE_FANOUT;

const void *listOf(const Item *item)
{
    return item->is(Item::Keyed) ? item->home : branchOf(item);
}

/// Whether a scan from `anchor` that passes `item` cannot meet `right` before. One that stands left
/// of `anchor` is never met. Nothing is known of the order of a key's items, which have no
/// rightOrigin unless it is a foreign one.
bool isMetBehind(const Item *item, const Item *anchor, const Item *right)
{
    if (item->is(Item::Keyed)) {
        return false;
    }
    Sequence &sequence = branchOf(item)->sequence;
    return sequence.isBefore(item, right) ||
           (anchor != nullptr && !sequence.isBefore(anchor, right));
}

} // namespace

void Store::place(Item *item, Item *left, Item *right, Branch *parent, KeyChain *chain)
{
    const bool adjacent =
        left != nullptr ? left->right == right : right != nullptr && right->left == nullptr;
    if (left != nullptr && left->lastId() != item->origin) {
        scanStarts.disable(); // Its rightOrigin has cut its origin off `left`.
    }
    if (!adjacent) {
        left = findLeft(item, left, right, parent, chain);
    }
    link(item, left, parent, chain);
}

//      left        o ... o         right
//   ----[A]----[?]--[?]--[?]--[?]----[B]----
//        ^ origin                     ^ rightOrigin
//
// Between A and B stand items that others wrote there meanwhile. The new item goes to the right of
//   - those with the same origin (its siblings) and a smaller client id, and
//   - those whose origin is an item it has already gone past,
// and stops before the first that belongs to neither (yjs-compat 3.2). `candidates` counts from the
// turn at which the item last moved: what was passed since then may still end up to its right.
Item *Store::findLeft(const Item *item, Item *left, const Item *right, Branch *parent,
                      KeyChain *chain)
{
    const ClientId client = clientIdOf(item->id.client);
    const ScanStarts::Siblings siblings{
        chain != nullptr ? static_cast<const void *>(chain) : parent, item->origin};
    Item *sibling = findScanStart(siblings, client, left, right); // The last it moved past.
    Item *o = sibling != nullptr ? sibling
              : left != nullptr  ? left->right
              : chain != nullptr ? chain->first
                                 : parent->sequence.first();
    Passed passed(o);
    std::size_t candidates = 0;
    // When the item that `next` follows by origin was passed; `next` stands behind the last passed.
    const auto turnOfOrigin = [&](const Item *next) {
        if (!next->origin.exists() || passed.count() == 0) {
            return Passed::kNever;
        }
        return next->origin == next->left->lastId() ? passed.count() - 1
                                                    : passed.turnOf(find(next->origin));
    };
    for (; o != nullptr && o != right; o = o->right) {
        if (o->origin == item->origin) {
            passed.add();
            if (clientIdOf(o->id.client) < client) {
                left = sibling = o;
                candidates = passed.count();
            } else if (o->rightOrigin == item->rightOrigin) {
                break;
            }
        } else {
            const std::size_t turn = turnOfOrigin(o);
            if (turn == Passed::kNever) {
                break;
            }
            passed.add();
            if (turn < candidates) {
                left = o;
                candidates = passed.count();
            }
        }
    }
    if (sibling != nullptr && passed.count() > kLongScan) {
        scanStarts.add(siblings, clientIdOf(sibling->id.client), sibling->id);
    }
    if (o != nullptr && o == right && right->origin != item->origin &&
        turnOfOrigin(right) != Passed::kNever) {
        scanStarts.disable();
    }
    return left;
}

// Say that an item belongs to A if its origin is A, or an item that belongs to A. The scan for X
// behind A may begin at its sibling T, as if X had moved there just now, if T has a smaller client
// id and B is behind T. For then X would move to T, unless something left of T stopped it, and
// nothing does:
//
// 1. All between A and T belongs to A. It did when T was placed. A later scan from left of A that
//    comes past A moves on past all that belongs to A: what follows directly behind the place it
//    has moved to has its origin there or before. Only its own B can stop it. Therefore an item
//    whose B belongs to its A, but is no sibling, ends all this. No editor writes one, since it
//    would have seen what is between the two, but a foreign update may hold it.
//
// 2. No sibling S left of T with a larger client id has its B behind T, so none has the B of X. If
//    S came after T, it would have moved to T, unless an older sibling U with the same B and no
//    smaller client id had stopped it: then take U for S. If S came first, T moved past it to an
//    older sibling M between the two with a smaller client id than its own: then take M for T. The
//    oldest such pair has neither a U nor an M.
Item *Store::findScanStart(ScanStarts::Siblings siblings, ClientId client, const Item *anchor,
                           const Item *right)
{
    for (;;) {
        const LocalId start = scanStarts.find(siblings, client);
        if (!start.exists()) {
            return nullptr;
        }
        Item *item = find(start);
        if (item->id == start && item->origin == siblings.origin && !item->isGc() &&
            listOf(item) == siblings.list) {
            return right == nullptr || isMetBehind(item, anchor, right) ? item : nullptr;
        }
        scanStarts.remove(siblings, clientIdOf(start.client)); // Merged away, or collected.
    }
}

void Store::link(Item *item, Item *left, Branch *parent, KeyChain *chain)
{
    append(item);
    if (item->kind == ContentKind::Deleted) {
        item->flags |= Item::Deleted;
        open.deleted.push_back({item->id, item->length, true});
    } else if (item->kind == ContentKind::Format) {
        parent->hasFormatting = true;
    } else if (!isShownInText(item->kind)) {
        parent->hasUnshown = true;
    }

    if (chain != nullptr) {
        item->flags |= Item::Keyed;
        item->home = chain;
        item->left = left;
        item->right = left != nullptr ? left->right : chain->first;
        (left != nullptr ? left->right : chain->first) = item;
        (item->right != nullptr ? item->right->left : chain->last) = item;
    } else {
        parent->sequence.insertAfter(left, item);
    }
    if (item->kind == ContentKind::Type) {
        item->payload.branch->item = item;
    } else if (item->kind == ContentKind::Doc) {
        addSubdoc(item);
    }

    noteChange(parent, chain != nullptr ? chain->key : nullptr);
    if (chain != nullptr && item->right == nullptr && left != nullptr) {
        remove(left);
    }
    if (parent->isDeleted() || (chain != nullptr && item->right != nullptr)) {
        remove(item);
    }
}

} // namespace cowrite::crdt
