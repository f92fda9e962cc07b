#pragma once

#include "libsync/crdt/item.h"

#include <cstddef>
#include <vector>

namespace cowrite::crdt {

/// The structs of one client in clock order, without gaps. Blocks of pointers, so that splitting
/// and merging in the middle of a long history moves at most one block.
class StructList {
public:
    struct Position {
        std::size_t block = 0;
        std::size_t index = 0;
        friend bool operator==(const Position &, const Position &) = default;
    };

    bool empty() const { return m_blocks.empty(); }
    std::size_t size() const { return m_size; }
    Item *first() const { return m_blocks.front().front(); }
    Item *last() const { return m_blocks.back().back(); }

    /// The struct that holds `clock`, which must be known.
    Position find(Clock clock) const;
    Item *at(Position position) const { return m_blocks[position.block][position.index]; }
    Position lastPosition() const { return {m_blocks.size() - 1, m_blocks.back().size() - 1}; }
    static bool isFirst(Position position) { return position.block == 0 && position.index == 0; }
    bool isLast(Position position) const { return position == lastPosition(); }
    /// Calls `visit` with each struct in the order of clocks.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (const Block &block : m_blocks) {
            for (Item *item : block) {
                visit(item);
            }
        }
    }
    /// The same from the one that holds `from`, which must be known, to the last that begins
    /// before `end`.
    template <class Visit>
    void forEach(Clock from, Clock end, Visit visit) const
    {
        for (Position at = find(from);; at = next(at)) {
            Item *item = this->at(at);
            if (item->id.clock >= end) {
                return;
            }
            visit(item);
            if (isLast(at)) {
                return;
            }
        }
    }

    Position next(Position position) const;
    Position previous(Position position) const;

    void append(Item *item);
    /// Puts `item` directly after `position`.
    void insertAfter(Position position, Item *item);
    /// Takes the struct at `position` out of the list.
    void erase(Position position);

private:
    static constexpr std::size_t kBlockSize = 128;
    /// Grows with what is in it: many clients have written only a few structs.
    using Block = std::vector<Item *>;

    std::vector<Block> m_blocks;
    std::size_t m_size = 0;
    /// The block found last: edits and deletions cluster.
    mutable std::size_t m_hint = 0;
};

} // namespace cowrite::crdt
