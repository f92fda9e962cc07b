#include "libsync/crdt/store.h"

#include "libsync/base/limits.h"

namespace cowrite::crdt {

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
