#include "libsync/crdt/map.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

const Item *currentOf(const Branch *branch, std::string_view key)
{
    const KeyChain *chain = branch->findChain(key);
    return chain != nullptr ? chain->current() : nullptr;
}

} // namespace

std::uint32_t Map::size() const
{
    std::uint32_t size = 0;
    for (const auto &chain : m_branch->chains()) {
        size += chain->current() != nullptr ? 1 : 0;
    }
    return size;
}

bool Map::has(std::string_view key) const
{
    return currentOf(m_branch, key) != nullptr;
}

std::optional<Value> Map::get(std::string_view key) const
{
    const Item *item = currentOf(m_branch, key);
    if (item == nullptr) {
        return std::nullopt;
    }
    // The value is the last element: merged map items hold the older ones too (yjs-compat 2.6).
    return valueAt(item, item->length - 1);
}

std::vector<std::string> Map::keys() const
{
    std::vector<std::string> keys;
    for (const auto &chain : m_branch->chains()) {
        if (chain->current() != nullptr) {
            keys.push_back(*chain->key);
        }
    }
    return keys;
}

std::vector<std::pair<std::string, Value>> Map::entries() const
{
    std::vector<std::pair<std::string, Value>> entries;
    for (const auto &chain : m_branch->chains()) {
        if (const Item *item = chain->current()) {
            entries.emplace_back(*chain->key, valueAt(item, item->length - 1));
        }
    }
    return entries;
}

Result<void> Map::set(std::string_view key, NewValue value)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (auto valid = checkKey(key); !valid) {
        return valid;
    }
    if (auto valid = checkNewValue(value); !valid) {
        return valid;
    }
    Store &store = *m_branch->store;
    store.begin({});
    store.setKey(m_branch, key, value);
    store.commit();
    return {};
}

Result<void> Map::remove(std::string_view key)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    const Item *current = currentOf(m_branch, key);
    if (current == nullptr) {
        return {};
    }
    Store &store = *m_branch->store;
    store.begin({});
    store.remove(chainOf(current)->last);
    store.commit();
    return {};
}

} // namespace cowrite::crdt
