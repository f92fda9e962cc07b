#include "libsync/crdt/snapshot.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

/// Who fills the restored document.
constexpr char kRestoring = 0;

/// Where its first unit belongs, unless a neighbour says it (yjs-compat 2.4).
void setParent(WireStruct &wire, const Item *item, Update &update)
{
    if (item->origin.exists() || item->rightOrigin.exists()) {
        return;
    }
    const Branch *parent = branchOf(item);
    if (parent->item != nullptr) {
        wire.parentKind = ParentKind::Item;
        wire.parent = parent->item->id;
    } else {
        wire.parentKind = ParentKind::Root;
        wire.parent.clock = update.addName(*parent->name);
    }
    if (const KeyChain *chain = chainOf(item)) {
        wire.key = update.addName(*chain->key);
    }
}

/// The struct as an update would carry it. The update's clients are those of the store, in its
/// order, so ids need no translation.
void addStruct(Update &update, const Item *item)
{
    WireStruct wire;
    wire.clock = item->id.clock;
    wire.length = item->length;
    wire.kind = item->kind;
    if (!item->isGc()) {
        wire.origin = item->origin;
        wire.rightOrigin = item->rightOrigin;
        setParent(wire, item, update);
    }
    if (item->kind == ContentKind::String) {
        wire.content = static_cast<TableIndex>(update.text.size());
        update.text.append(item->payload.text, item->length);
    } else if (item->kind == ContentKind::Type) {
        const Branch *branch = item->payload.branch;
        wire.typeRef = static_cast<std::uint8_t>(branch->kind);
        wire.content = update.addName(*branch->name);
    } else if (item->kind == ContentKind::Doc) {
        wire.content = update.addContent(item->payload.subdoc->content);
    } else if (item->kind == ContentKind::Format) {
        // Values of formats are compared by identity, and an update brings new ones.
        const FormatContent &format = item->format();
        wire.content = update.addContent(FormatContent{format.key, lib0::cloned(format.value)});
    } else if (item->ownsContent()) {
        wire.content = update.addContent(*item->payload.content);
    }
    update.structs.push_back(wire);
}

/// All structs below `stateVector`, which are split exactly there.
Update structsBelow(Store &store, const StateVector &stateVector)
{
    Update update;
    for (const ClientRecord &client : store.clients) {
        update.clients.push_back(client.id);
    }
    for (const auto &[clientId, clock] : stateVector) {
        const std::uint32_t client = store.findClient(clientId);
        if (clock < store.stateOf(client)) {
            store.findStart({client, clock});
        }
        WireSection section{client, static_cast<std::uint32_t>(update.structs.size()), 0};
        store.clients[client].structs.forEach(0, clock, [&](const Item *item) {
            addStruct(update, item);
            ++section.count;
        });
        update.sections.push_back(section);
    }
    return update;
}

} // namespace

Snapshot takeSnapshot(const Doc &doc)
{
    return {doc.deleteSet(), doc.stateVector()};
}

Result<void> restoreSnapshot(Doc &source, const Snapshot &snapshot, Doc &target)
{
    if (source.gc() == GarbageCollection::On) {
        return fail(ErrorCode::Unsupported,
                    "The document drops what is deleted, so it cannot show an earlier state. "
                    "Create it with garbage collection off to keep its history.");
    }
    if (!source.stateVector().covers(snapshot.stateVector)) {
        return fail(ErrorCode::NotFound,
                    "The snapshot holds changes that this document has not received yet.");
    }
    Update update;
    source.transact([&] { update = structsBelow(source.store(), snapshot.stateVector); });
    update.deletions = snapshot.deletions;
    return target.apply(std::move(update), Origin::of(&kRestoring));
}

} // namespace cowrite::crdt
