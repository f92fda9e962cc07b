#include "libsync/crdt/pending.h"

#include "libsync/base/overloaded.h"
#include "libsync/crdt/struct_merge.h"
#include "libsync/crdt/surrogates.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace cowrite::crdt {

namespace {

using lib0::Any;

/// A node of a search tree has three links and a colour beside what is in it.
template <class Tree>
constexpr std::size_t kNodeBytes = 4 * sizeof(void *) + sizeof(typename Tree::value_type);

/// Bytes of a value, some of which it may share with others.
std::size_t sizeOf(const Any &top)
{
    std::size_t bytes = 0;
    std::vector<const Any *> rest;
    const auto add = [&](const Any &value) {
        bytes += sizeof(Any);
        if (value.isString()) {
            bytes += value.asString().size();
        } else if (value.isBytes()) {
            bytes += value.asBytes().size();
        } else if (value.isArray() || value.isObject()) {
            rest.push_back(&value);
        }
    };
    add(top);
    while (!rest.empty()) {
        const Any &container = *rest.back();
        rest.pop_back();
        if (container.isArray()) {
            for (const Any &element : container.asArray()) {
                add(element);
            }
            continue;
        }
        for (const auto &[key, value] : container.asObject()) {
            bytes += sizeof(Any) + key.size();
            add(value);
        }
    }
    return bytes;
}

std::size_t sizeOf(const Content &content)
{
    std::size_t bytes = sizeof(Content);
    const auto add = [&bytes](const Any &value) { bytes += sizeOf(value); };
    std::visit(Overloaded{[&](const AnyContent &any) {
                              for (const Any &value : any.values) {
                                  add(value);
                              }
                          },
                          [&](const JsonContent &json) {
                              for (const std::string &element : json.elements) {
                                  bytes += sizeof(std::string) + element.size();
                              }
                          },
                          [&](const BinaryContent &binary) { add(binary.bytes); },
                          [&](const EmbedContent &embed) { add(embed.value); },
                          [&](const FormatContent &format) {
                              bytes += format.key.size();
                              add(format.value);
                          },
                          [&](const DocContent &doc) {
                              bytes += doc.guid.size();
                              add(doc.options);
                          }},
               content);
    return bytes;
}

/// Whether two collected ranges become one.
bool joins(const PendingStruct &left, const PendingStruct &right)
{
    return left.wire.kind == ContentKind::Gc && right.wire.kind == ContentKind::Gc &&
           left.wire.end() >= right.wire.clock;
}

std::vector<MergeInput> mergeInputs(ClientId client, const std::vector<PendingStruct> &structs)
{
    std::vector<MergeInput> result;
    result.reserve(structs.size());
    for (const PendingStruct &pending : structs) {
        const WireStruct &wire = pending.wire;
        result.push_back({client, wire.clock, wire.length, wire.kind == ContentKind::Gc});
    }
    return result;
}

/// Whether the structs meet any that wait already, so that there is something to merge.
bool overlap(const PendingStore::Structs &waiting, const std::vector<PendingStruct> &incoming)
{
    return std::any_of(incoming.begin(), incoming.end(), [&](const PendingStruct &one) {
        const auto next = waiting.upper_bound(one.wire.clock);
        if (next != waiting.end() && (next->first < one.wire.end() || joins(one, next->second))) {
            return true;
        }
        if (next == waiting.begin()) {
            return false;
        }
        const PendingStruct &before = std::prev(next)->second;
        return before.wire.end() > one.wire.clock || joins(before, one);
    });
}

} // namespace

std::size_t PendingStruct::bytes() const
{
    return kNodeBytes<PendingStore::Structs> + text.capacity() * sizeof(char16_t) +
           (content != nullptr ? sizeOf(*content) : 0);
}

std::uint32_t PendingStore::internClient(ClientId client)
{
    const auto [it, added] =
        m_clientIndex.emplace(client, static_cast<std::uint32_t>(m_clientIds.size()));
    if (added) {
        m_clientIds.push_back(client);
        m_bytes += sizeof(ClientId) + kNodeBytes<decltype(m_clientIndex)>;
    }
    return it->second;
}

TableIndex PendingStore::internName(const std::string &name)
{
    const auto [it, added] = m_nameIndex.emplace(name, static_cast<TableIndex>(m_names.size()));
    if (added) {
        m_names.push_back(name);
        m_bytes += sizeof(name) + kNodeBytes<decltype(m_nameIndex)> + 2 * name.size();
    }
    return it->second;
}

PendingStruct PendingStore::take(Update &update, const WireStruct &wire)
{
    PendingStruct result{wire, {}, nullptr};
    const auto translate = [&](LocalId &id) {
        if (id.exists()) {
            id.client = internClient(update.clients[id.client]);
        }
    };
    const auto translateName = [&](TableIndex &index) {
        if (index != kNoIndex) {
            index = internName(update.names[index]);
        }
    };
    translate(result.wire.origin);
    translate(result.wire.rightOrigin);
    if (wire.parentKind == ParentKind::Item) {
        translate(result.wire.parent);
    } else if (wire.parentKind == ParentKind::Root) {
        translateName(result.wire.parent.clock);
    }
    translateName(result.wire.key);
    if (wire.kind == ContentKind::String) {
        result.text = update.textOf(wire);
    } else if (wire.kind == ContentKind::Type) {
        translateName(result.wire.content);
    } else if (wire.content != kNoIndex) {
        result.content = std::move(update.contents[wire.content]);
    }
    return result;
}

/// Drops the first `units` units, as for a struct that is known up to there (yjs-compat 3.1).
void PendingStore::cutFront(PendingStruct &pending, ClientId client, Clock units)
{
    WireStruct &wire = pending.wire;
    if (wire.kind != ContentKind::Gc) {
        wire.origin = {internClient(client), wire.clock + units - 1};
    }
    wire.parentKind = ParentKind::Inherited;
    wire.key = kNoIndex;
    if (wire.kind == ContentKind::String) {
        mendCutPair(pending.text[units - 1], pending.text[units]);
        pending.text.erase(0, units);
    } else if (pending.content != nullptr) {
        eraseFront(*pending.content, units);
    }
    wire.clock += units;
    wire.length -= units;
}

/// Makes one list of two that overlap and puts it in place of the first. Where both stand at the
/// same place they are taken from the one that is `ahead`. Returns the one that is so behind it.
PendingStore::List PendingStore::merge(ClientId client, std::vector<PendingStruct> &waiting,
                                       std::vector<PendingStruct> incoming, List ahead)
{
    std::vector<PendingStruct> *lists[]{&waiting, &incoming};
    if (ahead == List::Incoming) {
        std::swap(lists[0], lists[1]);
    }
    const MergedStructs merged =
        mergeStructs({mergeInputs(client, *lists[0]), mergeInputs(client, *lists[1])});
    std::vector<PendingStruct> result;
    for (const MergeOutput &output : merged.structs) {
        PendingStruct &pending =
            result.emplace_back(std::move((*lists[output.list])[output.index]));
        if (output.cut > 0) {
            cutFront(pending, client, output.cut);
        }
        pending.wire.length = output.merged.length;
    }
    const bool isWaitingLast = lists[merged.last] == &waiting;
    waiting = std::move(result);
    return isWaitingLast ? List::Waiting : List::Incoming;
}

PendingStore::List PendingStore::add(Update &update, const Section &section, List ahead)
{
    std::vector<PendingStruct> incoming;
    for (const WireStruct &wire : section.structs) {
        if (wire.kind != ContentKind::Skip) {
            incoming.push_back(take(update, wire));
        }
    }
    internClient(section.client);
    Structs &structs = m_clients[section.client];
    m_count -= structs.size();
    List last = structs.empty() || structs.rbegin()->first < incoming.back().wire.clock
                    ? List::Incoming
                    : List::Waiting;
    if (overlap(structs, incoming)) {
        std::vector<PendingStruct> waiting;
        for (auto &[clock, pending] : structs) {
            m_units -= pending.wire.length;
            m_bytes -= pending.bytes();
            waiting.push_back(std::move(pending));
        }
        structs.clear();
        last = merge(section.client, waiting, std::move(incoming), ahead);
        incoming = std::move(waiting);
    }
    for (PendingStruct &pending : incoming) {
        m_units += pending.wire.length;
        m_bytes += pending.bytes();
        structs.emplace(pending.wire.clock, std::move(pending));
    }
    m_count += structs.size();
    return last;
}

// Yjs merges all clients in one go, and where both lists stand at the same place it takes from the
// one it has just come from: it matters who has structs of the clients above.
void PendingStore::add(Update &update, const std::vector<Section> &sections)
{
    std::optional<ClientId> previous;
    List last = List::Waiting;
    for (const Section &section : sections) {
        if (std::all_of(section.structs.begin(), section.structs.end(),
                        [](const WireStruct &wire) { return wire.kind == ContentKind::Skip; })) {
            continue;
        }
        const auto next = m_clients.lower_bound(section.client);
        const bool isNext =
            previous && next != m_clients.begin() && std::prev(next)->first == *previous;
        last = add(update, section, isNext ? last : List::Waiting);
        previous = section.client;
    }
}

void PendingStore::dropBelow(ClientId client, Clock clock)
{
    const auto it = m_clients.find(client);
    if (it == m_clients.end()) {
        return;
    }
    Structs &structs = it->second;
    while (!structs.empty() && structs.begin()->first < clock) {
        PendingStruct pending = std::move(structs.begin()->second);
        structs.erase(structs.begin());
        m_units -= pending.wire.length;
        m_bytes -= pending.bytes();
        --m_count;
        if (pending.wire.end() > clock) {
            cutFront(pending, client, clock - pending.wire.clock);
            m_units += pending.wire.length;
            m_bytes += pending.bytes();
            ++m_count;
            structs.emplace(clock, std::move(pending));
        }
    }
    if (structs.empty()) {
        m_clients.erase(it);
    }
    if (m_clients.empty()) {
        clearStructs();
    }
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
    clearStructs();
    return update;
}

Update PendingStore::toUpdate() const
{
    Update update;
    update.clients = m_clientIds;
    update.names = m_names;
    for (const auto &[client, structs] : m_clients) {
        update.sections.push_back({m_clientIndex.at(client),
                                   static_cast<std::uint32_t>(update.structs.size()),
                                   static_cast<std::uint32_t>(structs.size())});
        for (const auto &[clock, pending] : structs) {
            WireStruct &wire = update.structs.emplace_back(pending.wire);
            if (wire.kind == ContentKind::String) {
                wire.content = static_cast<TableIndex>(update.text.size());
                update.text += pending.text;
            } else if (pending.content != nullptr) {
                wire.content = update.addContent(*pending.content);
            }
        }
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
    clearStructs();
    deletions.clear();
}

void PendingStore::clearStructs()
{
    m_clients.clear();
    m_missing.clear();
    m_clientIds.clear();
    m_clientIndex.clear();
    m_names.clear();
    m_nameIndex.clear();
    m_count = 0;
    m_bytes = 0;
    m_units = 0;
}

} // namespace cowrite::crdt
