#include "libsync/crdt/redoer.h"

namespace cowrite::crdt {

bool Redoer::run(const std::function<void(Item *)> &created)
{
    bool any = false;
    for (Item *item : m_items) {
        any = redoWithParents(item) != nullptr || any;
        for (Item *made : m_created) {
            created(made);
        }
        m_created.clear();
    }
    return any;
}

/// The item that stands for `item` now, split so that it begins where that began.
Item *Redoer::newestStart(Item *item)
{
    while (item->is(Item::Redone)) {
        item = m_store.findStart(m_store.redone.at(item->id));
    }
    return item;
}

/// A deleted parent comes back first, if it is among what is redone; otherwise there is no place.
Item *Redoer::redoWithParents(Item *item)
{
    if (item->is(Item::Redone)) {
        return m_store.findStart(m_store.redone.at(item->id));
    }
    std::vector<Item *> chain{item};
    for (Item *above = branchOf(item)->item;
         above != nullptr && above->deleted() && !above->is(Item::Redone);
         above = branchOf(above)->item) {
        if (m_set.count(above) == 0) {
            return nullptr;
        }
        chain.push_back(above);
    }
    Item *made = nullptr;
    for (auto next = chain.rbegin(); next != chain.rend(); ++next) {
        made = redo(*next);
        if (made == nullptr) {
            return nullptr;
        }
    }
    return made;
}

Item *Redoer::redo(Item *item)
{
    Item *parentItem = branchOf(item)->item;
    if (parentItem != nullptr && parentItem->deleted()) {
        parentItem = newestStart(parentItem);
    }
    if (parentItem != nullptr && parentItem->kind != ContentKind::Type) {
        return nullptr;
    }
    Branch *target = parentItem != nullptr ? parentItem->payload.branch : branchOf(item);

    Item *left = nullptr;
    Item *right = nullptr;
    KeyChain *chain = nullptr;
    if (const KeyChain *old = chainOf(item)) {
        chain = target->chain(old->key);
        if (!findKeyPlace(item, target, chain, &left)) {
            return nullptr;
        }
    } else {
        // The nearest neighbours, or what became of them, that live where the copy goes.
        for (Item *near = item->left; near != nullptr && left == nullptr; near = near->left) {
            left = traceInto(target, near);
        }
        for (Item *near = item; near != nullptr && right == nullptr; near = near->right) {
            right = traceInto(target, near);
            // An old tombstone's copy may stand left of what was written between the two since. Yjs
            // takes it all the same, and then other replicas put the new item somewhere else.
            if (right != nullptr && left != nullptr && !target->sequence.isBefore(left, right)) {
                right = nullptr;
            }
        }
    }

    Item *copy = copyOf(item);
    copy->origin = left != nullptr ? left->lastId() : LocalId{};
    copy->rightOrigin = right != nullptr ? right->id : LocalId{};
    m_store.redone[item->id] = copy->id;
    item->flags |= Item::Redone;
    m_store.place(copy, left, right, target, chain);
    m_created.push_back(copy);
    return copy;
}

/// False if somebody else's value has taken the key since: that one stays.
bool Redoer::findKeyPlace(Item *item, const Branch *target, KeyChain *chain, Item **left)
{
    *left = chain->last;
    if (item->right == nullptr) {
        return true;
    }
    Item *last = item;
    while (last->right != nullptr &&
           (last->right->is(Item::Redone) || m_goesAway(m_store.toId(last->right->id)))) {
        last = newestStart(last->right);
    }
    if (last->right != nullptr) {
        return false;
    }
    if (!last->isGc() && branchOf(last) == target) {
        *left = last;
    }
    return true;
}

/// `item`, or the newest of its copies on the way, that is in `target`; null if none is.
Item *Redoer::traceInto(const Branch *target, Item *item)
{
    while (item->isGc() || branchOf(item) != target) {
        if (!item->is(Item::Redone)) {
            return nullptr;
        }
        item = m_store.findStart(m_store.redone.at(item->id));
    }
    return item;
}

Item *Redoer::copyOf(Item *item)
{
    Item *copy = m_store.newItem(item->kind, item->length, nullptr, nullptr);
    switch (item->kind) {
    case ContentKind::String:
        copy->payload.text =
            m_store.clients[copy->id.client].text.append({item->payload.text, item->length});
        break;
    case ContentKind::Type:
        copy->payload.branch =
            m_store.makeBranch(item->payload.branch->kind, *item->payload.branch->name);
        break;
    case ContentKind::Doc:
        copy->payload.subdoc = m_store.makeSubdoc(item->payload.subdoc->content);
        break;
    case ContentKind::Deleted:
    case ContentKind::Gc:
        break;
    default:
        copy->payload.content = new Content(*item->payload.content);
        break;
    }
    return copy;
}

} // namespace cowrite::crdt
