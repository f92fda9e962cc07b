#include "libsync/crdt/delete_set.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// The range that holds `clock`, or the first one behind it.
DeleteSet::Ranges::const_iterator firstEndingAfter(const DeleteSet::Ranges &ranges, Clock clock)
{
    return std::partition_point(ranges.begin(), ranges.end(),
                                [&](const ClockRange &range) { return range.end() <= clock; });
}

} // namespace

void DeleteSet::add(ClientId client, ClockRange range)
{
    if (range.length == 0) {
        return;
    }
    Ranges &ranges = m_clients[client];
    if (!ranges.empty() && ranges.back().end() == range.clock) {
        ranges.back().length += range.length;
    } else {
        ranges.push_back(range);
    }
}

void DeleteSet::add(const DeleteSet &other)
{
    for (const auto &[client, ranges] : other) {
        for (const ClockRange &range : ranges) {
            add(client, range);
        }
    }
}

void DeleteSet::normalize()
{
    const auto before = [](const ClockRange &a, const ClockRange &b) { return a.clock < b.clock; };
    for (auto &[client, ranges] : m_clients) {
        if (!std::is_sorted(ranges.begin(), ranges.end(), before)) {
            std::sort(ranges.begin(), ranges.end(), before);
        }
        std::size_t kept = 0;
        for (std::size_t i = 1; i < ranges.size(); ++i) {
            ClockRange &last = ranges[kept];
            if (ranges[i].clock <= last.end()) {
                last.length = std::max(last.end(), ranges[i].end()) - last.clock;
            } else {
                ranges[++kept] = ranges[i];
            }
        }
        ranges.resize(kept + 1);
    }
}

const DeleteSet::Ranges *DeleteSet::find(ClientId client) const
{
    const auto it = m_clients.find(client);
    return it == m_clients.end() ? nullptr : &it->second;
}

bool DeleteSet::contains(Id id) const
{
    const Ranges *ranges = find(id.client);
    if (ranges == nullptr) {
        return false;
    }
    const auto it = firstEndingAfter(*ranges, id.clock);
    return it != ranges->end() && it->clock <= id.clock;
}

DeleteSet DeleteSet::missingFrom(const DeleteSet &other) const
{
    DeleteSet result;
    for (const auto &[client, ranges] : other) {
        const Ranges *mine = find(client);
        for (ClockRange rest : ranges) {
            if (mine != nullptr) {
                for (auto it = firstEndingAfter(*mine, rest.clock);
                     it != mine->end() && it->clock < rest.end() && rest.length > 0; ++it) {
                    if (it->clock > rest.clock) {
                        result.add(client, {rest.clock, it->clock - rest.clock});
                    }
                    const Clock next = std::min(it->end(), rest.end());
                    rest = {next, rest.end() - next};
                }
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
