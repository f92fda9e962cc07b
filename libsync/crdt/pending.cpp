#include "libsync/crdt/pending.h"

#include "libsync/crdt/surrogates.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

template <class T>
void eraseFront(std::vector<T> &values, Clock count)
{
    values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
}

PendingStruct copyOf(const Update &update, const WireStruct &wire)
{
    const auto idOf = [&](LocalId id) { return Id{update.clients[id.client], id.clock}; };
    PendingStruct result;
    result.clock = wire.clock;
    result.length = wire.length;
    result.kind = wire.kind;
    if (wire.origin.exists()) {
        result.origin = idOf(wire.origin);
    }
    if (wire.rightOrigin.exists()) {
        result.rightOrigin = idOf(wire.rightOrigin);
    }
    if (wire.parentKind == ParentKind::Item) {
        result.parentItem = idOf(wire.parent);
    }
    if (wire.parentKind == ParentKind::Root) {
        result.parentRoot = update.names[wire.parent.clock];
    }
    if (wire.key != kNoIndex) {
        result.key = update.names[wire.key];
    }
    if (wire.kind == ContentKind::String) {
        result.text = update.textOf(wire);
    } else if (wire.content != kNoIndex) {
        result.content = update.contents[wire.content];
    }
    return result;
}

/// Drops the first `units` units, as for a struct that is known up to there (yjs-compat 3.1).
void cutFront(PendingStruct &pending, ClientId client, Clock units)
{
    if (pending.kind != ContentKind::Gc) {
        pending.origin = Id{client, pending.clock + units - 1};
    }
    pending.parentItem.reset();
    pending.parentRoot.reset();
    pending.key.reset();
    if (pending.kind == ContentKind::String) {
        mendCutPair(pending.text[units - 1], pending.text[units]);
        pending.text.erase(0, units);
    } else if (pending.content) {
        if (auto *any = std::get_if<AnyContent>(&*pending.content)) {
            eraseFront(any->values, units);
        } else if (auto *json = std::get_if<JsonContent>(&*pending.content)) {
            eraseFront(json->elements, units);
        }
    }
    pending.clock += units;
    pending.length -= units;
}

/// One of the two lists that merge() walks along.
class Source {
public:
    explicit Source(std::vector<PendingStruct> structs) : m_structs(std::move(structs)) {}

    bool done() const { return m_next == m_structs.size(); }
    PendingStruct &current() { return m_structs[m_next]; }
    void advance() { ++m_next; }
    /// Appends the current struct and what follows it without a gap.
    void moveRun(std::vector<PendingStruct> &to)
    {
        do {
            to.push_back(std::move(m_structs[m_next++]));
        } while (!done() && current().clock == to.back().end());
    }

private:
    std::vector<PendingStruct> m_structs;
    std::size_t m_next = 0;
};

/// Whether the second list goes on instead of the first. A tie between a collected struct and an
/// item changes the list, which is what JavaScript's sort makes of Yjs's comparison.
bool takesOver(const PendingStruct &second, const PendingStruct &first)
{
    if (second.clock != first.clock) {
        return second.clock < first.clock;
    }
    return (second.kind == ContentKind::Gc) != (first.kind == ContentKind::Gc);
}

bool joins(const PendingStruct &left, const PendingStruct &right)
{
    return left.kind == ContentKind::Gc && right.kind == ContentKind::Gc &&
           left.end() >= right.clock;
}

/// One list of two that overlap, as Yjs's mergeUpdates does it (yjs-compat 4.4). The content of an
/// id is the same in both, but its borders need not be, nor the halves of surrogate pairs at them:
/// the list that is ahead goes on to its next gap, and of the other the rest is taken.
std::vector<PendingStruct> merge(ClientId client, std::vector<PendingStruct> waiting,
                                 std::vector<PendingStruct> incoming)
{
    Source lists[]{Source(std::move(waiting)), Source(std::move(incoming))};
    Source *first = &lists[0];
    Source *second = &lists[1];
    std::vector<PendingStruct> result;
    while (!first->done() || !second->done()) {
        if (first->done() || (!second->done() && takesOver(second->current(), first->current()))) {
            std::swap(first, second);
        }
        if (result.empty()) {
            first->moveRun(result);
            continue;
        }
        const Clock end = result.back().end();
        bool skipped = false;
        for (; !first->done() && first->current().end() <= end; first->advance()) {
            skipped = true;
        }
        if (first->done() || (skipped && first->current().clock > end)) {
            continue;
        }
        if (joins(result.back(), first->current())) {
            result.back().length = first->current().end() - result.back().clock;
            continue;
        }
        if (first->current().clock < end) {
            cutFront(first->current(), client, end - first->current().clock);
        }
        first->moveRun(result);
    }
    return result;
}

/// Whether the structs meet any that wait already, so that there is something to merge.
bool overlap(const PendingStore::Structs &waiting, const std::vector<PendingStruct> &incoming)
{
    return std::any_of(incoming.begin(), incoming.end(), [&](const PendingStruct &one) {
        const auto next = waiting.upper_bound(one.clock);
        if (next != waiting.end() && (next->first < one.end() || joins(one, next->second))) {
            return true;
        }
        if (next == waiting.begin()) {
            return false;
        }
        const PendingStruct &before = std::prev(next)->second;
        return before.end() > one.clock || joins(before, one);
    });
}

} // namespace

void PendingStore::add(const Update &update, ClientId client, std::span<const WireStruct> wires)
{
    std::vector<PendingStruct> incoming;
    for (const WireStruct &wire : wires) {
        if (wire.kind != ContentKind::Skip) {
            incoming.push_back(copyOf(update, wire));
        }
    }
    if (incoming.empty()) {
        return;
    }
    Structs &structs = m_clients[client];
    m_count -= structs.size();
    if (overlap(structs, incoming)) {
        std::vector<PendingStruct> waiting;
        for (auto &[clock, pending] : structs) {
            m_units -= pending.length;
            waiting.push_back(std::move(pending));
        }
        structs.clear();
        incoming = merge(client, std::move(waiting), std::move(incoming));
    }
    for (PendingStruct &pending : incoming) {
        m_units += pending.length;
        structs.emplace(pending.clock, std::move(pending));
    }
    m_count += structs.size();
}

void PendingStore::waitFor(ClientId client, Clock clock)
{
    const auto [it, added] = m_missing.emplace(client, clock);
    if (!added) {
        it->second = std::min(it->second, clock);
    }
}

Update PendingStore::take()
{
    Update update = toUpdate();
    update.deletions.clear();
    m_clients.clear();
    m_missing.clear();
    m_count = 0;
    m_units = 0;
    return update;
}

Update PendingStore::toUpdate() const
{
    Update update;
    std::map<ClientId, std::uint32_t> clientIndex;
    const auto intern = [&](ClientId client) {
        const auto [it, added] =
            clientIndex.emplace(client, static_cast<std::uint32_t>(update.clients.size()));
        if (added) {
            update.clients.push_back(client);
        }
        return it->second;
    };
    const auto localId = [&](const Id &id) { return LocalId{intern(id.client), id.clock}; };
    const auto name = [&](const std::string &text) {
        update.names.push_back(text);
        return static_cast<TableIndex>(update.names.size() - 1);
    };
    for (const auto &[client, structs] : m_clients) {
        const WireSection section{intern(client), static_cast<std::uint32_t>(update.structs.size()),
                                  static_cast<std::uint32_t>(structs.size())};
        for (const auto &[clock, pending] : structs) {
            WireStruct wire;
            wire.clock = clock;
            wire.length = pending.length;
            wire.kind = pending.kind;
            if (pending.origin) {
                wire.origin = localId(*pending.origin);
            }
            if (pending.rightOrigin) {
                wire.rightOrigin = localId(*pending.rightOrigin);
            }
            if (pending.parentItem) {
                wire.parentKind = ParentKind::Item;
                wire.parent = localId(*pending.parentItem);
            } else if (pending.parentRoot) {
                wire.parentKind = ParentKind::Root;
                wire.parent.clock = name(*pending.parentRoot);
            }
            if (pending.key) {
                wire.key = name(*pending.key);
            }
            if (pending.kind == ContentKind::String) {
                wire.content = static_cast<TableIndex>(update.text.size());
                update.text += pending.text;
            } else if (pending.content) {
                wire.content = static_cast<TableIndex>(update.contents.size());
                update.contents.push_back(*pending.content);
            }
            update.structs.push_back(wire);
        }
        update.sections.push_back(section);
    }
    update.deletions = deletions;
    return update;
}

std::uint64_t PendingStore::unitCount() const
{
    std::uint64_t units = m_units;
    for (const auto &[client, ranges] : deletions) {
        for (const ClockRange &range : ranges) {
            units += range.length;
        }
    }
    return units;
}

void PendingStore::clear()
{
    m_clients.clear();
    m_missing.clear();
    deletions.clear();
    m_count = 0;
    m_units = 0;
}

} // namespace cowrite::crdt
