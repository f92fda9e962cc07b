#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace cowrite::crdt {

/// The characters one client wrote, in the order of its clocks, in chunks that never move.
/// Two items that merge are therefore adjacent in memory already, except across chunks.
class TextBuffer {
public:
    char16_t *append(std::u16string_view text)
    {
        if (m_capacity - m_used < text.size()) {
            addChunk(text.size());
        }
        char16_t *place = m_chunks.back().get() + m_used;
        text.copy(place, text.size());
        m_used += text.size();
        return place;
    }

    /// If `tail` is where the next unit goes and there is room, writes `text` there.
    bool extend(const char16_t *tail, std::u16string_view text)
    {
        if (m_chunks.empty() || tail != m_chunks.back().get() + m_used ||
            m_capacity - m_used < text.size()) {
            return false;
        }
        text.copy(m_chunks.back().get() + m_used, text.size());
        m_used += text.size();
        return true;
    }

    /// `left` and `right` side by side. Doubles the chunk, so that a run which keeps growing is
    /// copied O(1) times a unit.
    char16_t *join(std::u16string_view left, std::u16string_view right)
    {
        if (left.data() + left.size() == right.data()) {
            return const_cast<char16_t *>(left.data());
        }
        if (extend(left.data() + left.size(), right)) {
            return const_cast<char16_t *>(left.data());
        }
        const std::size_t size = left.size() + right.size();
        if (m_capacity - m_used < size) {
            addChunk(2 * size);
        }
        char16_t *place = append(left);
        append(right);
        return place;
    }

private:
    static constexpr std::size_t kFirstChunk = 16;
    static constexpr std::size_t kLargestStep = 32 * 1024;

    void addChunk(std::size_t atLeast)
    {
        // Chunks double up to a bound: a client that wrote ten units must not cost 64 KiB.
        const std::size_t step =
            m_chunks.empty() ? kFirstChunk : std::min(2 * m_capacity, kLargestStep);
        m_capacity = std::max(step, atLeast);
        m_chunks.push_back(std::make_unique_for_overwrite<char16_t[]>(m_capacity));
        m_used = 0;
    }

    std::vector<std::unique_ptr<char16_t[]>> m_chunks;
    std::size_t m_used = 0;
    std::size_t m_capacity = 0;
};

} // namespace cowrite::crdt
