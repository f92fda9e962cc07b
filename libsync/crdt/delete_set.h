#pragma once

#include "libsync/crdt/id.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cowrite::crdt {

/// A half-open run of clocks of one client.
struct ClockRange {
    Clock clock = 0;
    Clock length = 0;

    Clock end() const { return clock + length; }
    friend bool operator==(const ClockRange &, const ClockRange &) = default;
};

/// A set of unit ids, kept as ranges per client. Despite its name (the field's) it is used wherever
/// a set of ids is needed: deletions, and the insertions an undo step covers.
/// Iterates by descending client id, the order of the wire (yjs-compat 3.5).
class DeleteSet {
public:
    using Ranges = std::span<const ClockRange>;
    /// The ranges of one client, as iteration gives them.
    struct Client {
        ClientId client;
        Ranges ranges;
    };
    class Iterator;

    /// Adds a range; an empty one is ignored. Clients added in descending order, and the ranges of
    /// each in ascending order, stay normalised; anything else needs normalize() before the set is
    /// read.
    void add(ClientId client, ClockRange range)
    {
        if (range.length == 0) {
            return;
        }
        if (m_runs.empty() || m_runs.back().client != client) {
            m_runs.push_back({client, static_cast<std::uint32_t>(m_ranges.size()), 0});
        } else if (m_ranges.back().end() == range.clock) {
            m_ranges.back().length += range.length;
            return;
        }
        m_ranges.push_back(range);
        ++m_runs.back().count;
    }
    void add(const DeleteSet &other);
    /// Sorts clients and their ranges, and joins ranges that touch or overlap.
    void normalize();

    // The following need a normalised set.

    bool contains(Id id) const;
    /// Empty if nothing of the client is in the set.
    Ranges find(ClientId client) const;
    /// The parts of `other` that are not in this set.
    DeleteSet missingFrom(const DeleteSet &other) const;
    bool covers(const DeleteSet &other) const;
    std::size_t clientCount() const { return m_runs.size(); }
    Iterator begin() const;
    Iterator end() const;
    friend bool operator==(const DeleteSet &, const DeleteSet &) = default;

    bool empty() const { return m_runs.empty(); }
    std::size_t rangeCount() const { return m_ranges.size(); }
    /// Entries for which there is memory.
    std::size_t capacity() const { return std::max(m_runs.capacity(), m_ranges.capacity()); }
    /// Makes room for that many ranges more, at least doubling it if there is not enough.
    void makeRoomFor(std::size_t more);
    /// Empties the set and keeps its memory.
    void clear()
    {
        m_runs.clear();
        m_ranges.clear();
    }

private:
    /// Ranges of one client, one behind the other. Normalised, each client has one.
    struct Run {
        ClientId client;
        std::uint32_t first;
        std::uint32_t count;
        friend bool operator==(const Run &, const Run &) = default;
    };

    Ranges rangesOf(const Run &run) const { return Ranges(m_ranges).subspan(run.first, run.count); }
    bool isNormalized() const;

    std::vector<Run> m_runs;
    std::vector<ClockRange> m_ranges; ///< Of all runs.
};

class DeleteSet::Iterator {
public:
    Iterator(const DeleteSet &set, std::size_t at) : m_set(&set), m_at(at) {}

    Client operator*() const
    {
        const Run &run = m_set->m_runs[m_at];
        return {run.client, m_set->rangesOf(run)};
    }
    Iterator &operator++()
    {
        ++m_at;
        return *this;
    }
    friend bool operator==(const Iterator &, const Iterator &) = default;

private:
    const DeleteSet *m_set;
    std::size_t m_at;
};

inline DeleteSet::Iterator DeleteSet::begin() const
{
    return {*this, 0};
}

inline DeleteSet::Iterator DeleteSet::end() const
{
    return {*this, m_runs.size()};
}

} // namespace cowrite::crdt
