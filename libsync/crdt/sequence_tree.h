#pragma once

#include "libsync/base/check.h"
#include "libsync/crdt/item.h"
#include "libsync/crdt/sequence_nodes.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cowrite::crdt {

/// Order statistics over the items of one sequence: a B+tree whose inner nodes count the visible
/// units below each child. Offset to item and item to offset in O(log n), insertion and removal
/// too, whatever the pattern of edits (it stands where Yjs has its search markers).
///
/// Nodes are made when the first place is asked for: until then the tree only counts, so that a
/// document that is loaded, merged and sent on pays for no index.
///
/// The tree owns its nodes, not the items. An item's `home` is its leaf, or before that the one
/// Home of all items.
template <unsigned Fanout>
class SequenceTree {
    static_assert(Fanout >= 4, "a node must split into two legal halves");
    using Nodes = SequenceNodes<Fanout>;

public:
    using Node = typename Nodes::Node;
    using Home = typename Nodes::Home;
    using Leaf = typename Nodes::Leaf;
    using Inner = typename Nodes::Inner;

    struct Place {
        Item *item = nullptr;
        std::uint32_t start = 0; ///< Visible offset of the item's first unit.
    };

    explicit SequenceTree(Branch *owner) : m_owner(owner) { m_unindexed.tree = this; }
    ~SequenceTree() { clear(); }
    SequenceTree(const SequenceTree &) = delete;
    SequenceTree &operator=(const SequenceTree &) = delete;

    Branch *owner() const { return m_owner; }
    std::uint32_t length() const { return m_length; }
    static Home *homeOf(const Item *item) { return Nodes::homeOf(item); }

    bool isIndexed() const { return m_root != nullptr; }
    /// Makes the nodes over all items, which are linked from `first` on; it is not null.
    void index(Item *first);

    /// Puts `item` directly after `left`, or first when `left` is null.
    void insertAfter(Item *left, Item *item);
    /// Drops all nodes; the items keep a stale home.
    void clear();
    /// Takes an item out; its visible units go with it.
    void remove(Item *item);
    /// The visible length of `item` changed by `delta`, modulo 2^32.
    void adjust(const Item *item, std::uint32_t delta);

    /// The item that holds the visible unit at `offset`, which is below length(). Only when
    /// indexed.
    Place find(std::uint32_t offset) const;
    /// The visible units before `item`. Only when indexed.
    std::uint32_t offsetOf(const Item *item) const;
    /// Whether `a` stands left of `b`, both of one tree. Only when indexed.
    static bool isBefore(const Item *a, const Item *b);

    const Node *root() const { return m_root; }
    unsigned height() const { return m_height; }

private:
    /// How full index() makes nodes: edits find room, and do not split them all.
    static constexpr unsigned kFill = Fanout - Fanout / 4;

    /// A node with the visible units below it.
    struct Counted {
        Node *node;
        std::uint32_t length;
    };

    Leaf *makeLeaf();
    void addSibling(Node *node, Node *sibling, std::uint32_t siblingLength);
    void dropNode(Node *node, bool isLeaf);

    Branch *m_owner;
    Home m_unindexed;
    Node *m_root = nullptr;
    unsigned m_height = 0; ///< Inner levels above the leaves.
    std::uint32_t m_length = 0;
};

template <unsigned Fanout>
void SequenceTree<Fanout>::clear()
{
    if (m_root != nullptr) {
        Nodes::destroy(m_root, m_height);
    }
    m_root = nullptr;
    m_height = 0;
    m_length = 0;
}

template <unsigned Fanout>
auto SequenceTree<Fanout>::makeLeaf() -> Leaf *
{
    Leaf *leaf = new Leaf;
    leaf->tree = this;
    return leaf;
}

template <unsigned Fanout>
void SequenceTree<Fanout>::index(Item *first)
{
    std::vector<Counted> level;
    for (Item *item = first; item != nullptr;) {
        Leaf *leaf = makeLeaf();
        for (; item != nullptr && leaf->count < kFill; item = item->right) {
            leaf->items[leaf->count++] = item;
            item->home = leaf;
        }
        level.push_back({leaf, Nodes::sumOf(leaf, true)});
    }
    while (level.size() > 1) {
        std::vector<Counted> above;
        for (std::size_t i = 0; i < level.size();) {
            Inner *inner = new Inner;
            for (; i < level.size() && inner->count < kFill; ++i) {
                inner->children[inner->count] = level[i].node;
                inner->lengths[inner->count] = level[i].length;
                ++inner->count;
            }
            Nodes::renumber(inner, 0);
            above.push_back({inner, Nodes::sumOf(inner, false)});
        }
        level = std::move(above);
        ++m_height;
    }
    m_root = level.front().node;
}

template <unsigned Fanout>
void SequenceTree<Fanout>::insertAfter(Item *left, Item *item)
{
    if (!isIndexed()) {
        item->home = &m_unindexed;
        m_length += item->visibleLength();
        return;
    }
    Leaf *leaf;
    unsigned at = 0;
    if (left != nullptr) {
        leaf = Nodes::leafOf(left);
        at = Nodes::slotOf(leaf, left) + 1;
    } else {
        Node *node = m_root;
        for (unsigned level = m_height; level > 0; --level) {
            node = static_cast<Inner *>(node)->children[0];
        }
        leaf = static_cast<Leaf *>(node);
    }

    if (leaf->count == Fanout) {
        Leaf *sibling = makeLeaf();
        // Appending is by far the most frequent: leave full leaves behind then.
        const unsigned keep = at == Fanout ? Fanout - 1 : Fanout / 2;
        for (unsigned i = keep; i < Fanout; ++i) {
            sibling->items[sibling->count++] = leaf->items[i];
            leaf->items[i]->home = sibling;
        }
        leaf->count = static_cast<std::uint16_t>(keep);
        addSibling(leaf, sibling, Nodes::sumOf(sibling, true));
        if (at > keep) {
            at -= keep;
            leaf = sibling;
        }
    }
    for (unsigned i = leaf->count; i > at; --i) {
        leaf->items[i] = leaf->items[i - 1];
    }
    leaf->items[at] = item;
    ++leaf->count;
    item->home = leaf;
    adjust(item, item->visibleLength());
}

/// Hangs `sibling`, whose units were split off `node`, behind it.
template <unsigned Fanout>
void SequenceTree<Fanout>::addSibling(Node *node, Node *sibling, std::uint32_t siblingLength)
{
    for (;;) {
        Inner *parent = node->parent;
        if (parent == nullptr) {
            Inner *root = new Inner;
            root->children[0] = node;
            root->lengths[0] = m_length - siblingLength;
            root->children[1] = sibling;
            root->lengths[1] = siblingLength;
            root->count = 2;
            Nodes::renumber(root, 0);
            m_root = root;
            ++m_height;
            return;
        }
        parent->lengths[node->slot] -= siblingLength;
        unsigned at = node->slot + 1U;
        Inner *target = parent;
        Inner *upper = nullptr;
        if (parent->count == Fanout) {
            upper = new Inner;
            const unsigned keep = at == Fanout ? Fanout - 1 : Fanout / 2;
            for (unsigned i = keep; i < Fanout; ++i) {
                upper->children[upper->count] = parent->children[i];
                upper->lengths[upper->count] = parent->lengths[i];
                ++upper->count;
            }
            parent->count = static_cast<std::uint16_t>(keep);
            Nodes::renumber(upper, 0);
            if (at > keep) {
                at -= keep;
                target = upper;
            }
        }
        for (unsigned i = target->count; i > at; --i) {
            target->children[i] = target->children[i - 1];
            target->lengths[i] = target->lengths[i - 1];
        }
        target->children[at] = sibling;
        target->lengths[at] = siblingLength;
        ++target->count;
        Nodes::renumber(target, at);
        if (upper == nullptr) {
            return;
        }
        node = parent;
        sibling = upper;
        siblingLength = Nodes::sumOf(upper, false);
    }
}

template <unsigned Fanout>
void SequenceTree<Fanout>::remove(Item *item)
{
    adjust(item, 0U - item->visibleLength());
    if (!isIndexed()) {
        return;
    }
    Leaf *leaf = Nodes::leafOf(item);
    for (unsigned i = Nodes::slotOf(leaf, item) + 1; i < leaf->count; ++i) {
        leaf->items[i - 1] = leaf->items[i];
    }
    --leaf->count;
    item->home = nullptr;
    if (leaf->count == 0) {
        dropNode(leaf, true);
    }
}

/// Removes a node that became empty, and every ancestor that becomes empty by it. Nodes that are
/// only thin stay: sequences shrink by merging, and what merged grows again at the same place.
template <unsigned Fanout>
void SequenceTree<Fanout>::dropNode(Node *node, bool isLeaf)
{
    for (;;) {
        Inner *parent = node->parent;
        const unsigned slot = node->slot;
        if (isLeaf) {
            delete static_cast<Leaf *>(node);
        } else {
            delete static_cast<Inner *>(node);
        }
        isLeaf = false;
        if (parent == nullptr) {
            m_root = nullptr;
            m_height = 0;
            return;
        }
        for (unsigned i = slot + 1; i < parent->count; ++i) {
            parent->children[i - 1] = parent->children[i];
            parent->lengths[i - 1] = parent->lengths[i];
        }
        --parent->count;
        Nodes::renumber(parent, slot);
        if (parent->count > 0) {
            break;
        }
        node = parent;
    }
    while (m_height > 0 && m_root->count == 1) {
        Inner *root = static_cast<Inner *>(m_root);
        m_root = root->children[0];
        m_root->parent = nullptr;
        m_root->slot = 0;
        --m_height;
        delete root;
    }
}

template <unsigned Fanout>
void SequenceTree<Fanout>::adjust(const Item *item, std::uint32_t delta)
{
    m_length += delta;
    for (const Node *node = homeOf(item); node->parent != nullptr; node = node->parent) {
        node->parent->lengths[node->slot] += delta;
    }
}

template <unsigned Fanout>
auto SequenceTree<Fanout>::find(std::uint32_t offset) const -> Place
{
    COWRITE_DCHECK(isIndexed() && offset < m_length);
    std::uint32_t rest = offset;
    const Node *node = m_root;
    for (unsigned level = m_height; level > 0; --level) {
        const Inner *inner = static_cast<const Inner *>(node);
        unsigned i = 0;
        while (rest >= inner->lengths[i]) {
            rest -= inner->lengths[i++];
        }
        node = inner->children[i];
    }
    const Leaf *leaf = static_cast<const Leaf *>(node);
    unsigned i = 0;
    for (;; ++i) {
        const std::uint32_t length = leaf->items[i]->visibleLength();
        if (rest < length) {
            break;
        }
        rest -= length;
    }
    return {leaf->items[i], offset - rest};
}

template <unsigned Fanout>
std::uint32_t SequenceTree<Fanout>::offsetOf(const Item *item) const
{
    std::uint32_t offset = 0;
    const Leaf *leaf = Nodes::leafOf(item);
    for (unsigned i = 0; leaf->items[i] != item; ++i) {
        offset += leaf->items[i]->visibleLength();
    }
    for (const Node *node = leaf; node->parent != nullptr; node = node->parent) {
        for (unsigned i = 0; i < node->slot; ++i) {
            offset += node->parent->lengths[i];
        }
    }
    return offset;
}

template <unsigned Fanout>
bool SequenceTree<Fanout>::isBefore(const Item *a, const Item *b)
{
    const Node *left = Nodes::leafOf(a);
    const Node *right = Nodes::leafOf(b);
    if (left == right) {
        return Nodes::slotOf(Nodes::leafOf(a), a) < Nodes::slotOf(Nodes::leafOf(b), b);
    }
    while (left->parent != right->parent) {
        left = left->parent; // All leaves are equally deep.
        right = right->parent;
    }
    return left->slot < right->slot;
}

} // namespace cowrite::crdt
