#include "libsync/crdt/struct_list.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// Index of the last of `count` > 0 ascending starts that is not above `clock`, or 0. No branch
/// depends on what is compared: which way a search turns cannot be predicted.
template <class T, class StartOf>
std::uint32_t lastNotAbove(const T *values, std::size_t count, Clock clock, StartOf startOf)
{
    const T *base = values;
    while (count > 1) {
        const std::size_t half = count / 2;
        base += startOf(base[half]) <= clock ? half : 0;
        count -= half;
    }
    return static_cast<std::uint32_t>(base - values);
}

std::ptrdiff_t offset(std::size_t n)
{
    return static_cast<std::ptrdiff_t>(n);
}

} // namespace

StructList::Position StructList::find(Clock clock) const
{
    COWRITE_DCHECK(!empty() && clock < last()->end());
    // What a writer has just written is what he goes on from.
    if (clock >= m_blocks.back().back().start) {
        return lastPosition();
    }
    // Edits, deletions and what an update refers to cluster: mostly it is the struct that was found
    // last or the next one, else one near it.
    Position hint = m_hint;
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    if (hint.block < m_blocks.size() && isIn(hint.block, clock)) {
        const Block &block = m_blocks[hint.block];
        const auto isBelow = [&](std::uint32_t index) {
            return index < block.size() && block[index].start <= clock;
        };
        if (isBelow(hint.index) && !isBelow(hint.index + 2)) {
            hint.index += isBelow(hint.index + 1) ? 1 : 0;
            m_hint = hint;
            return hint;
        }
        end = lastIndex(block) + 1;
        const std::uint32_t middle = std::min(hint.index, end - 1);
        if (const std::uint32_t near = middle - std::min(middle, kNear); isBelow(near)) {
            first = near;
        }
        if (middle + kNear < end && !isBelow(middle + kNear)) {
            end = middle + kNear;
        }
    } else {
        hint.block = blockOf(clock);
        end = lastIndex(m_blocks[hint.block]) + 1;
    }
    hint.index = first + lastNotAbove(m_blocks[hint.block].data() + first, end - first, clock,
                                      [](const Entry &e) { return e.start; });
    m_hint = hint;
    return hint;
}

/// The block that holds the struct with `clock`, which must be known.
std::uint32_t StructList::blockOf(Clock clock) const
{
    if (m_starts.empty() || clock < m_starts.front()) {
        return 0;
    }
    return 1 + lastNotAbove(m_starts.data(), m_starts.size(), clock, [](Clock s) { return s; });
}

/// Whether it is this one.
bool StructList::isIn(std::size_t block, Clock clock) const
{
    return (block == 0 || m_starts[block - 1] <= clock) &&
           (block == m_starts.size() || clock < m_starts[block]);
}

void StructList::append(Item *item)
{
    if (m_blocks.empty() || m_blocks.back().size() == kBlockSize) {
        const bool isFirst = m_blocks.empty();
        m_blocks.emplace_back().reserve(isFirst ? 1 : kBlockSize);
        if (!isFirst) {
            m_starts.push_back(item->id.clock);
        }
    }
    m_blocks.back().push_back({item, item->id.clock});
    ++m_size;
}

void StructList::insertAfter(Position position, Item *item)
{
    std::uint32_t at = position.index + 1;
    if (m_blocks[position.block].size() == kBlockSize) {
        Block &lower = m_blocks[position.block];
        constexpr std::uint32_t kKeep = kBlockSize / 2;
        Block upper(lower.begin() + offset(kKeep), lower.end());
        lower.resize(kKeep);
        m_starts.insert(m_starts.begin() + offset(position.block), upper.front().start);
        m_blocks.insert(m_blocks.begin() + offset(position.block) + 1, std::move(upper));
        if (at > kKeep) {
            at -= kKeep;
            ++position.block;
        }
    }
    Block &block = m_blocks[position.block];
    block.insert(block.begin() + offset(at), Entry{item, item->id.clock});
    ++m_size;
}

void StructList::dropBlock(std::size_t block)
{
    m_blocks.erase(m_blocks.begin() + offset(block));
    m_starts.erase(m_starts.begin() + offset(block) - 1);
}

void StructList::erase(Position position)
{
    COWRITE_DCHECK(!isFirst(position));
    Block &block = m_blocks[position.block];
    block.erase(block.begin() + offset(position.index));
    --m_size;
    if (block.empty()) {
        dropBlock(position.block);
        return;
    }
    if (position.index == 0) {
        m_starts[position.block - 1] = block.front().start;
    }
    if (position.block + 1 == m_blocks.size()) {
        return;
    }
    const Block &next = m_blocks[position.block + 1];
    if (block.size() + next.size() <= kBlockSize / 2) {
        block.insert(block.end(), next.begin(), next.end());
        dropBlock(position.block + 1);
    }
}

void StructList::moveStart(Item *item, Clock clock)
{
    const Position position = find(item->id.clock);
    COWRITE_DCHECK(!isFirst(position));
    item->id.clock = clock;
    m_blocks[position.block][position.index].start = clock;
    if (position.index == 0) {
        m_starts[position.block - 1] = clock;
    }
}

} // namespace cowrite::crdt
