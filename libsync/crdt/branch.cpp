#include "libsync/crdt/branch.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

constexpr std::size_t kScannedChains = 12;

} // namespace

KeyChain *Branch::findChain(const std::string *key) const
{
    if (chains.size() > kScannedChains) {
        const auto it = m_index.find(key);
        return it == m_index.end() ? nullptr : it->second;
    }
    for (const auto &chain : chains) {
        if (chain->key == key) {
            return chain.get();
        }
    }
    return nullptr;
}

KeyChain *Branch::findChain(std::string_view key) const
{
    const std::string *interned = store->findKey(key);
    return interned != nullptr ? findChain(interned) : nullptr;
}

KeyChain *Branch::chain(const std::string *key)
{
    if (KeyChain *known = findChain(key)) {
        return known;
    }
    chains.push_back(std::make_unique<KeyChain>(KeyChain{this, key, nullptr, nullptr}));
    if (chains.size() == kScannedChains + 1) {
        for (const auto &chain : chains) {
            m_index.emplace(chain->key, chain.get());
        }
    } else if (chains.size() > kScannedChains) {
        m_index.emplace(key, chains.back().get());
    }
    return chains.back().get();
}

bool isWithin(const Branch *ancestor, const Branch *branch)
{
    while (branch != nullptr && branch != ancestor) {
        branch = parentOf(branch);
    }
    return branch != nullptr;
}

} // namespace cowrite::crdt
