#include "libsync/crdt/redone_range.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/each_struct.h"

#include <algorithm>
#include <unordered_set>

namespace cowrite::crdt {

namespace {

using Ranges = std::vector<RedoneRange>;

bool isBefore(const Id &a, const Id &b)
{
    return a.client != b.client ? a.client < b.client : a.clock < b.clock;
}

/// Sorts the ranges by this end; false if any two of these ends overlap.
bool areApart(Ranges &ranges, Id RedoneRange::*end)
{
    std::sort(ranges.begin(), ranges.end(),
              [&](const auto &a, const auto &b) { return isBefore(a.*end, b.*end); });
    return std::adjacent_find(ranges.begin(), ranges.end(), [&](const auto &a, const auto &b) {
               return (a.*end).client == (b.*end).client &&
                      (a.*end).clock + a.length > (b.*end).clock;
           }) == ranges.end();
}

/// A unit comes back as one other, and each of those stands for one: so the ranges form chains.
/// True if following them always comes to an end. They are sorted by `from`.
bool haveEnds(const Ranges &ranges)
{
    enum class Seen : std::uint8_t { No, OnTheWay, Ends };
    struct Visit {
        std::size_t range;
        std::size_t next; ///< of those that go on where it leads
    };
    std::vector<Seen> seen(ranges.size(), Seen::No);
    std::vector<Visit> way;
    const auto enter = [&](std::size_t index) {
        const Id to = ranges[index].to;
        const auto next =
            std::partition_point(ranges.begin(), ranges.end(), [&](const RedoneRange &range) {
                return isBefore({range.from.client, range.from.clock + range.length - 1}, to);
            });
        seen[index] = Seen::OnTheWay;
        way.push_back({index, static_cast<std::size_t>(next - ranges.begin())});
    };
    for (std::size_t start = 0; start < ranges.size(); ++start) {
        if (seen[start] == Seen::No) {
            enter(start);
        }
        while (!way.empty()) {
            Visit &visit = way.back();
            const RedoneRange &range = ranges[visit.range];
            const bool goesOn =
                visit.next < ranges.size() &&
                isBefore(ranges[visit.next].from, {range.to.client, range.to.clock + range.length});
            if (!goesOn) {
                seen[visit.range] = Seen::Ends;
                way.pop_back();
                continue;
            }
            const std::size_t next = visit.next++;
            if (seen[next] == Seen::OnTheWay) {
                return false;
            }
            if (seen[next] == Seen::No) {
                enter(next);
            }
        }
    }
    return true;
}

bool knows(const Store &store, Id id, Clock length)
{
    const std::uint32_t client = store.findClient(id.client);
    return client != LocalId::kNoClient && id.clock + length <= store.stateOf(client);
}

} // namespace

std::vector<RedoneRange> redoneRanges(const Doc &doc, const DeleteSet &units)
{
    const Store &store = doc.store();
    std::vector<RedoneRange> found;
    std::unordered_set<const Item *> known;
    const auto look = [&](ClientId clientId, Clock from, Clock to) {
        const std::uint32_t client = store.findClient(clientId);
        to = client == LocalId::kNoClient ? from : std::min(to, store.stateOf(client));
        if (from >= to) {
            return;
        }
        store.clients[client].structs.forEach(from, to, [&](const Item *item) {
            if (item->is(Item::Redone) && known.insert(item).second) {
                found.push_back(
                    {store.toId(item->id), item->length, store.toId(store.redone.at(item->id))});
            }
        });
    };
    for (const auto &[client, ranges] : units) {
        for (const ClockRange &range : ranges) {
            look(client, range.clock, range.end());
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        const RedoneRange range = found[i];
        look(range.to.client, range.to.clock, range.to.clock + range.length);
    }
    return found;
}

Result<void> restoreRedone(Doc &doc, std::vector<RedoneRange> ranges)
{
    const bool isPossible = std::none_of(ranges.begin(), ranges.end(), [](const auto &range) {
        return range.length == 0 || range.length > limits::kMaxClock - range.from.clock ||
               range.length > limits::kMaxClock - range.to.clock;
    });
    if (!isPossible || !areApart(ranges, &RedoneRange::to) ||
        !areApart(ranges, &RedoneRange::from) || !haveEnds(ranges)) {
        return fail(ErrorCode::Malformed, "What was undone before cannot have come back so.");
    }
    Store &store = doc.store();
    doc.transact([&] {
        for (const RedoneRange &range : ranges) {
            if (!knows(store, range.from, range.length) || !knows(store, range.to, range.length)) {
                continue;
            }
            const LocalId to{store.findClient(range.to.client), range.to.clock};
            const ClockRange units{range.from.clock, range.length};
            forEachStruct(store, range.from.client, {&units, 1}, [&](Item *item) {
                if (!item->isGc() && item->deleted() && !item->is(Item::Redone)) {
                    item->flags |= Item::Redone;
                    store.redone[item->id] = to.at(item->id.clock - range.from.clock);
                }
            });
        }
    });
    return {};
}

} // namespace cowrite::crdt
