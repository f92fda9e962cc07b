#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace cowrite::session {

/// Counts edits as a person does: what was written without a pause is one, as it is one step for
/// undo, however many keys that took. The edits themselves have the numbers of the EditLedger.
class EditBursts {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    /// As crdt::UndoManager::Options::captureTimeout.
    static constexpr std::chrono::milliseconds kPause{500};

    /// Begins with `count` bursts of earlier runs: the edits 1 to `count`, one each.
    explicit EditBursts(std::uint64_t count = 0)
    {
        for (std::uint64_t edit = 1; edit <= count; ++edit) {
            m_lastEdits.push_back(edit);
        }
    }

    /// `edit` is the number that follows the last one.
    void add(std::uint64_t edit, TimePoint time)
    {
        if (m_lastTime && time - *m_lastTime < kPause) {
            m_lastEdits.back() = edit;
        } else {
            m_lastEdits.push_back(edit);
        }
        m_lastTime = time;
    }

    [[nodiscard]] std::uint64_t count() const { return m_lastEdits.size(); }
    /// Those that have not come to an end with `edit`.
    [[nodiscard]] std::uint64_t countAfter(std::uint64_t edit) const
    {
        return static_cast<std::uint64_t>(
            m_lastEdits.end() - std::upper_bound(m_lastEdits.begin(), m_lastEdits.end(), edit));
    }

private:
    std::vector<std::uint64_t> m_lastEdits; ///< of each burst
    std::optional<TimePoint> m_lastTime;
};

} // namespace cowrite::session
