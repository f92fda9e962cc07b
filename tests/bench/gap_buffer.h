#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace cowrite::bench {

/// Text with a gap where the last edit was: about the least that an editor without any history or
///  peers can do, and so the floor under our figures.
class GapBuffer {
public:
    void edit(std::size_t position, std::size_t removed, std::u16string_view inserted)
    {
        moveGap(position);
        m_gapEnd += removed;
        if (m_gapEnd - m_gapBegin < inserted.size()) {
            grow(inserted.size());
        }
        inserted.copy(m_units.data() + m_gapBegin, inserted.size());
        m_gapBegin += inserted.size();
    }

    [[nodiscard]] std::u16string toString() const
    {
        return m_units.substr(0, m_gapBegin) + m_units.substr(m_gapEnd);
    }

private:
    void moveGap(std::size_t position)
    {
        char16_t *const units = m_units.data();
        if (position < m_gapBegin) {
            const std::size_t count = m_gapBegin - position;
            std::copy_backward(units + position, units + m_gapBegin, units + m_gapEnd);
            m_gapBegin -= count;
            m_gapEnd -= count;
        } else {
            const std::size_t count = position - m_gapBegin;
            std::copy(units + m_gapEnd, units + m_gapEnd + count, units + m_gapBegin);
            m_gapBegin += count;
            m_gapEnd += count;
        }
    }

    void grow(std::size_t atLeast)
    {
        const std::size_t added = std::max(m_units.size(), atLeast);
        m_units.insert(m_gapEnd, added, u'\0');
        m_gapEnd += added;
    }

    std::u16string m_units;
    std::size_t m_gapBegin = 0;
    std::size_t m_gapEnd = 0;
};

} // namespace cowrite::bench
