#include "libsync/crdt/store.h"

#include "libsync/base/limits.h"

namespace cowrite::crdt {

namespace {

TypeKind kindOf(const NewValue &value)
{
    if (std::holds_alternative<NewText>(value.content)) {
        return TypeKind::Text;
    }
    return std::holds_alternative<NewArray>(value.content) ? TypeKind::Array : TypeKind::Map;
}

/// How Yjs stores a plain value: bytes by themselves, all else as `any` (yjs-compat 5.3).
Content contentOf(const Any &value)
{
    if (value.isBytes()) {
        return BinaryContent{value.asBytes()};
    }
    return AnyContent{{value}};
}

} // namespace

Item *Store::newItem(ContentKind kind, Clock length, Item *left, Item *right)
{
    if (length > limits::kMaxClock - stateOf(ownClient())) {
        drawClientId(); // Somebody used the clocks of this one up.
    }
    const std::uint32_t client = ownClient();
    Item *item = items.create();
    item->id = {client, stateOf(client)};
    item->length = length;
    item->kind = kind;
    if (left != nullptr) {
        item->origin = left->lastId();
    }
    if (right != nullptr) {
        item->rightOrigin = right->id;
    }
    return item;
}

void Store::insertText(Branch *parent, Item *left, Item *right, std::u16string_view text)
{
    if (left != nullptr && extend(ownClient(), left, right, text)) {
        return;
    }
    Item *item = newItem(ContentKind::String, static_cast<Clock>(text.size()), left, right);
    item->payload.text = clients[item->id.client].text.append(text);
    link(item, left, parent, nullptr);
}

Item *Store::insertContent(Branch *parent, Item *left, Item *right, Content content, Clock length)
{
    static constexpr ContentKind kKinds[] = {
        ContentKind::Json, ContentKind::Binary, ContentKind::Embed, ContentKind::Format,
        ContentKind::Any,  ContentKind::Type,   ContentKind::Doc};
    Item *item = newItem(kKinds[content.index()], length, left, right);
    item->payload.content = new Content(std::move(content));
    link(item, left, parent, nullptr);
    return item;
}

/// The item of a nested type, followed at once by its content: the order in which Yjs writes it.
/// Recurses as deep as the caller's own value nests.
Item *Store::insertType(Branch *parent, Item *left, Item *right, KeyChain *chain,
                        const NewValue &value)
{
    Item *item = newItem(ContentKind::Type, 1, left, right);
    Branch *branch = makeBranch(kindOf(value));
    item->payload.branch = branch;
    link(item, left, parent, chain);
    if (const auto *text = std::get_if<NewText>(&value.content)) {
        if (!text->text.empty()) {
            insertText(branch, nullptr, nullptr, text->text);
        }
    } else if (const auto *array = std::get_if<NewArray>(&value.content)) {
        insertValues(branch, nullptr, array->values);
    } else if (const auto *map = std::get_if<NewMap>(&value.content)) {
        for (const auto &[key, entry] : map->entries) {
            setKey(branch, key, entry);
        }
    }
    return item;
}

void Store::insertValues(Branch *parent, Item *left, const std::vector<NewValue> &values)
{
    Item *const right = left != nullptr ? left->right : parent->sequence.first();
    AnyContent run;
    const auto flush = [&] {
        if (run.values.empty()) {
            return;
        }
        const auto length = static_cast<Clock>(run.values.size());
        left = insertContent(parent, left, right, std::exchange(run, {}), length);
    };
    for (const NewValue &value : values) {
        const Any *any = std::get_if<Any>(&value.content);
        if (any != nullptr && !any->isBytes()) {
            run.values.push_back(*any);
            continue;
        }
        flush();
        left = any != nullptr ? insertContent(parent, left, right, contentOf(*any), 1)
                              : insertType(parent, left, right, nullptr, value);
    }
    flush();
}

void Store::setKey(Branch *parent, std::string_view key, const NewValue &value)
{
    KeyChain *chain = parent->chain(internKey(key));
    Item *left = chain->last;
    const Any *any = std::get_if<Any>(&value.content);
    if (any == nullptr) {
        insertType(parent, left, nullptr, chain, value);
        return;
    }
    Item *item = newItem(any->isBytes() ? ContentKind::Binary : ContentKind::Any, 1, left, nullptr);
    item->payload.content = new Content(contentOf(*any));
    link(item, left, parent, chain);
}

Item *Store::itemBefore(Branch *parent, std::uint32_t offset)
{
    if (offset == 0) {
        return nullptr;
    }
    const Sequence::Place place = parent->sequence.find(offset - 1);
    const std::uint32_t end = offset - place.start;
    if (end < place.item->length) {
        split(place.item, end);
    }
    return place.item;
}

void Store::removeRange(Branch *parent, std::uint32_t offset, std::uint32_t length)
{
    const Sequence::Place place = parent->sequence.find(offset);
    if (shrink(place.item, offset - place.start, length)) {
        return;
    }
    Item *item = place.item;
    if (offset > place.start) {
        item = split(item, offset - place.start);
    }
    for (; item != nullptr && length > 0; item = item->right) {
        if (item->visibleLength() == 0) {
            continue;
        }
        if (length < item->length) {
            split(item, length);
        }
        length -= item->length;
        remove(item);
    }
}

} // namespace cowrite::crdt
