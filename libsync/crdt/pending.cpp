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
    if (wire.origin.exists())
        result.origin = idOf(wire.origin);
    if (wire.rightOrigin.exists())
        result.rightOrigin = idOf(wire.rightOrigin);
    if (wire.parentKind == ParentKind::Item)
        result.parentItem = idOf(wire.parent);
    if (wire.parentKind == ParentKind::Root)
        result.parentRoot = update.names[wire.parent.clock];
    if (wire.key != kNoIndex)
        result.key = update.names[wire.key];
    if (wire.kind == ContentKind::String)
        result.text = update.textOf(wire);
    else if (wire.content != kNoIndex)
        result.content = update.contents[wire.content];
    return result;
}

} // namespace

void cutFront(PendingStruct &pending, ClientId client, Clock units)
{
    if (pending.kind != ContentKind::Gc)
        pending.origin = Id{client, pending.clock + units - 1};
    pending.parentItem.reset();
    pending.parentRoot.reset();
    pending.key.reset();
    if (pending.kind == ContentKind::String) {
        mendCutPair(pending.text[units - 1], pending.text[units]);
        pending.text.erase(0, units);
    } else if (pending.content) {
        if (auto *any = std::get_if<AnyContent>(&*pending.content))
            eraseFront(any->values, units);
        else if (auto *json = std::get_if<JsonContent>(&*pending.content))
            eraseFront(json->elements, units);
    }
    pending.clock += units;
    pending.length -= units;
}

void PendingStore::add(const Update &update, ClientId client, const WireStruct &wire)
{
    Structs &structs = m_clients[client];
    PendingStruct incoming = copyOf(update, wire);
    // What overlaps is the same content twice, by the rule that an id is written once: keep the
    // structs that wait, and of the new one what lies between and behind them.
    auto next = structs.upper_bound(incoming.clock);
    if (next != structs.begin()) {
        const PendingStruct &before = std::prev(next)->second;
        if (before.end() >= incoming.end())
            return;
        if (before.end() > incoming.clock)
            cutFront(incoming, client, before.end() - incoming.clock);
    }
    while (next != structs.end() && next->second.end() <= incoming.end()) {
        next = structs.erase(next);
        --m_count;
    }
    if (next != structs.end() && next->first < incoming.end())
        cutFront(next->second, client, incoming.end() - next->first);
    const Clock end = incoming.end();
    structs.emplace(incoming.clock, std::move(incoming));
    ++m_count;
    // A struct that was cut begins later than its key says.
    if (next != structs.end() && next->first < end) {
        auto moved = structs.extract(next);
        moved.key() = moved.mapped().clock;
        structs.insert(std::move(moved));
    }
}

void PendingStore::waitFor(ClientId client, Clock clock)
{
    const auto [it, added] = m_missing.emplace(client, clock);
    if (!added)
        it->second = std::min(it->second, clock);
}

Update PendingStore::take()
{
    Update update;
    std::map<ClientId, std::uint32_t> clientIndex;
    const auto intern = [&](ClientId client) {
        const auto [it, added] =
            clientIndex.emplace(client, static_cast<std::uint32_t>(update.clients.size()));
        if (added)
            update.clients.push_back(client);
        return it->second;
    };
    const auto localId = [&](const Id &id) { return LocalId{intern(id.client), id.clock}; };
    const auto name = [&](std::string &text) {
        update.names.push_back(std::move(text));
        return static_cast<TableIndex>(update.names.size() - 1);
    };
    for (auto &[client, structs] : m_clients) {
        WireSection section{intern(client), static_cast<std::uint32_t>(update.structs.size()),
                            static_cast<std::uint32_t>(structs.size())};
        for (auto &[clock, pending] : structs) {
            WireStruct wire;
            wire.clock = clock;
            wire.length = pending.length;
            wire.kind = pending.kind;
            if (pending.origin)
                wire.origin = localId(*pending.origin);
            if (pending.rightOrigin)
                wire.rightOrigin = localId(*pending.rightOrigin);
            if (pending.parentItem) {
                wire.parentKind = ParentKind::Item;
                wire.parent = localId(*pending.parentItem);
            } else if (pending.parentRoot) {
                wire.parentKind = ParentKind::Root;
                wire.parent.clock = name(*pending.parentRoot);
            }
            if (pending.key)
                wire.key = name(*pending.key);
            if (pending.kind == ContentKind::String) {
                wire.content = static_cast<TableIndex>(update.text.size());
                update.text += pending.text;
            } else if (pending.content) {
                wire.content = static_cast<TableIndex>(update.contents.size());
                update.contents.push_back(std::move(*pending.content));
            }
            update.structs.push_back(wire);
        }
        update.sections.push_back(section);
    }
    m_clients.clear();
    m_missing.clear();
    m_count = 0;
    return update;
}

} // namespace cowrite::crdt
