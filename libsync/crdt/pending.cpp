#include "libsync/crdt/pending.h"

#include "libsync/crdt/struct_merge.h"
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

/// Whether two collected ranges become one.
bool joins(const PendingStruct &left, const PendingStruct &right)
{
    return left.kind == ContentKind::Gc && right.kind == ContentKind::Gc &&
           left.end() >= right.clock;
}

std::vector<MergeInput> mergeInputs(ClientId client, const std::vector<PendingStruct> &structs)
{
    std::vector<MergeInput> result;
    result.reserve(structs.size());
    for (const PendingStruct &pending : structs) {
        result.push_back({client, pending.clock, pending.length, pending.kind == ContentKind::Gc});
    }
    return result;
}

/// One list of two that overlap.
std::vector<PendingStruct> merge(ClientId client, std::vector<PendingStruct> waiting,
                                 std::vector<PendingStruct> incoming)
{
    std::vector<PendingStruct> result;
    std::vector<PendingStruct> *const lists[]{&waiting, &incoming};
    for (const MergeOutput &output :
         mergeStructs({mergeInputs(client, waiting), mergeInputs(client, incoming)})) {
        PendingStruct &pending =
            result.emplace_back(std::move((*lists[output.list])[output.index]));
        if (output.cut > 0) {
            cutFront(pending, client, output.cut);
        }
        pending.length = output.merged.length;
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
