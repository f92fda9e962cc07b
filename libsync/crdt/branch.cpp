#include "libsync/crdt/branch.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

constexpr std::size_t kScannedChains = 12;

} // namespace

KeyChain *KeyChains::find(const std::string *key) const
{
    if (m_index != nullptr) {
        const auto it = m_index->find(key);
        return it == m_index->end() ? nullptr : it->second;
    }
    for (const auto &chain : m_chains) {
        if (chain->key == key) {
            return chain.get();
        }
    }
    return nullptr;
}

KeyChain *KeyChains::add(Branch *parent, const std::string *key)
{
    m_chains.push_back(std::make_unique<KeyChain>(KeyChain{parent, key, nullptr, nullptr}));
    if (m_index != nullptr) {
        m_index->emplace(key, m_chains.back().get());
    } else if (m_chains.size() > kScannedChains) {
        m_index = std::make_unique<Index>();
        for (const auto &chain : m_chains) {
            m_index->emplace(chain->key, chain.get());
        }
    }
    return m_chains.back().get();
}

KeyChain *Branch::findChain(const std::string *key) const
{
    return m_chains != nullptr ? m_chains->find(key) : nullptr;
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
    if (m_chains == nullptr) {
        m_chains = std::make_unique<KeyChains>();
    }
    return m_chains->add(this, key);
}

bool isWithin(const Branch *ancestor, const Branch *branch)
{
    while (branch != nullptr && branch != ancestor) {
        branch = parentOf(branch);
    }
    return branch != nullptr;
}

} // namespace cowrite::crdt
