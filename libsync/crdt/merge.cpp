#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

/// The rule of yjs-compat 2.6. `right` follows `left` in their client's list.
bool canMerge(const Item *left, const Item *right)
{
    if (left->kind != right->kind || left->deleted() != right->deleted()) {
        return false;
    }
    if (left->isGc()) {
        return true;
    }
    return isMergeable(left->kind) && right->origin == left->lastId() && left->right == right &&
           left->rightOrigin == right->rightOrigin && !left->is(Item::Redone) &&
           !right->is(Item::Redone);
}

template <class T>
void moveBehind(std::vector<T> &values, std::vector<T> &more)
{
    values.insert(values.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

} // namespace

/// Makes `right` the end of `left`.
void Store::absorb(Item *left, Item *right)
{
    if (left->isGc()) {
        left->length += right->length;
        return;
    }
    if (KeyChain *chain = chainOf(left)) {
        left->right = right->right;
        (right->right != nullptr ? right->right->left : chain->last) = left;
    } else {
        branchOf(left)->sequence.absorb(left, right);
    }
    if (left->kind == ContentKind::String) {
        left->payload.text = clients[left->id.client].text.join(
            {left->payload.text, left->length}, {right->payload.text, right->length});
    } else if (left->kind == ContentKind::Any) {
        moveBehind(std::get<AnyContent>(*left->payload.content).values,
                   std::get<AnyContent>(*right->payload.content).values);
    } else if (left->kind == ContentKind::Json) {
        moveBehind(std::get<JsonContent>(*left->payload.content).elements,
                   std::get<JsonContent>(*right->payload.content).elements);
    }
    left->flags |= right->flags & Item::Keep;
    left->length += right->length;
}

Store::Merged Store::mergeLeft(ClientRecord &client, StructList::Position position)
{
    StructList &structs = client.structs;
    std::vector<Item *> &run = mergeRun;
    run.clear();
    auto first = position;
    while (!StructList::isFirst(first)) {
        const auto before = structs.previous(first);
        if (!canMerge(structs.at(before), structs.at(first))) {
            break;
        }
        run.push_back(structs.at(first));
        structs.erase(first);
        first = before;
    }
    // From left to right: the left side only grows, so the content is moved a few times at most,
    // however many items there are.
    Item *left = structs.at(first);
    for (auto right = run.rbegin(); right != run.rend(); ++right) {
        absorb(left, *right);
        releaseContent(*right);
        items.release(*right);
    }
    return {first, run.size()};
}

/// Merges, right to left, every struct of `client` from the one at `from` down to the last that
/// begins at or above `downTo`.
void Store::mergeDown(ClientRecord &client, StructList::Position from, Clock downTo)
{
    const StructList &structs = client.structs;
    auto position = from;
    while (!StructList::isFirst(position) && structs.at(position)->id.clock >= downTo) {
        const auto before = structs.previous(position);
        position = canMerge(structs.at(before), structs.at(position))
                       ? mergeLeft(client, position).position
                       : before;
    }
}

/// Yjs merges around what was deleted, in what was added, and around what was split, in this order;
/// the same attempts give the same structs and so the same bytes (yjs-compat 3.6 step 7). What was
/// added is merged whole, so nothing is left to attempt around what was deleted or split in it.
void Store::mergeAfter(const OpenTransaction &done)
{
    const auto wasAdded = [&](LocalId id) {
        const ClientRecord &client = clients[id.client];
        return client.touchedBy == done.serial && client.clockBefore <= id.clock;
    };
    for (auto range = done.deleted.rbegin(); range != done.deleted.rend(); ++range) {
        if (wasAdded(range->id)) {
            continue;
        }
        ClientRecord &client = clients[range->id.client];
        auto position = client.structs.find(range->id.clock + range->length - 1);
        if (!client.structs.isLast(position)) {
            position = client.structs.next(position);
        }
        mergeDown(client, position, range->id.clock);
    }
    for (const OpenTransaction::Touched &touched : done.touched) {
        ClientRecord &client = clients[touched.client];
        const Clock firstChanged = client.structs.at(client.structs.find(touched.before))->id.clock;
        mergeDown(client, client.structs.lastPosition(), firstChanged);
    }
    for (auto id = done.mergeCandidates.rbegin(); id != done.mergeCandidates.rend(); ++id) {
        if (wasAdded(*id)) {
            continue;
        }
        ClientRecord &client = clients[id->client];
        const auto position = client.structs.find(id->clock);
        if (!client.structs.isLast(position) &&
            mergeLeft(client, client.structs.next(position)).count > 1) {
            continue;
        }
        mergeLeft(client, client.structs.find(id->clock));
    }
}

} // namespace cowrite::crdt
