#include "libsync/crdt/store.h"

namespace cowrite::crdt {

/// The rule of yjs-compat 2.6. `right` follows `left` in their client's list.
bool Store::tryMerge(Item *left, Item *right)
{
    if (left->kind != right->kind || left->deleted() != right->deleted())
        return false;
    if (left->isGc()) {
        left->length += right->length;
        return true;
    }
    if (!isMergeable(left->kind) || right->origin != left->lastId() || left->right != right ||
        left->rightOrigin != right->rightOrigin || left->is(Item::Redone) ||
        right->is(Item::Redone))
        return false;

    if (KeyChain *chain = chainOf(left)) {
        left->right = right->right;
        (right->right != nullptr ? right->right->left : chain->last) = left;
    } else {
        branchOf(left)->sequence.absorb(left, right);
    }
    switch (left->kind) {
    case ContentKind::String:
        left->payload.text = clients[left->id.client].text.join(
            {left->payload.text, left->length}, {right->payload.text, right->length});
        break;
    case ContentKind::Any: {
        auto &values = std::get<AnyContent>(*left->payload.content).values;
        auto &more = std::get<AnyContent>(*right->payload.content).values;
        values.insert(values.end(), std::make_move_iterator(more.begin()),
                      std::make_move_iterator(more.end()));
        break;
    }
    case ContentKind::Json: {
        auto &elements = std::get<JsonContent>(*left->payload.content).elements;
        auto &more = std::get<JsonContent>(*right->payload.content).elements;
        elements.insert(elements.end(), std::make_move_iterator(more.begin()),
                        std::make_move_iterator(more.end()));
        break;
    }
    default:
        break;
    }
    left->flags |= right->flags & Item::Keep;
    left->length += right->length;
    return true;
}

std::size_t Store::mergeLeft(ClientRecord &client, StructList::Position position)
{
    StructList &structs = client.structs;
    std::size_t merged = 0;
    while (!StructList::isFirst(position)) {
        const auto before = structs.previous(position);
        Item *right = structs.at(position);
        if (!tryMerge(structs.at(before), right))
            break;
        structs.erase(position);
        releaseContent(right);
        items.release(right);
        position = before;
        ++merged;
    }
    return merged;
}

/// Yjs merges around what was deleted, in what was added, and around what was split, in this order;
/// the same attempts give the same structs and so the same bytes (yjs-compat 3.6 step 7).
void Store::mergeAfter(const Transaction &transaction, bool appended,
                       const std::vector<LocalId> &candidates)
{
    // Positions shift as structs vanish, so each attempt finds its struct by clock again.
    const auto mergeDownTo = [&](ClientRecord &client, Clock from, Clock downTo) {
        for (Clock clock = from;;) {
            const auto position = client.structs.find(clock);
            const Clock start = client.structs.at(position)->id.clock;
            if (start < downTo || StructList::isFirst(position))
                return;
            mergeLeft(client, position);
            const Clock first = client.structs.at(client.structs.find(start))->id.clock;
            if (first == 0)
                return;
            clock = first - 1;
        }
    };

    for (const auto &[clientId, ranges] : transaction.deletions()) {
        ClientRecord &client = clients[findClient(clientId)];
        for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
            auto position = client.structs.find(range->end() - 1);
            if (!client.structs.isLast(position))
                position = client.structs.next(position);
            mergeDownTo(client, client.structs.at(position)->id.clock, range->clock);
        }
    }
    // What was only extended in place has merged already.
    for (const ClientAdvance &advance : transaction.advances()) {
        if (!appended)
            break;
        ClientRecord &client = clients[findClient(advance.client)];
        if (client.nextClock > advance.before) {
            const Clock firstChanged =
                client.structs.at(client.structs.find(advance.before))->id.clock;
            mergeDownTo(client, client.nextClock - 1, firstChanged);
        }
    }
    for (auto candidate = candidates.rbegin(); candidate != candidates.rend(); ++candidate) {
        ClientRecord &client = clients[candidate->client];
        auto position = client.structs.find(candidate->clock);
        if (!client.structs.isLast(position) &&
            mergeLeft(client, client.structs.next(position)) > 1)
            continue;
        position = client.structs.find(candidate->clock);
        mergeLeft(client, position);
    }
}

} // namespace cowrite::crdt
