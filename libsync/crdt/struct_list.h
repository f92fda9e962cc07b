#pragma once

#include "libsync/crdt/item.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cowrite::crdt {

/// The structs of one client in clock order, without gaps. Blocks of entries, so that splitting
/// and merging in the middle of a long history moves at most one block.
class StructList {
public:
    struct Position {
        std::uint32_t block = 0;
        std::uint32_t index = 0;
        friend bool operator==(const Position &, const Position &) = default;
    };

    bool empty() const { return m_blocks.empty(); }
    std::size_t size() const { return m_size; }
    Item *first() const { return m_blocks.front().front().item; }
    Item *last() const { return m_blocks.back().back().item; }

    /// The struct that holds `clock`, which must be known.
    Position find(Clock clock) const;
    Item *at(Position position) const { return m_blocks[position.block][position.index].item; }
    Position lastPosition() const
    {
        return {static_cast<std::uint32_t>(m_blocks.size() - 1), lastIndex(m_blocks.back())};
    }
    static bool isFirst(Position position) { return position.block == 0 && position.index == 0; }
    bool isLast(Position position) const { return position == lastPosition(); }
    /// Calls `visit` with each struct in the order of clocks.
    template <class Visit>
    void forEach(Visit visit) const
    {
        if (!empty()) {
            visitBetween({}, lastPosition(), visit);
        }
    }
    /// Structs that follow one another, both ends among them.
    struct Range {
        Position first;
        Position last;
    };
    /// Those that hold a clock of [from, end), all of which must be known and which is not empty.
    Range range(Clock from, Clock end) const
    {
        const Position first = find(from);
        if (end <= at(first)->end()) {
            return {first, first};
        }
        return {first, find(end - 1)};
    }
    std::size_t count(const Range &range) const
    {
        std::size_t result = std::size_t{range.last.index} + 1;
        for (std::size_t block = range.first.block; block < range.last.block; ++block) {
            result += m_blocks[block].size();
        }
        return result - range.first.index;
    }
    /// Calls `visit` with each of them, as forEach() above.
    template <class Visit>
    void forEach(const Range &range, Visit visit) const
    {
        visitBetween(range.first, range.last, visit);
    }
    /// The same for those that hold a clock of [from, end), all of which must be known.
    template <class Visit>
    void forEach(Clock from, Clock end, Visit visit) const
    {
        if (from < end) {
            forEach(range(from, end), visit);
        }
    }

    Position next(Position position) const
    {
        if (++position.index == m_blocks[position.block].size()) {
            position = {position.block + 1, 0};
        }
        return position;
    }
    Position previous(Position position) const
    {
        if (position.index > 0) {
            return {position.block, position.index - 1};
        }
        return {position.block - 1, lastIndex(m_blocks[position.block - 1])};
    }

    void append(Item *item);
    /// Puts `item` directly after `position`.
    void insertAfter(Position position, Item *item);
    /// Takes the struct at `position`, which is not the first, out of the list. Positions before it
    /// stay good.
    void erase(Position position);
    /// The struct, which is not the first, begins at `clock` from now on: one of its neighbours
    /// gave or took the difference.
    void moveStart(Item *item, Clock clock);

private:
    static constexpr std::uint32_t kBlockSize = 128;
    static constexpr std::size_t kAhead = 8;
    static constexpr std::uint32_t kNear = 8; ///< Entries before and behind what was found last.
    /// The clock beside the pointer: a search reads no item.
    struct Entry {
        Item *item;
        Clock start;
    };
    /// The first one grows with what is in it: many clients have written only a few structs.
    using Block = std::vector<Entry>;

    static std::uint32_t lastIndex(const Block &block)
    {
        return static_cast<std::uint32_t>(block.size() - 1);
    }

    template <class Visit>
    void visitBetween(Position first, Position last, Visit visit) const
    {
        for (std::size_t block = first.block; block <= last.block; ++block) {
            const Entry *const entries = m_blocks[block].data();
            const std::size_t begin = block == first.block ? first.index : 0;
            const std::size_t end = block == last.block ? last.index + 1 : m_blocks[block].size();
            for (std::size_t i = begin; i < end; ++i) {
                if (i + kAhead < end) {
                    // Items lie apart, and a long history does not fit in any cache.
                    __builtin_prefetch(entries[i + kAhead].item);
                }
                visit(entries[i].item);
            }
        }
    }
    std::uint32_t blockOf(Clock clock) const;
    bool isIn(std::size_t block, Clock clock) const;
    void dropBlock(std::size_t block);

    std::vector<Block> m_blocks;
    std::vector<Clock> m_starts; ///< Of each block but the first, which starts at 0.
    std::size_t m_size = 0;
    mutable Position m_hint; ///< What was found last.
};

} // namespace cowrite::crdt
