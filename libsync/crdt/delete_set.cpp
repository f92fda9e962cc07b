#include "libsync/crdt/delete_set.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// The range that holds `clock`, or the first one behind it.
DeleteSet::Ranges::iterator firstEndingAfter(DeleteSet::Ranges ranges, Clock clock)
{
    return std::partition_point(ranges.begin(), ranges.end(),
                                [&](const ClockRange &range) { return range.end() <= clock; });
}

/// Sorts the ranges from `first` on, and joins those that touch or overlap.
void normalizeTail(std::vector<ClockRange> &ranges, std::size_t first)
{
    const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    const auto before = [](const ClockRange &a, const ClockRange &b) { return a.clock < b.clock; };
    if (!std::is_sorted(begin, ranges.end(), before)) {
        std::sort(begin, ranges.end(), before);
    }
    auto last = begin;
    for (auto next = begin + 1; next < ranges.end(); ++next) {
        if (next->clock <= last->end()) {
            last->length = std::max(last->end(), next->end()) - last->clock;
        } else {
            *++last = *next;
        }
    }
    ranges.erase(last + 1, ranges.end());
}

} // namespace

void DeleteSet::add(const DeleteSet &other)
{
    COWRITE_DCHECK(&other != this);
    makeRoomFor(other.rangeCount());
    for (const auto &[client, ranges] : other) {
        for (const ClockRange &range : ranges) {
            add(client, range);
        }
    }
}

void DeleteSet::normalize()
{
    if (isNormalized()) {
        return;
    }
    if (m_runs.size() == 1) {
        normalizeTail(m_ranges, 0);
        m_runs.front().count = static_cast<std::uint32_t>(m_ranges.size());
        return;
    }
    std::sort(m_runs.begin(), m_runs.end(), [](const Run &a, const Run &b) {
        return a.client != b.client ? a.client > b.client : a.first < b.first;
    });
    std::vector<Run> runs;
    std::vector<ClockRange> ranges;
    ranges.reserve(m_ranges.size());
    for (auto run = m_runs.begin(); run != m_runs.end();) {
        const ClientId client = run->client;
        const std::size_t first = ranges.size();
        for (; run != m_runs.end() && run->client == client; ++run) {
            const Ranges added = rangesOf(*run);
            ranges.insert(ranges.end(), added.begin(), added.end());
        }
        normalizeTail(ranges, first);
        runs.push_back({client, static_cast<std::uint32_t>(first),
                        static_cast<std::uint32_t>(ranges.size() - first)});
    }
    m_runs = std::move(runs);
    m_ranges = std::move(ranges);
}

bool DeleteSet::isNormalized() const
{
    const auto touches = [](const ClockRange &a, const ClockRange &b) {
        return b.clock <= a.end();
    };
    const auto isUnordered = [](const Run &a, const Run &b) { return a.client <= b.client; };
    return std::adjacent_find(m_runs.begin(), m_runs.end(), isUnordered) == m_runs.end() &&
           std::all_of(m_runs.begin(), m_runs.end(), [&](const Run &run) {
               const Ranges ranges = rangesOf(run);
               return std::adjacent_find(ranges.begin(), ranges.end(), touches) == ranges.end();
           });
}

void DeleteSet::makeRoomFor(std::size_t more)
{
    const std::size_t needed = m_ranges.size() + more;
    if (needed > m_ranges.capacity()) {
        m_ranges.reserve(std::max(needed, 2 * m_ranges.capacity()));
    }
}

DeleteSet::Ranges DeleteSet::find(ClientId client) const
{
    const auto run =
        std::partition_point(m_runs.begin(), m_runs.end(),
                             [client](const Run &candidate) { return candidate.client > client; });
    return run != m_runs.end() && run->client == client ? rangesOf(*run) : Ranges();
}

bool DeleteSet::contains(Id id) const
{
    const Ranges ranges = find(id.client);
    const auto it = firstEndingAfter(ranges, id.clock);
    return it != ranges.end() && it->clock <= id.clock;
}

DeleteSet DeleteSet::missingFrom(const DeleteSet &other) const
{
    DeleteSet result;
    for (const auto &[client, ranges] : other) {
        const Ranges mine = find(client);
        for (ClockRange rest : ranges) {
            for (auto it = firstEndingAfter(mine, rest.clock);
                 it != mine.end() && it->clock < rest.end() && rest.length > 0; ++it) {
                if (it->clock > rest.clock) {
                    result.add(client, {rest.clock, it->clock - rest.clock});
                }
                const Clock next = std::min(it->end(), rest.end());
                rest = {next, rest.end() - next};
            }
            result.add(client, rest);
        }
    }
    return result;
}

bool DeleteSet::covers(const DeleteSet &other) const
{
    return missingFrom(other).empty();
}

} // namespace cowrite::crdt
