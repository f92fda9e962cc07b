#include "libsync/crdt/store.h"

#include "libsync/base/check.h"

#include <unordered_map>

namespace cowrite::crdt {

namespace {

/// The items a conflict scan has passed, each with its turn. Few as a rule, so a plain scan first.
class Passed {
public:
    static constexpr std::size_t kNever = static_cast<std::size_t>(-1);

    void add(const Item *item)
    {
        if (!m_index.empty()) {
            m_index.emplace(item, m_items.size());
        }
        m_items.push_back(item);
        if (m_items.size() == kSmall) {
            for (std::size_t i = 0; i < m_items.size(); ++i) {
                m_index.emplace(m_items[i], i);
            }
        }
    }
    std::size_t count() const { return m_items.size(); }
    std::size_t turnOf(const Item *item) const
    {
        if (!m_index.empty()) {
            const auto it = m_index.find(item);
            return it == m_index.end() ? kNever : it->second;
        }
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_items[i] == item) {
                return i;
            }
        }
        return kNever;
    }

private:
    static constexpr std::size_t kSmall = 16;
    std::vector<const Item *> m_items;
    std::unordered_map<const Item *, std::size_t> m_index;
};

} // namespace

//      left        o ... o         right
//   ----[A]----[?]--[?]--[?]--[?]----[B]----
//        ^ origin                     ^ rightOrigin
//
// Between A and B stand items that others wrote there meanwhile. The new item goes to the right of
//   - those with the same origin and a smaller client id, and
//   - those whose origin is an item it has already gone past,
// and stops before the first that belongs to neither (yjs-compat 3.2). `candidates` counts from the
// turn at which the item last moved: what was passed since then may still end up to its right.
void Store::place(Item *item, Item *left, Item *right, Branch *parent, KeyChain *chain)
{
    const auto firstOf = [&] { return chain != nullptr ? chain->first : parent->sequence.first(); };
    const bool adjacent =
        left != nullptr ? left->right == right : right != nullptr && right->left == nullptr;
    if (!adjacent) {
        Passed passed;
        std::size_t candidates = 0;
        const ClientId client = clientIdOf(item->id.client);
        Item *o = left != nullptr ? left->right : firstOf();
        for (; o != nullptr && o != right; o = o->right) {
            passed.add(o);
            if (o->origin == item->origin) {
                if (clientIdOf(o->id.client) < client) {
                    left = o;
                    candidates = passed.count();
                } else if (o->rightOrigin == item->rightOrigin) {
                    break;
                }
            } else if (o->origin.exists()) {
                const std::size_t turn = passed.turnOf(find(o->origin));
                if (turn == Passed::kNever) {
                    break;
                }
                if (turn < candidates) {
                    left = o;
                    candidates = passed.count();
                }
            } else {
                break;
            }
        }
    }
    link(item, left, parent, chain);
}

void Store::link(Item *item, Item *left, Branch *parent, KeyChain *chain)
{
    append(item);
    if (item->kind == ContentKind::Deleted) {
        item->flags |= Item::Deleted;
        open.deleted.push_back({item->id, item->length});
    } else if (item->kind == ContentKind::Format) {
        parent->hasFormatting = true;
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
