#include "libsync/crdt/struct_merge.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// Whether `a`, which stands behind `b`, is moved before it. Between a collected range and an item
/// at the same place it always is, which is what JavaScript's sort makes of Yjs's comparison.
bool movesBefore(const MergeInput &a, const MergeInput &b)
{
    if (a.client != b.client) {
        return a.client > b.client;
    }
    if (a.clock != b.clock) {
        return a.clock < b.clock;
    }
    return a.isGc != b.isGc;
}

/// A list, and how far it has been taken.
class Cursor {
public:
    Cursor(std::uint32_t list, const std::vector<MergeInput> &structs)
        : m_list(list), m_structs(&structs)
    {}

    std::uint32_t list() const { return m_list; }
    bool done() const { return m_next == m_structs->size(); }
    const MergeInput &current() const { return (*m_structs)[m_next]; }
    void advance() { ++m_next; }
    MergeOutput output(Clock cut) const
    {
        MergeInput merged = current();
        merged.clock += cut;
        merged.length -= cut;
        return {m_list, static_cast<std::uint32_t>(m_next), cut, merged};
    }

private:
    std::uint32_t m_list;
    const std::vector<MergeInput> *m_structs;
    std::size_t m_next = 0;
};

class Merger {
public:
    explicit Merger(const std::vector<std::vector<MergeInput>> &lists)
    {
        for (std::uint32_t i = 0; i < lists.size(); ++i) {
            if (!lists[i].empty()) {
                m_lists.emplace_back(i, lists[i]);
            }
        }
        std::stable_sort(m_lists.begin(), m_lists.end(), [](const Cursor &a, const Cursor &b) {
            const MergeInput &left = a.current();
            const MergeInput &right = b.current();
            return left.client != right.client ? left.client > right.client
                                               : left.clock < right.clock;
        });
        for (std::size_t i = m_lists.size(); i > 0; --i) {
            settle(i - 1);
        }
    }

    MergedStructs run()
    {
        std::uint32_t last = 0;
        while (m_first < m_lists.size()) {
            Cursor &list = m_lists[m_first];
            takeFrom(list);
            last = list.list();
            if (list.done()) {
                ++m_first;
            } else {
                settle(m_first);
            }
        }
        return {std::move(m_result), last};
    }

private:
    /// Moves the list at `index` to its place among those behind it, which are in order.
    void settle(std::size_t index)
    {
        const auto at = m_lists.begin() + static_cast<std::ptrdiff_t>(index);
        const MergeInput &current = at->current();
        const auto to = std::partition_point(at + 1, m_lists.end(), [&](const Cursor &other) {
            return movesBefore(other.current(), current);
        });
        std::rotate(at, at + 1, to);
    }

    /// Takes a run of the list that is ahead, up to its next gap or client.
    void takeFrom(Cursor &list)
    {
        const ClientId client = list.current().client;
        Clock cut = 0;
        if (!m_result.empty() && m_result.back().merged.client == client) {
            MergeInput &last = m_result.back().merged;
            bool skipped = false;
            while (!list.done() && list.current().client == client &&
                   list.current().end() <= last.end()) {
                list.advance();
                skipped = true;
            }
            if (list.done() || list.current().client != client ||
                (skipped && list.current().clock > last.end())) {
                return; // Another list may be ahead now.
            }
            const MergeInput &current = list.current();
            if (current.clock <= last.end()) {
                if (current.isGc && last.isGc) {
                    last.length = current.end() - last.clock;
                    return;
                }
                cut = last.end() - current.clock;
            }
        }
        do {
            m_result.push_back(list.output(cut));
            cut = 0;
            list.advance();
        } while (!list.done() && list.current().client == client &&
                 list.current().clock == m_result.back().merged.end());
    }

    std::vector<Cursor> m_lists; ///< From m_first on in the order of what is next in them.
    std::size_t m_first = 0;
    std::vector<MergeOutput> m_result;
};

} // namespace

MergedStructs mergeStructs(const std::vector<std::vector<MergeInput>> &lists)
{
    return Merger(lists).run();
}

} // namespace cowrite::crdt
