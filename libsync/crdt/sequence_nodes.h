#pragma once

#include "libsync/base/check.h"
#include "libsync/crdt/item.h"

#include <cstdint>

namespace cowrite::crdt {

template <unsigned Fanout>
class SequenceTree;

/// The nodes of a SequenceTree, and what can be said and done about one without the rest of the
/// tree.
template <unsigned Fanout>
struct SequenceNodes {
    struct Inner;
    struct Node {
        Inner *parent = nullptr;
        std::uint16_t slot = 0; ///< Which child of its parent.
        std::uint16_t count = 0;
    };
    /// What an item's `home` is: a leaf, or the one for all items of a tree that has no nodes.
    struct Home : Node {
        SequenceTree<Fanout> *tree = nullptr;
    };
    struct Leaf : Home {
        Item *items[Fanout];
    };
    struct Inner : Node {
        Node *children[Fanout];
        std::uint32_t lengths[Fanout]; ///< The visible units below each child.
    };

    static Home *homeOf(const Item *item) { return static_cast<Home *>(item->home); }
    static Leaf *leafOf(const Item *item) { return static_cast<Leaf *>(item->home); }

    /// Where in its leaf an item is.
    static unsigned slotOf(const Leaf *leaf, const Item *item)
    {
        for (unsigned i = 0; i < leaf->count; ++i) {
            if (leaf->items[i] == item) {
                return i;
            }
        }
        COWRITE_CHECK(!"an item's home leaf holds it");
        return 0;
    }

    /// The visible units below a node.
    static std::uint32_t sumOf(const Node *node, bool isLeaf)
    {
        std::uint32_t sum = 0;
        for (unsigned i = 0; i < node->count; ++i) {
            sum += isLeaf ? static_cast<const Leaf *>(node)->items[i]->visibleLength()
                          : static_cast<const Inner *>(node)->lengths[i];
        }
        return sum;
    }

    /// Tells the children from `from` on where they are.
    static void renumber(Inner *parent, unsigned from)
    {
        for (unsigned i = from; i < parent->count; ++i) {
            parent->children[i]->slot = static_cast<std::uint16_t>(i);
            parent->children[i]->parent = parent;
        }
    }

    /// A node and all below it, `height` levels of them. The height is logarithmic in the number of
    /// items, so this recursion is shallow.
    static void destroy(Node *node, unsigned height)
    {
        if (height == 0) {
            delete static_cast<Leaf *>(node);
            return;
        }
        Inner *inner = static_cast<Inner *>(node);
        for (unsigned i = 0; i < inner->count; ++i) {
            destroy(inner->children[i], height - 1);
        }
        delete inner;
    }
};

} // namespace cowrite::crdt
