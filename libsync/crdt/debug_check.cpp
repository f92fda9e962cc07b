#include "libsync/crdt/debug_check.h"

#include "libsync/base/check.h"
#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

using Tree = Sequence::Tree;

/// Counts a subtree by its items and compares with what its parent believes.
std::uint32_t checkNode(const Tree::Node *node, unsigned height, const Tree *tree,
                        std::vector<const Item *> &items)
{
    COWRITE_CHECK(node->count > 0 && node->count <= COWRITE_SEQUENCE_FANOUT);
    std::uint32_t sum = 0;
    if (height == 0) {
        const auto *leaf = static_cast<const Tree::Leaf *>(node);
        COWRITE_CHECK(leaf->tree == tree);
        for (unsigned i = 0; i < leaf->count; ++i) {
            COWRITE_CHECK(Tree::homeOf(leaf->items[i]) == leaf);
            sum += leaf->items[i]->visibleLength();
            items.push_back(leaf->items[i]);
        }
        return sum;
    }
    const auto *inner = static_cast<const Tree::Inner *>(node);
    for (unsigned i = 0; i < inner->count; ++i) {
        COWRITE_CHECK(inner->children[i]->parent == inner && inner->children[i]->slot == i);
        const std::uint32_t length = checkNode(inner->children[i], height - 1, tree, items);
        COWRITE_CHECK(length == inner->lengths[i]);
        sum += length;
    }
    return sum;
}

void checkSequence(Branch &branch)
{
    Sequence &sequence = branch.sequence;
    const Tree &tree = sequence.tree();
    COWRITE_CHECK(tree.owner() == &branch);
    std::vector<const Item *> items;
    if (tree.isIndexed()) {
        COWRITE_CHECK(checkNode(tree.root(), tree.height(), &tree, items) == sequence.length());
    }

    const Sequence::Place cursor = sequence.cursor();
    std::uint32_t offset = 0;
    std::size_t at = 0;
    const Item *before = nullptr;
    for (const Item *item = sequence.first(); item != nullptr; item = item->right, ++at) {
        COWRITE_CHECK(item->left == before && !item->is(Item::Keyed));
        COWRITE_CHECK(Tree::homeOf(item)->tree == &tree);
        COWRITE_CHECK(item != cursor.item || cursor.start == offset);
        if (tree.isIndexed()) {
            COWRITE_CHECK(at < items.size() && items[at] == item);
            COWRITE_CHECK(tree.offsetOf(item) == offset);
            COWRITE_CHECK(item->visibleLength() == 0 || tree.find(offset).item == item);
        }
        if (item->kind == ContentKind::Format) {
            COWRITE_CHECK(branch.hasFormatting);
        }
        COWRITE_CHECK(!item->countable() || isShownInText(item->kind) || branch.hasUnshown);
        offset += item->visibleLength();
        before = item;
    }
    COWRITE_CHECK(before == sequence.last() && offset == sequence.length());
    COWRITE_CHECK(!tree.isIndexed() || at == items.size());
}

void checkChains(const Branch &branch)
{
    for (const auto &chain : branch.chains()) {
        COWRITE_CHECK(chain->parent == &branch && branch.findChain(chain->key) == chain.get());
        const Item *before = nullptr;
        for (const Item *item = chain->first; item != nullptr; item = item->right) {
            COWRITE_CHECK(item->is(Item::Keyed) && chainOf(item) == chain.get());
            COWRITE_CHECK(item->left == before);
            // All but the last were overwritten. A run of values that something foreign was
            // anchored in is cut, and its front lives on, as with Yjs.
            COWRITE_CHECK(item->deleted() || item->right == nullptr ||
                          chainOf(branch.store->find(item->id.at(item->length))) == chain.get());
            before = item;
        }
        COWRITE_CHECK(before == chain->last);
    }
}

void checkStructs(const Store &store)
{
    for (std::uint32_t index = 0; index < store.clients.size(); ++index) {
        const ClientRecord &client = store.clients[index];
        Clock clock = 0;
        std::size_t count = 0;
        client.structs.forEach([&](const Item *item) {
            COWRITE_CHECK(item->id == (LocalId{index, clock}) && item->length > 0);
            COWRITE_CHECK(item->isGc() ? item->deleted() && item->home == nullptr
                                       : item->home != nullptr);
            COWRITE_CHECK(item->kind != ContentKind::Deleted || item->deleted());
            COWRITE_CHECK(item->is(Item::Redone) == (store.redone.count(item->id) > 0));
            if (!item->isGc() && item->kind == ContentKind::Type) {
                COWRITE_CHECK(item->payload.branch->item == item);
            }
            if (item->kind == ContentKind::Doc) {
                COWRITE_CHECK(item->payload.subdoc->item == item);
            }
            COWRITE_CHECK(!item->origin.exists() || store.knows(item->origin));
            COWRITE_CHECK(!item->rightOrigin.exists() || store.knows(item->rightOrigin));
            clock = item->end();
            ++count;
        });
        COWRITE_CHECK(clock == client.nextClock && count == client.structs.size());
    }
}

} // namespace

void debugCheck(Doc &doc)
{
    Store &store = doc.store();
    COWRITE_CHECK(store.depth == 0);
    checkStructs(store);
    for (Branch &branch : store.branches) {
        COWRITE_CHECK(!branch.collected || branch.sequence.first() == nullptr);
        checkSequence(branch);
        checkChains(branch);
    }
}

} // namespace cowrite::crdt
