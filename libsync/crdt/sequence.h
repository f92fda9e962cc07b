#pragma once

#include "libsync/crdt/sequence_tree.h"

namespace cowrite::crdt {

#ifndef COWRITE_SEQUENCE_FANOUT
/// A leaf of 32 item pointers is four cache lines. Tests build the engine with 4 as well.
#define COWRITE_SEQUENCE_FANOUT 32
#endif

/// The items of one list or text in document order, deleted ones included.
///
/// The cursor remembers the last place that was used with its visible offset, so that typing,
/// deleting and appending near it need no walk down the tree. Every change here either keeps it
/// right or forgets it.
class Sequence {
public:
    using Tree = SequenceTree<COWRITE_SEQUENCE_FANOUT>;
    using Place = Tree::Place;

    explicit Sequence(Branch *owner) : m_tree(owner) {}

    Item *first() const { return m_first; }
    Item *last() const { return m_last; }
    std::uint32_t length() const { return m_tree.length(); }
    const Tree &tree() const { return m_tree; }

    static Sequence::Tree *treeOf(const Item *item) { return Tree::homeOf(item)->tree; }

    /// Links `item` directly after `left` (null: first) and counts its visible units.
    void insertAfter(Item *left, Item *item);
    /// `right` has just been split off `left`, which the tree still counts in full.
    void splitOff(Item *left, Item *right);
    /// `right` is about to be merged into its left neighbour: unlinks it, keeps the count.
    void absorb(Item *left, Item *right);
    /// `item` grew or shrank at its end by `delta` visible units, or was deleted.
    void adjust(Item *item, std::uint32_t delta);

    /// Forgets all items without touching them.
    void clear();

    /// The item that holds the visible unit at `offset` < length().
    Place find(std::uint32_t offset);
    /// The visible units before `item`.
    std::uint32_t offsetOf(const Item *item)
    {
        ensureIndexed();
        return m_tree.offsetOf(item);
    }
    /// Whether `a` stands left of `b`, both of this sequence.
    bool isBefore(const Item *a, const Item *b)
    {
        ensureIndexed();
        return Tree::isBefore(a, b);
    }

    /// Where the next edit is expected.
    void setCursor(Place place) { m_cursor = place; }
    const Place &cursor() const { return m_cursor; }

private:
    /// How many neighbours of the cursor are tried before the tree is asked.
    static constexpr int kNearby = 3;

    void ensureIndexed()
    {
        if (!m_tree.isIndexed()) {
            m_tree.index(m_first);
        }
    }

    Tree m_tree;
    Item *m_first = nullptr;
    Item *m_last = nullptr;
    Place m_cursor;
};

inline void Sequence::insertAfter(Item *left, Item *item)
{
    item->left = left;
    item->right = left != nullptr ? left->right : m_first;
    (left != nullptr ? left->right : m_first) = item;
    (item->right != nullptr ? item->right->left : m_last) = item;
    m_tree.insertAfter(left, item);
    if (left != nullptr && left == m_cursor.item) {
        m_cursor = {item, m_cursor.start + left->visibleLength()};
    } else if (item->right != nullptr && item->right == m_cursor.item) {
        m_cursor = {item, m_cursor.start};
    } else {
        m_cursor = {};
    }
}

inline void Sequence::splitOff(Item *left, Item *right)
{
    // The tree counted all units on `left`; insertAfter counts those of `right` again.
    m_tree.adjust(left, 0U - right->visibleLength());
    right->left = left;
    right->right = left->right;
    (right->right != nullptr ? right->right->left : m_last) = right;
    left->right = right;
    m_tree.insertAfter(left, right);
}

inline void Sequence::absorb(Item *left, Item *right)
{
    const std::uint32_t units = right->visibleLength();
    m_tree.remove(right);
    m_tree.adjust(left, units);
    left->right = right->right;
    (right->right != nullptr ? right->right->left : m_last) = left;
    if (m_cursor.item == right) {
        m_cursor = {left, m_cursor.start - left->visibleLength()};
    }
}

inline void Sequence::adjust(Item *item, std::uint32_t delta)
{
    m_tree.adjust(item, delta);
    if (m_cursor.item == nullptr || m_cursor.item == item || m_cursor.item == item->left) {
        return;
    }
    if (m_cursor.item == item->right) {
        m_cursor.start += delta;
    } else {
        m_cursor = {};
    }
}

inline void Sequence::clear()
{
    m_tree.clear();
    m_first = nullptr;
    m_last = nullptr;
    m_cursor = {};
}

inline Sequence::Place Sequence::find(std::uint32_t offset)
{
    Place place = m_cursor;
    for (int step = 0; step < kNearby && place.item != nullptr; ++step) {
        const std::uint32_t length = place.item->visibleLength();
        if (offset < place.start) {
            place.item = place.item->left;
            if (place.item != nullptr) {
                place.start -= place.item->visibleLength();
            }
        } else if (offset - place.start < length) {
            m_cursor = place;
            return place;
        } else {
            place = {place.item->right, place.start + length};
        }
    }
    ensureIndexed();
    m_cursor = m_tree.find(offset);
    return m_cursor;
}

} // namespace cowrite::crdt
