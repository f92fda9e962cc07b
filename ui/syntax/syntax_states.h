#pragma once

#include "ui/syntax/syntax.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cowrite::ui {

/// Numbers for the states of a library's lines; equal ones have the same.
template <class State>
class SyntaxStates {
public:
    explicit SyntaxStates(State initial) { m_states.push_back(std::move(initial)); }

    [[nodiscard]] const State &at(int id) const { return m_states[static_cast<std::size_t>(id)]; }

    [[nodiscard]] int idOf(State state)
    {
        // The last ones first: a comment goes on from the line before.
        const auto found = std::find(m_states.rbegin(), m_states.rend(), state);
        if (found != m_states.rend()) {
            return static_cast<int>(m_states.rend() - found) - 1;
        }
        if (m_states.size() >= kMostStates) {
            return Syntax::kInitialState;
        }
        m_states.push_back(std::move(state));
        return static_cast<int>(m_states.size()) - 1;
    }

private:
    /// Each here-document has a state of its own; never so many of them are of use.
    static constexpr std::size_t kMostStates = 4'096;

    std::vector<State> m_states;
};

} // namespace cowrite::ui
