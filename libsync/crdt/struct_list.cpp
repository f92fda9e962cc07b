#include "libsync/crdt/struct_list.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::crdt {

StructList::Position StructList::find(Clock clock) const
{
    COWRITE_DCHECK(!empty() && clock < last()->end());
    const auto holds = [&](std::size_t block) {
        const Block &b = *m_blocks[block];
        return b.items[0]->id.clock <= clock && clock < b.items[b.count - 1]->end();
    };
    std::size_t block = m_hint;
    if (block >= m_blocks.size() || !holds(block)) {
        const auto after =
            std::upper_bound(m_blocks.begin(), m_blocks.end(), clock,
                             [](Clock c, const auto &b) { return c < b->items[0]->id.clock; });
        block = static_cast<std::size_t>(after - m_blocks.begin()) - 1;
        m_hint = block;
    }
    const Block &b = *m_blocks[block];
    const auto after = std::upper_bound(b.items, b.items + b.count, clock,
                                        [](Clock c, const Item *i) { return c < i->id.clock; });
    return {block, static_cast<std::size_t>(after - b.items) - 1};
}

StructList::Position StructList::next(Position position) const
{
    if (++position.index == m_blocks[position.block]->count)
        position = {position.block + 1, 0};
    return position;
}

StructList::Position StructList::previous(Position position) const
{
    if (position.index > 0)
        return {position.block, position.index - 1};
    return {position.block - 1, m_blocks[position.block - 1]->count - std::size_t{1}};
}

void StructList::append(Item *item)
{
    if (m_blocks.empty() || m_blocks.back()->count == kBlockSize)
        m_blocks.push_back(std::make_unique<Block>());
    Block &block = *m_blocks.back();
    block.items[block.count++] = item;
    ++m_size;
}

void StructList::insertAfter(Position position, Item *item)
{
    std::size_t at = position.index + 1;
    if (m_blocks[position.block]->count == kBlockSize) {
        auto upper = std::make_unique<Block>();
        Block &lower = *m_blocks[position.block];
        const std::size_t keep = kBlockSize / 2;
        std::copy(lower.items + keep, lower.items + kBlockSize, upper->items);
        upper->count = kBlockSize - keep;
        lower.count = keep;
        m_blocks.insert(m_blocks.begin() + static_cast<std::ptrdiff_t>(position.block) + 1,
                        std::move(upper));
        if (at > keep) {
            at -= keep;
            ++position.block;
        }
    }
    Block &block = *m_blocks[position.block];
    std::copy_backward(block.items + at, block.items + block.count, block.items + block.count + 1);
    block.items[at] = item;
    ++block.count;
    ++m_size;
}

void StructList::erase(Position position)
{
    Block &block = *m_blocks[position.block];
    std::copy(block.items + position.index + 1, block.items + block.count,
              block.items + position.index);
    --block.count;
    --m_size;
    const auto eraseBlock = [&](std::size_t index) {
        m_blocks.erase(m_blocks.begin() + static_cast<std::ptrdiff_t>(index));
    };
    if (block.count == 0) {
        eraseBlock(position.block);
    } else if (position.block + 1 < m_blocks.size() &&
               block.count + m_blocks[position.block + 1]->count <= kBlockSize / 2) {
        const Block &upper = *m_blocks[position.block + 1];
        std::copy(upper.items, upper.items + upper.count, block.items + block.count);
        block.count += upper.count;
        eraseBlock(position.block + 1);
    }
}

} // namespace cowrite::crdt
