// What types held at a snapshot (yjs-compat 4.5).

#include "libsync/crdt/delta_builder.h"
#include "libsync/crdt/each_struct.h"
#include "libsync/crdt/snapshot.h"

namespace cowrite::crdt {

namespace {

constexpr std::string_view kChange = "ychange";

bool isVisible(Id id, const Snapshot &snapshot)
{
    return id.clock < snapshot.stateVector.get(id.client) && !snapshot.deletions.contains(id);
}

/// From here to the end of the transaction every item is visible as a whole, or not at all.
void splitAtBorders(Store &store, const Snapshot &snapshot)
{
    for (const auto &[clientId, clock] : snapshot.stateVector) {
        const std::uint32_t client = store.findClient(clientId);
        if (client != LocalId::kNoClient && clock < store.stateOf(client)) {
            store.findStart({client, clock});
        }
    }
    for (const auto &[client, ranges] : snapshot.deletions) {
        forEachStruct(store, client, ranges, [](Item *) {});
    }
}

std::string_view nameOf(TextChange change)
{
    return change == TextChange::Added ? "added" : "removed";
}

/// Whether the run before is described so that this text continues it: a description that names
/// the `user` joins what he did in one go.
bool continues(const Any *description, TextChange change, ClientId client)
{
    if (description == nullptr || !description->isObject()) {
        return false;
    }
    const Any *user = description->find("user");
    const Any *type = description->find("type");
    return user != nullptr && type != nullptr && *user == Any(static_cast<double>(client)) &&
           *type == Any(std::string(nameOf(change)));
}

/// Only String items end or begin a change; what is not visible at `snapshot` any more shows its
/// text and embeds, but formats nothing.
Delta deltaBetween(const Branch *branch, const Snapshot &snapshot, const Snapshot &previous,
                   const DescribeTextChange &describe)
{
    DeltaBuilder builder;
    for (const Item *item = branch->sequence.first(); item != nullptr; item = item->right) {
        const Id id = branch->store->toId(item->id);
        const bool is = isVisible(id, snapshot);
        const bool was = isVisible(id, previous);
        if (!(is || (was && item->kind != ContentKind::Format))) {
            continue;
        }
        if (item->kind == ContentKind::String) {
            const Any *described = builder.attribute(kChange);
            const TextChange change = is ? TextChange::Added : TextChange::Removed;
            if (is == was) {
                if (described != nullptr) {
                    builder.mark(kChange, std::nullopt);
                }
            } else if (!continues(described, change, id.client)) {
                builder.mark(kChange, describe(change, id));
            }
        }
        builder.add(item);
    }
    return builder.take();
}

} // namespace

Any describeTextChange(TextChange change, Id)
{
    return Any::object(lib0::AnyObject{{"type", Any(std::string(nameOf(change)))}});
}

Delta Text::toDelta(const Snapshot &snapshot) const
{
    return toDelta(snapshot, snapshot);
}

Delta Text::toDelta(const Snapshot &snapshot, const Snapshot &previous,
                    const DescribeTextChange &describe) const
{
    Delta delta;
    doc().transact([&] {
        splitAtBorders(*m_branch->store, snapshot);
        splitAtBorders(*m_branch->store, previous);
        delta = deltaBetween(m_branch, snapshot, previous, describe);
    });
    return delta;
}

// Yjs looks at the first unit of an item only, and so mistakes what merged with it since.

std::vector<Value> Array::values(const Snapshot &snapshot) const
{
    std::vector<Value> values;
    for (const Item *item = m_branch->sequence.first(); item != nullptr; item = item->right) {
        for (Clock i = 0; item->countable() && i < item->length; ++i) {
            if (isVisible(m_branch->store->toId(item->id.at(i)), snapshot)) {
                values.push_back(valueAt(item, i));
            }
        }
    }
    return values;
}

namespace {

/// The last value written before `snapshot`, unless that was deleted.
std::optional<Value> valueOf(const KeyChain *chain, const Snapshot &snapshot)
{
    const Store &store = *chain->parent->store;
    for (const Item *item = chain->last; item != nullptr; item = item->left) {
        const Id id = store.toId(item->id);
        const Clock state = snapshot.stateVector.get(id.client);
        if (state <= id.clock) {
            continue;
        }
        const Clock index = std::min(state, item->end()) - id.clock - 1;
        return isVisible({id.client, id.clock + index}, snapshot)
                   ? std::optional(valueAt(item, index))
                   : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::optional<Value> Map::get(std::string_view key, const Snapshot &snapshot) const
{
    const KeyChain *chain = m_branch->findChain(key);
    return chain != nullptr ? valueOf(chain, snapshot) : std::nullopt;
}

std::vector<std::string> Map::keys(const Snapshot &snapshot) const
{
    std::vector<std::string> keys;
    for (auto &[key, value] : entries(snapshot)) {
        keys.push_back(std::move(key));
    }
    return keys;
}

std::vector<std::pair<std::string, Value>> Map::entries(const Snapshot &snapshot) const
{
    std::vector<std::pair<std::string, Value>> entries;
    for (const auto &chain : m_branch->chains()) {
        if (std::optional<Value> value = valueOf(chain.get(), snapshot)) {
            entries.emplace_back(*chain->key, std::move(*value));
        }
    }
    return entries;
}

std::vector<Value> XmlFragment::children(const Snapshot &snapshot) const
{
    return Array(*this).values(snapshot);
}

std::optional<Value> XmlElement::getAttribute(std::string_view name, const Snapshot &snapshot) const
{
    return Map(*this).get(name, snapshot);
}

std::vector<std::pair<std::string, Value>> XmlElement::attributes(const Snapshot &snapshot) const
{
    return Map(*this).entries(snapshot);
}

} // namespace cowrite::crdt
