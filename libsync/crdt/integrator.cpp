#include "libsync/crdt/integrator.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/store.h"
#include "libsync/crdt/surrogates.h"

#include <algorithm>
#include <span>

namespace cowrite::crdt {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Clients of one update whose tables are kept; a larger update gives back what it took.
constexpr std::size_t kKeptClients = 1024;

} // namespace

bool Integrator::run(Update &update)
{
    prepare(update);
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        drain(i);
    }
    const bool kept = keepRest();
    if (m_clients.size() > kKeptClients) {
        m_clients = {};
        m_queues = {};
        m_stack = {};
    }
    return kept;
}

void Integrator::prepare(Update &update)
{
    m_update = &update;
    m_clients.clear();
    for (const ClientId client : update.clients) {
        m_clients.push_back(m_store.findClient(client));
    }
    m_queues.clear();
    for (const WireSection &section : update.sections) {
        m_queues.push_back(
            {section.first, section.first + section.count, section.client, false, false});
    }
    std::sort(m_queues.begin(), m_queues.end(), [&](const Queue &a, const Queue &b) {
        return update.clients[a.client] > update.clients[b.client];
    });
}

bool Integrator::keepRest()
{
    std::size_t waiting = m_store.pending.structCount();
    for (const Queue &queue : m_queues) {
        waiting += queue.end - queue.next;
    }
    if (waiting > limits::kMaxPendingStructs) {
        return false;
    }
    std::vector<PendingStore::Section> left;
    for (const Queue &queue : m_queues) {
        if (queue.next != queue.end) {
            left.push_back(
                {m_update->clients[queue.client],
                 std::span(m_update->structs).subspan(queue.next, queue.end - queue.next)});
        }
    }
    m_store.pending.add(*m_update, left);
    return m_store.pending.bytes() <= limits::kMaxPendingBytes;
}

/// Integrates what it can of queue `first` and, struct by struct as that needs them, of others:
/// types change in the order of Yjs, so their observers are called in it. A list in place of
/// recursion: peers decide how long chains of dependencies are.
void Integrator::drain(std::size_t first)
{
    m_stack.assign(1, first);
    while (!m_stack.empty()) {
        Queue &queue = m_queues[m_stack.back()];
        if (queue.blocked || queue.next == queue.end) {
            leave();
            continue;
        }
        const WireStruct &wire = m_update->structs[queue.next];
        const Clock state = stateOf(queue.client);
        if (wire.kind == ContentKind::Skip || wire.end() <= state) {
            splitAtAnchors(wire);
            ++queue.next;
            returnToWaiting();
        } else if (wire.clock > state) {
            block(queue, queue.client, wire.clock - 1);
        } else if (const std::uint32_t missing = missingClient(wire, queue.client);
                   missing == LocalId::kNoClient) {
            integrate(wire, storeClient(queue.client), state - wire.clock);
            ++queue.next;
            returnToWaiting();
        } else if (const std::size_t other = queueOf(missing); other != kNone) {
            queue.waiting = true;
            m_stack.push_back(other);
        } else {
            block(queue, missing, stateOf(missing));
        }
    }
}

void Integrator::leave()
{
    m_queues[m_stack.back()].waiting = false;
    m_stack.pop_back();
}

/// After each struct of a queue that another one needs.
void Integrator::returnToWaiting()
{
    if (m_stack.size() > 1) {
        leave();
    }
}

void Integrator::block(Queue &queue, std::uint32_t client, Clock clock)
{
    queue.blocked = true;
    m_store.pending.waitFor(m_update->clients[client], clock);
}

// Clients of the update are named by their index there. The document gets to know one only when
// something of his is integrated: what merely waits leaves no trace.
Clock Integrator::stateOf(std::uint32_t client) const
{
    const std::uint32_t known = m_clients[client];
    return known != LocalId::kNoClient ? m_store.stateOf(known) : 0;
}
std::uint32_t Integrator::storeClient(std::uint32_t client)
{
    std::uint32_t &known = m_clients[client];
    if (known == LocalId::kNoClient) {
        known = m_store.internClient(m_update->clients[client]);
    }
    return known;
}

/// The client of the first thing `wire` refers to that is not there yet. The decoder made sure
/// that references to its own client point back.
std::uint32_t Integrator::missingClient(const WireStruct &wire, std::uint32_t own) const
{
    const auto isMissing = [&](LocalId id) {
        return id.exists() && id.client != own && id.clock >= stateOf(id.client);
    };
    if (isMissing(wire.origin)) {
        return wire.origin.client;
    }
    if (isMissing(wire.rightOrigin)) {
        return wire.rightOrigin.client;
    }
    if (wire.parentKind == ParentKind::Item && isMissing(wire.parent)) {
        return wire.parent.client;
    }
    return LocalId::kNoClient;
}

/// A queue of this client that can still help; one that waits itself closes a cycle.
std::size_t Integrator::queueOf(std::uint32_t client) const
{
    if (m_queues.size() == 1) {
        return kNone;
    }
    const auto it = std::partition_point(m_queues.begin(), m_queues.end(), [&](const Queue &q) {
        return m_update->clients[q.client] > m_update->clients[client];
    });
    if (it == m_queues.end() || it->client != client || it->blocked || it->waiting ||
        it->next == it->end) {
        return kNone;
    }
    return static_cast<std::size_t>(it - m_queues.begin());
}

/// Yjs looks for the neighbours of a struct before it sees that it knows it, and so cuts items
/// (and surrogate pairs) there; most are joined again when the transaction ends.
void Integrator::splitAtAnchors(const WireStruct &wire)
{
    const auto isKnown = [&](LocalId id) { return id.exists() && id.clock < stateOf(id.client); };
    if (isKnown(wire.origin)) {
        m_store.findEnd(localId(wire.origin));
    }
    if (isKnown(wire.rightOrigin)) {
        m_store.findStart(localId(wire.rightOrigin));
    }
}

/// The same id in the document, which knows it.
LocalId Integrator::localId(LocalId id) const
{
    return id.exists() ? LocalId{m_clients[id.client], id.clock} : LocalId{};
}

/// Remote typing on: the place is known, nothing conflicts, and the item is there already.
bool Integrator::extendLast(const WireStruct &wire, std::uint32_t client)
{
    const StructList &structs = m_store.clients[client].structs;
    if (wire.kind != ContentKind::String || structs.empty()) {
        return false;
    }
    Item *last = structs.last();
    return last->kind == ContentKind::String && localId(wire.origin) == last->lastId() &&
           localId(wire.rightOrigin) == last->rightOrigin && !branchOf(last)->isDeleted() &&
           m_store.extend(client, last, last->right, m_update->textOf(wire));
}

void Integrator::integrate(const WireStruct &wire, std::uint32_t client, Clock offset)
{
    Store &store = m_store;
    if (wire.kind == ContentKind::Gc) {
        store.appendGc(client, wire.length - offset);
        return;
    }
    if (offset == 0 && extendLast(wire, client)) {
        return;
    }
    Item *item = store.items.create();
    item->id = {client, wire.clock + offset};
    item->length = wire.length - offset;
    item->kind = ContentKind::Gc;
    item->flags = Item::Deleted;

    // Not read back from the item: what was just written in two halves is slow to read as a whole.
    const LocalId origin = offset > 0 ? LocalId{client, item->id.clock - 1} : localId(wire.origin);
    const LocalId rightOrigin = localId(wire.rightOrigin);
    item->origin = origin;
    item->rightOrigin = rightOrigin;
    Item *left = origin.exists() ? store.findEnd(origin) : nullptr;
    Item *right = nullptr;
    if (rightOrigin.exists()) {
        // Nearly always nobody else has written between the two.
        Item *next = left != nullptr ? left->right : nullptr;
        right = next != nullptr && next->id == rightOrigin ? next : store.findStart(rightOrigin);
    }

    // Where it belongs: what a neighbour says, else what the wire says. A neighbour or parent that
    // was collected leaves no place, and the item is collected as well (yjs-compat 3.1).
    Branch *parent = nullptr;
    KeyChain *chain = nullptr;
    const bool nearGc = (left != nullptr && left->isGc()) || (right != nullptr && right->isGc());
    if (!nearGc) {
        if (const Item *neighbour = left != nullptr ? left : right) {
            parent = branchOf(neighbour);
            chain = chainOf(neighbour);
        } else if (wire.parentKind == ParentKind::Root) {
            parent = store.root(m_update->names[wire.parent.clock]);
        } else if (wire.parentKind == ParentKind::Item) {
            const Item *holder = store.find(localId(wire.parent));
            if (holder->kind == ContentKind::Type) {
                parent = holder->payload.branch;
            }
        }
        if (parent != nullptr && chain == nullptr && wire.key != kNoIndex) {
            chain = parent->chain(store.internKey(m_update->names[wire.key]));
        }
    }
    if (parent == nullptr) {
        item->origin = {};
        item->rightOrigin = {};
        store.append(item);
        return;
    }
    // An anchor in another list is none (yjs-compat 10.2 rule 6).
    if (right != nullptr && (branchOf(right) != parent || chainOf(right) != chain)) {
        right = nullptr;
    }

    item->flags = 0;
    item->kind = wire.kind;
    takeContent(item, wire, offset);
    store.place(item, left, right, parent, chain);
}

void Integrator::takeContent(Item *item, const WireStruct &wire, Clock offset)
{
    switch (wire.kind) {
    case ContentKind::Deleted:
        break;
    case ContentKind::String: {
        const std::u16string_view text = m_update->textOf(wire);
        item->payload.text = m_store.clients[item->id.client].text.append(text.substr(offset));
        if (offset > 0 && isHighSurrogate(text[offset - 1])) {
            item->payload.text[0] = kReplacement;
        }
        break;
    }
    case ContentKind::Type:
        item->payload.branch =
            m_store.makeBranch(static_cast<TypeKind>(wire.typeRef), m_update->nameOf(wire.content));
        break;
    case ContentKind::Doc:
        item->payload.subdoc =
            m_store.makeSubdoc(std::move(std::get<DocContent>(*m_update->contents[wire.content])));
        break;
    default:
        item->payload.content = m_update->contents[wire.content].release();
        if (offset > 0) {
            eraseFront(*item->payload.content, offset);
        }
        break;
    }
}

} // namespace cowrite::crdt
