#include "libsync/crdt/shared_type.h"

#include "libsync/crdt/event.h"
#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

Doc &SharedType::doc() const
{
    return *m_branch->store->doc;
}

TypeKind SharedType::kind() const
{
    return m_branch->kind;
}

const std::string &SharedType::name() const
{
    return *m_branch->name;
}

bool SharedType::isRoot() const
{
    return m_branch->isRoot();
}

bool SharedType::isDeleted() const
{
    return m_branch->isDeleted();
}

Path SharedType::path() const
{
    const Branch *root = m_branch;
    while (const Branch *above = parentOf(root)) {
        root = above;
    }
    Path path = pathBetween(root, m_branch);
    path.insert(path.begin(), *root->name);
    return path;
}

Subscription SharedType::observe(std::function<void(const Event &)> callback) const
{
    return observersOf(m_branch).own.connect(std::move(callback));
}

Subscription SharedType::observeDeep(std::function<void(const std::vector<Event> &)> callback) const
{
    return observersOf(m_branch).deep.connect(std::move(callback));
}

Result<void> SharedType::checkEditable() const
{
    if (m_branch->isDeleted()) {
        return fail(ErrorCode::NotFound, "This part of the document was deleted.");
    }
    return {};
}

Path pathBetween(const Branch *ancestor, const Branch *branch)
{
    Path path;
    for (; branch != ancestor && branch->item != nullptr; branch = parentOf(branch)) {
        const Item *item = branch->item;
        if (const KeyChain *chain = chainOf(item)) {
            path.emplace_back(*chain->key);
        } else {
            path.emplace_back(branchOf(item)->sequence.offsetOf(item));
        }
    }
    std::reverse(path.begin(), path.end());
    return path;
}

Branch::Observers &observersOf(Branch *branch)
{
    if (!branch->observers) {
        branch->observers = std::make_unique<Branch::Observers>();
    }
    branch->store->observed = true;
    branch->store->open.observed = true;
    return *branch->observers;
}

} // namespace cowrite::crdt
