#include "libsync/crdt/doc.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/store.h"

#include <algorithm>
#include <vector>

namespace cowrite::crdt {

Doc::Doc(Rng &rng, DocOptions options) : m_store(std::make_unique<Store>(this, rng, options)) {}

Doc::Doc(ClientId clientId, Rng &rng, DocOptions options) : Doc(rng, options)
{
    m_store->changeClientId(clientId);
}

Doc::~Doc() = default;

ClientId Doc::clientId() const
{
    return m_store->clientId;
}

Result<void> Doc::setClientId(ClientId clientId)
{
    if (clientId > limits::kMaxSafeInteger) {
        return fail(ErrorCode::OutOfRange, "A client id has at most 53 bits.");
    }
    m_store->changeClientId(clientId);
    return {};
}

GarbageCollection Doc::gc() const
{
    return m_store->options.gc;
}

Result<SharedType> Doc::root(std::string_view name, TypeKind kind)
{
    const bool known = m_store->findRoot(name) != nullptr;
    if (!known && name.size() > limits::kMaxRootNameBytes) {
        return fail(ErrorCode::LimitExceeded, "The name of a root type is too long.");
    }
    if (!known && m_store->roots.size() >= limits::kMaxRoots) {
        return fail(ErrorCode::LimitExceeded, "The document has too many root types.");
    }
    Branch *branch = m_store->root(name);
    if (branch->kind == TypeKind::Untyped) {
        branch->kind = kind;
    }
    if (branch->kind != kind && kind != TypeKind::Untyped) {
        return fail(ErrorCode::WrongKind,
                    "The document uses \"" + std::string(name) + "\" for another kind of content.");
    }
    return SharedType(branch);
}

Result<Text> Doc::text(std::string_view name)
{
    return root(name, TypeKind::Text).map([](SharedType type) { return Text(type); });
}

Result<Array> Doc::array(std::string_view name)
{
    return root(name, TypeKind::Array).map([](SharedType type) { return Array(type); });
}

Result<Map> Doc::map(std::string_view name)
{
    return root(name, TypeKind::Map).map([](SharedType type) { return Map(type); });
}

Result<XmlFragment> Doc::xmlFragment(std::string_view name)
{
    return root(name, TypeKind::XmlFragment).map([](SharedType type) { return XmlFragment(type); });
}

Result<XmlElement> Doc::xmlElement(std::string_view name)
{
    return root(name, TypeKind::XmlElement).map([](SharedType type) { return XmlElement(type); });
}

Result<XmlText> Doc::xmlText(std::string_view name)
{
    return root(name, TypeKind::XmlText).map([](SharedType type) { return XmlText(type); });
}

std::vector<SharedType> Doc::roots() const
{
    return {m_store->roots.begin(), m_store->roots.end()};
}

std::vector<Subdoc> Doc::subdocs() const
{
    std::vector<Subdoc> subdocs;
    for (SubdocRecord &record : m_store->subdocs) {
        if (!record.isDeleted()) {
            subdocs.emplace_back(&record);
        }
    }
    return subdocs;
}

bool Doc::inTransaction() const
{
    return m_store->depth > 0;
}

void Doc::begin(Origin origin)
{
    m_store->begin(origin);
}

void Doc::commit()
{
    m_store->commit();
}

Result<void> Doc::apply(Update &&update, Origin origin)
{
    return m_store->apply(std::move(update), origin);
}

StateVector Doc::stateVector() const
{
    StateVector result;
    for (const ClientRecord &client : m_store->clients) {
        result.set(client.id, client.nextClock);
    }
    return result;
}

DeleteSet Doc::deleteSet() const
{
    std::vector<const ClientRecord *> clients;
    for (const ClientRecord &client : m_store->clients) {
        clients.push_back(&client);
    }
    std::sort(clients.begin(), clients.end(),
              [](const auto *a, const auto *b) { return a->id > b->id; });
    DeleteSet result;
    for (const ClientRecord *client : clients) {
        client->structs.forEach([&](const Item *item) {
            if (item->deleted()) {
                result.add(client->id, {item->id.clock, item->length});
            }
        });
    }
    return result;
}

bool Doc::hasPending() const
{
    return !m_store->pending.empty();
}

std::uint64_t Doc::pendingRevision() const
{
    return m_store->pending.revision;
}

} // namespace cowrite::crdt
