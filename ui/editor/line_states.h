#pragma once

#include <vector>

namespace cowrite::ui {

/// Of which lines of a text, by their number from 0, it is known how they end: those from the top
/// on to some line, but for some holes where the text was changed since.
class LineStates {
public:
    /// All lines before this one are known, the holes excepted.
    [[nodiscard]] int knownTo() const { return m_knownTo; }
    [[nodiscard]] bool hasHoles() const { return !m_holes.empty(); }
    /// Only if there are holes: the first, and how many follow each other from there on.
    [[nodiscard]] int firstHole() const { return m_holes.front(); }
    [[nodiscard]] int holesInARow() const;

    void clear();
    /// The lines from `first` to `last` are new or changed; there are `grown` more lines than
    /// before, `count` now.
    void noteChange(int first, int last, int grown, int count);
    /// How this line ends is not known any more.
    void forget(int line);
    /// It is known now. Only of a line before knownTo() or that one.
    void learn(int line);

private:
    int m_knownTo = 0;
    std::vector<int> m_holes; ///< ascending
};

} // namespace cowrite::ui
