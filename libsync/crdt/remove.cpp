#include "libsync/crdt/store.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::crdt {

/// Deleting a type deletes all below it. The items to visit are a list, not the stack: a peer
/// decides how deep types nest.
void Store::remove(Item *top)
{
    std::vector<Item *> rest{top};
    // A child that is deleted already becomes Gc beside others now. It is noted in its turn, as the
    // order of the attempts to merge decides what they give.
    const auto visitChild = [&](Item *child) {
        if (!child->deleted() || child->id.clock < clockBefore(child->id.client)) {
            rest.push_back(child);
        }
    };
    while (!rest.empty()) {
        Item *item = rest.back();
        rest.pop_back();
        if (item->deleted()) {
            if (item != top) {
                open.mergeCandidates.push_back(item->id);
            }
            continue;
        }
        const std::uint32_t units = item->visibleLength();
        item->flags |= Item::Deleted;
        open.structural = true;
        Branch *parent = branchOf(item);
        KeyChain *chain = chainOf(item);
        if (chain == nullptr) {
            parent->sequence.adjust(item, 0U - units);
        }
        open.deleted.push_back({item->id, item->length, false});
        noteChange(parent, chain != nullptr ? chain->key : nullptr);
        if (item->kind == ContentKind::Type) {
            const Branch *branch = item->payload.branch;
            const auto mark = static_cast<std::ptrdiff_t>(rest.size());
            for (Item *child = branch->sequence.first(); child != nullptr; child = child->right) {
                visitChild(child);
            }
            for (const auto &below : branch->chains()) {
                // The last is the value. Foreign updates can leave others alive beside it.
                for (Item *child = below->first; child != nullptr; child = child->right) {
                    if (child == below->last || !child->deleted()) {
                        visitChild(child);
                    }
                }
            }
            std::reverse(rest.begin() + mark, rest.end()); // First child first.
        } else if (item->kind == ContentKind::Doc) {
            removeSubdoc(item);
        }
    }
}

/// yjs-compat 3.7: what this transaction deleted loses its content; children of a deleted type
/// become Gc, while the type's own item stays and keeps its place.
void Store::collectDeleted(const std::vector<OpenTransaction::Deleted> &deleted)
{
    for (const OpenTransaction::Deleted &range : deleted) {
        if (range.isCollected) {
            continue;
        }
        const StructList &structs = clients[range.id.client].structs;
        structs.forEach(range.id.clock, range.id.clock + range.length, [&](Item *item) {
            if (!item->isGc() && item->deleted() && !item->is(Item::Keep)) {
                if (item->kind == ContentKind::Type) {
                    collectChildren(item->payload.branch);
                }
                releaseContent(item);
                item->kind = ContentKind::Deleted;
            }
        });
    }
}

void Store::collectChildren(Branch *top)
{
    std::vector<Branch *> rest{top};
    const auto collect = [&](Item *item) {
        COWRITE_CHECK(item->deleted());
        if (item->kind == ContentKind::Type) {
            rest.push_back(item->payload.branch);
        }
        collectAsGc(item);
    };
    while (!rest.empty()) {
        Branch *branch = rest.back();
        rest.pop_back();
        for (Item *item = branch->sequence.first(); item != nullptr;) {
            Item *next = item->right;
            collect(item);
            item = next;
        }
        branch->sequence.clear();
        for (const auto &chain : branch->chains()) {
            for (Item *item = chain->first; item != nullptr;) {
                Item *next = item->right;
                collect(item);
                item = next;
            }
        }
        branch->clearChains();
        branch->item = nullptr; // It may merge with a neighbour and vanish.
        branch->collected = true;
    }
}

void Store::collectAsGc(Item *item)
{
    if (item->is(Item::Redone)) {
        redone.erase(item->id);
    }
    releaseContent(item);
    item->kind = ContentKind::Gc;
    item->flags = Item::Deleted;
    item->left = nullptr;
    item->right = nullptr;
    item->home = nullptr;
    item->origin = {};
    item->rightOrigin = {};
}

} // namespace cowrite::crdt
