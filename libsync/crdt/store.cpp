#include "libsync/crdt/store.h"

#include "libsync/base/check.h"
#include "libsync/crdt/surrogates.h"

namespace cowrite::crdt {

namespace {

/// Yjs 13 and everything else can hold 32 bits.
ClientId randomClientId(Rng &rng)
{
    return rng.next() & 0xFFFFFFFFU;
}

template <class T>
std::vector<T> takeTail(std::vector<T> &values, Clock from)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<T> tail(std::make_move_iterator(at), std::make_move_iterator(values.end()));
    values.erase(at, values.end());
    return tail;
}

} // namespace

Store::Store(Doc *doc, Rng &rng, DocOptions options)
    : doc(doc),
      rng(rng),
      options(options),
      clientId(randomClientId(rng)),
      clientIndex(0, ClientIdHash{rng.next()}, std::equal_to<ClientId>(), &indexMemory)
{}

Store::~Store()
{
    for (const ClientRecord &client : clients) {
        client.structs.forEach([&](Item *item) { releaseContent(item); });
    }
}

std::uint32_t Store::internClient(ClientId client)
{
    const auto [it, added] =
        clientIndex.emplace(client, static_cast<std::uint32_t>(clients.size()));
    if (added) {
        clients.add().id = client;
    }
    return it->second;
}

std::uint32_t Store::findClient(ClientId client) const
{
    if (lastClient < clients.size() && clients[lastClient].id == client) {
        return lastClient;
    }
    const auto it = clientIndex.find(client);
    if (it == clientIndex.end()) {
        return LocalId::kNoClient;
    }
    lastClient = it->second;
    return lastClient;
}

std::uint32_t Store::ownClient()
{
    if (ownIndex == LocalId::kNoClient) {
        ownIndex = internClient(clientId);
    }
    return ownIndex;
}

void Store::changeClientId(ClientId client)
{
    clientId = client;
    ownIndex = LocalId::kNoClient;
}

void Store::drawClientId()
{
    ClientId client;
    do {
        client = randomClientId(rng);
    } while (findClient(client) != LocalId::kNoClient);
    changeClientId(client);
}

const std::string *Store::internKey(std::string_view key)
{
    const std::string *known = findKey(key);
    return known != nullptr ? known : &*keys.emplace(key).first;
}

const std::string *Store::findKey(std::string_view key) const
{
    const auto it = keys.find(key);
    return it == keys.end() ? nullptr : &*it;
}

Branch *Store::findRoot(std::string_view name) const
{
    const auto it = rootIndex.find(name);
    return it == rootIndex.end() ? nullptr : it->second;
}

Branch *Store::makeBranch(TypeKind kind, std::string_view name)
{
    return &branches.emplace_back(this, kind, name.empty() ? &noName : internKey(name));
}

Branch *Store::root(std::string_view name)
{
    if (lastRoot != nullptr && *lastRoot->name == name) {
        return lastRoot;
    }
    Branch *&root = rootIndex[std::string(name)];
    if (root == nullptr) {
        root = makeBranch(TypeKind::Untyped, name);
        roots.push_back(root);
    }
    lastRoot = root;
    return root;
}

Item *Store::find(LocalId id) const
{
    const StructList &structs = clients[id.client].structs;
    return structs.at(structs.find(id.clock));
}

Item *Store::findStart(LocalId id)
{
    Item *item = find(id);
    if (item->id.clock == id.clock || item->isGc()) {
        return item;
    }
    return split(item, id.clock - item->id.clock);
}

Item *Store::findEnd(LocalId id)
{
    Item *item = find(id);
    if (item->end() - 1 != id.clock && !item->isGc()) {
        split(item, id.clock - item->id.clock + 1);
    }
    return item;
}

Item *Store::split(Item *item, Clock offset)
{
    COWRITE_DCHECK(offset > 0 && offset < item->length && !item->isGc());
    Item *right = items.create();
    right->id = item->id.at(offset);
    right->origin = item->id.at(offset - 1);
    right->rightOrigin = item->rightOrigin;
    right->length = item->length - offset;
    right->kind = item->kind;
    right->flags = item->flags;
    if (item->is(Item::Redone)) {
        redone[right->id] = redone.at(item->id).at(offset);
    }

    if (item->kind == ContentKind::String) {
        mendCutPair(item->payload.text[offset - 1], item->payload.text[offset]);
        right->payload.text = item->payload.text + offset;
    } else if (item->kind == ContentKind::Any) {
        auto &values = std::get<AnyContent>(*item->payload.content).values;
        right->payload.content = new Content(AnyContent{takeTail(values, offset)});
    } else if (item->kind == ContentKind::Json) {
        auto &elements = std::get<JsonContent>(*item->payload.content).elements;
        right->payload.content = new Content(JsonContent{takeTail(elements, offset)});
    }
    item->length = offset;

    StructList &structs = clients[item->id.client].structs;
    structs.insertAfter(structs.find(item->id.clock), right);
    if (KeyChain *chain = chainOf(item)) {
        right->home = chain;
        right->left = item;
        right->right = item->right;
        (right->right != nullptr ? right->right->left : chain->last) = right;
        item->right = right;
    } else {
        branchOf(item)->sequence.splitOff(item, right);
    }
    open.mergeCandidates.push_back(right->id);
    open.structural = true;
    return right;
}

void Store::append(Item *item)
{
    ClientRecord &client = clients[item->id.client];
    COWRITE_CHECK(item->id.clock == client.nextClock);
    touch(item->id.client);
    open.structural = true;
    client.structs.append(item);
    client.nextClock = item->end();
}

void Store::appendGc(std::uint32_t client, Clock length)
{
    ClientRecord &record = clients[client];
    if (!record.structs.empty() && record.structs.last()->isGc()) {
        touch(client);
        record.structs.last()->length += length;
        record.nextClock += length;
        return;
    }
    Item *item = items.create();
    item->id = {client, record.nextClock};
    item->length = length;
    item->flags = Item::Deleted;
    append(item);
}

Item *Store::newestCopy(LocalId id, Clock *offset) const
{
    for (;;) {
        Item *item = find(id);
        *offset = id.clock - item->id.clock;
        if (!item->is(Item::Redone)) {
            return item;
        }
        id = redone.at(item->id).at(*offset);
    }
}

void Store::releaseContent(Item *item)
{
    if (item->ownsContent()) {
        delete item->payload.content;
    } else if (item->kind == ContentKind::Doc) {
        item->payload.subdoc->item = nullptr; // It may merge with a neighbour and vanish.
    }
    item->payload.content = nullptr;
}

} // namespace cowrite::crdt
