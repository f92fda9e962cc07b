#include "ui/editor/line_states.h"

#include <algorithm>

namespace cowrite::ui {

namespace {

/// More holes than these, and everything below is unknown.
constexpr std::size_t kMostHoles = 2'000;
constexpr int kWidestChange = 500;

} // namespace

int LineStates::holesInARow() const
{
    int count = 1;
    while (static_cast<std::size_t>(count) < m_holes.size() &&
           m_holes[static_cast<std::size_t>(count)] == m_holes.front() + count) {
        ++count;
    }
    return count;
}

void LineStates::clear()
{
    m_knownTo = 0;
    m_holes.clear();
}

void LineStates::noteChange(int first, int last, int grown, int count)
{
    const auto moved = [&](int line) {
        return line > first ? std::max(line + grown, first) : line;
    };
    std::transform(m_holes.begin(), m_holes.end(), m_holes.begin(), moved);
    m_holes.erase(std::unique(m_holes.begin(), m_holes.end()), m_holes.end());
    m_knownTo = std::min(moved(m_knownTo), count);
    if (last - first > kWidestChange) {
        m_knownTo = std::min(m_knownTo, first);
    }
    m_holes.erase(std::lower_bound(m_holes.begin(), m_holes.end(), m_knownTo), m_holes.end());
    for (int line = first; line <= std::min(last, m_knownTo - 1); ++line) {
        forget(line);
    }
}

void LineStates::forget(int line)
{
    const auto place = std::lower_bound(m_holes.begin(), m_holes.end(), line);
    if (place == m_holes.end() || *place != line) {
        m_holes.insert(place, line);
    }
    if (m_holes.size() > kMostHoles) {
        m_knownTo = m_holes.front();
        m_holes.clear();
    }
}

void LineStates::learn(int line)
{
    const auto hole = std::lower_bound(m_holes.begin(), m_holes.end(), line);
    if (hole != m_holes.end() && *hole == line) {
        m_holes.erase(hole);
    }
    if (line == m_knownTo) {
        ++m_knownTo;
    }
}

} // namespace cowrite::ui
