#include "libsync/crdt/struct_list.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::crdt {

StructList::Position StructList::find(Clock clock) const
{
    COWRITE_DCHECK(!empty() && clock < last()->end());
    const auto startsAfter = [](Clock c, const Item *item) { return c < item->id.clock; };
    const auto holds = [&](const Block &block) {
        return block.front()->id.clock <= clock && clock < block.back()->end();
    };
    std::size_t index = m_hint;
    if (index >= m_blocks.size() || !holds(m_blocks[index])) {
        const auto after = std::upper_bound(
            m_blocks.begin(), m_blocks.end(), clock,
            [&](Clock c, const Block &block) { return startsAfter(c, block.front()); });
        index = static_cast<std::size_t>(after - m_blocks.begin()) - 1;
        m_hint = index;
    }
    const Block &block = m_blocks[index];
    const auto after = std::upper_bound(block.begin(), block.end(), clock, startsAfter);
    return {index, static_cast<std::size_t>(after - block.begin()) - 1};
}

StructList::Position StructList::next(Position position) const
{
    if (++position.index == m_blocks[position.block].size()) {
        position = {position.block + 1, 0};
    }
    return position;
}

StructList::Position StructList::previous(Position position) const
{
    if (position.index > 0) {
        return {position.block, position.index - 1};
    }
    return {position.block - 1, m_blocks[position.block - 1].size() - 1};
}

void StructList::append(Item *item)
{
    if (m_blocks.empty() || m_blocks.back().size() == kBlockSize) {
        m_blocks.emplace_back();
    }
    m_blocks.back().push_back(item);
    ++m_size;
}

void StructList::insertAfter(Position position, Item *item)
{
    const auto offset = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n); };
    std::size_t at = position.index + 1;
    if (m_blocks[position.block].size() == kBlockSize) {
        Block &lower = m_blocks[position.block];
        constexpr std::size_t kKeep = kBlockSize / 2;
        Block upper(lower.begin() + offset(kKeep), lower.end());
        lower.resize(kKeep);
        m_blocks.insert(m_blocks.begin() + offset(position.block) + 1, std::move(upper));
        if (at > kKeep) {
            at -= kKeep;
            ++position.block;
        }
    }
    Block &block = m_blocks[position.block];
    block.insert(block.begin() + offset(at), item);
    ++m_size;
}

void StructList::erase(Position position)
{
    const auto blockAt = m_blocks.begin() + static_cast<std::ptrdiff_t>(position.block);
    blockAt->erase(blockAt->begin() + static_cast<std::ptrdiff_t>(position.index));
    --m_size;
    const auto next = blockAt + 1;
    if (blockAt->empty()) {
        m_blocks.erase(blockAt);
    } else if (next != m_blocks.end() && blockAt->size() + next->size() <= kBlockSize / 2) {
        blockAt->insert(blockAt->end(), next->begin(), next->end());
        m_blocks.erase(next);
    }
}

} // namespace cowrite::crdt
