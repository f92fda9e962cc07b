#include "libsync/crdt/relative_position.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/store.h"

#include <cmath>

namespace cowrite::crdt {

namespace {

using lib0::Any;

RelativePosition atTypeEnd(const Branch *branch, int assoc)
{
    RelativePosition position;
    position.assoc = assoc;
    if (branch->isRoot()) {
        position.rootName = *branch->name;
    } else if (branch->item != nullptr) {
        position.type = branch->store->toId(branch->item->id);
    }
    return position;
}

/// `id` if this document has it.
std::optional<LocalId> known(const Store &store, Id id)
{
    const std::uint32_t client = store.findClient(id.client);
    if (client == LocalId::kNoClient || id.clock >= store.stateOf(client)) {
        return std::nullopt;
    }
    return LocalId{client, id.clock};
}

Any idJson(const std::optional<Id> &id)
{
    if (!id) {
        return nullptr;
    }
    return Any::object(lib0::AnyObject{{"client", static_cast<double>(id->client)},
                                       {"clock", static_cast<double>(id->clock)}});
}

std::optional<std::uint64_t> wholeNumber(const Any *json, double max)
{
    if (json == nullptr || !json->isNumber()) {
        return std::nullopt;
    }
    const double number = json->asNumber();
    if (!(number >= 0 && number <= max) || number != std::floor(number)) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(number);
}

tl::unexpected<Error> malformed()
{
    return fail(ErrorCode::Malformed, "This is not a relative position.");
}

Result<std::optional<Id>> idFromJson(const Any *json)
{
    if (json == nullptr || json->isNull() || json->isUndefined()) {
        return std::nullopt;
    }
    const auto client =
        wholeNumber(json->find("client"), static_cast<double>(limits::kMaxSafeInteger));
    const auto clock = wholeNumber(json->find("clock"), limits::kMaxClock);
    if (!client || !clock) {
        return malformed();
    }
    return Id{*client, static_cast<Clock>(*clock)};
}

} // namespace

RelativePosition makeRelativePosition(const SharedType &type, std::uint32_t index, int assoc)
{
    Branch *branch = type.branch();
    const Store &store = *branch->store;
    Sequence &sequence = branch->sequence;
    RelativePosition position;
    position.assoc = assoc;
    if (assoc < 0) {
        if (index == 0) {
            return atTypeEnd(branch, assoc);
        }
        if (index <= sequence.length()) {
            const Sequence::Place place = sequence.find(index - 1);
            position.item = store.toId(place.item->id.at(index - 1 - place.start));
        } else if (const Item *last = sequence.last()) {
            position.item = store.toId(last->lastId());
        } else {
            return atTypeEnd(branch, assoc);
        }
        return position;
    }
    if (index >= sequence.length()) {
        return atTypeEnd(branch, assoc);
    }
    const Sequence::Place place = sequence.find(index);
    position.item = store.toId(place.item->id.at(index - place.start));
    return position;
}

std::optional<AbsolutePosition> resolve(Doc &doc, const RelativePosition &position,
                                        FollowRedone follow)
{
    Store &store = doc.store();
    if (position.item) {
        const auto id = known(store, *position.item);
        if (!id) {
            return std::nullopt;
        }
        Clock offset = 0;
        Item *item = nullptr;
        if (follow == FollowRedone::Yes) {
            item = store.newestCopy(*id, &offset);
        } else {
            item = store.find(*id);
            offset = id->clock - item->id.clock;
        }
        if (item->isGc() || item->is(Item::Keyed)) {
            return std::nullopt;
        }
        Branch *branch = branchOf(item);
        std::uint32_t index = 0;
        if (!branch->isDeleted()) {
            index = branch->sequence.offsetOf(item);
            if (item->visibleLength() > 0) {
                index += offset + (position.assoc >= 0 ? 0 : 1);
            }
        }
        return AbsolutePosition{SharedType(branch), index, position.assoc};
    }

    Branch *branch = nullptr;
    if (position.rootName) {
        branch = store.findRoot(*position.rootName);
        if (branch == nullptr) {
            return std::nullopt;
        }
    } else if (position.type) {
        const auto id = known(store, *position.type);
        if (!id) {
            return std::nullopt;
        }
        Clock offset = 0;
        const Item *holder =
            follow == FollowRedone::Yes ? store.newestCopy(*id, &offset) : store.find(*id);
        if (holder->kind != ContentKind::Type) {
            return std::nullopt;
        }
        branch = holder->payload.branch;
    } else {
        return std::nullopt;
    }
    const std::uint32_t index = position.assoc >= 0 ? branch->sequence.length() : 0;
    return AbsolutePosition{SharedType(branch), index, position.assoc};
}

Any toJson(const RelativePosition &position)
{
    return Any::object(
        lib0::AnyObject{{"type", idJson(position.type)},
                        {"tname", position.rootName ? Any(*position.rootName) : Any(nullptr)},
                        {"item", idJson(position.item)},
                        {"assoc", static_cast<double>(position.assoc)}});
}

Result<RelativePosition> relativePositionFromJson(const Any &json)
{
    if (!json.isObject()) {
        return malformed();
    }
    RelativePosition position;
    auto type = idFromJson(json.find("type"));
    auto item = idFromJson(json.find("item"));
    if (!type || !item) {
        return malformed();
    }
    position.type = *type;
    position.item = *item;
    if (const Any *name = json.find("tname"); name != nullptr && !name->isNull()) {
        if (!name->isString() || name->asString().size() > limits::kMaxRootNameBytes) {
            return malformed();
        }
        position.rootName = name->asString();
    }
    if (const Any *assoc = json.find("assoc"); assoc != nullptr && !assoc->isNull()) {
        if (!assoc->isNumber()) {
            return malformed();
        }
        position.assoc = assoc->asNumber() < 0 ? -1 : 0;
    }
    // An empty root name is left out by Yjs's own helper, so nothing at all means that root.
    if (!position.type && !position.item && !position.rootName) {
        position.rootName = "";
    }
    return position;
}

} // namespace cowrite::crdt
