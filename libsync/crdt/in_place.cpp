#include "libsync/crdt/store.h"

#include "libsync/base/limits.h"
#include "libsync/crdt/surrogates.h"

namespace cowrite::crdt {

namespace {

/// In a sequence (a foreign update may put text under a map key), and free to merge.
bool isPlain(const Item *item)
{
    return !item->is(Item::Keyed) && !item->is(Item::Redone);
}

} // namespace

// Most edits of a person continue the one before. Yjs makes a struct for each and merges it with
// its neighbour when the transaction ends; here the border between the two moves instead, with the
// same structs as the result.

/// Typing on, after the writer's last item.
bool Store::extend(std::uint32_t writer, Item *left, const Item *right, std::u16string_view text)
{
    ClientRecord &client = clients[writer];
    if (left->kind != ContentKind::String || left->deleted() || !isPlain(left) ||
        left->id.client != writer || left->end() != client.nextClock ||
        text.size() > limits::kMaxClock - client.nextClock ||
        left->rightOrigin != (right != nullptr ? right->id : LocalId{}) ||
        !client.text.extend(left->payload.text + left->length, text)) {
        return false;
    }
    const auto length = static_cast<Clock>(text.size());
    touch(writer);
    left->length += length;
    client.nextClock += length;
    Branch *parent = branchOf(left);
    parent->sequence.adjust(left, length);
    noteChange(parent, nullptr);
    return true;
}

/// Deleting the front or the back of a text beside a tombstone it would merge with. Only while
/// nobody watches, since the content is gone at once: an event or an undo step would still need it.
bool Store::shrink(Item *item, Clock from, Clock length)
{
    if (open.observed || options.gc == GarbageCollection::Off ||
        item->kind != ContentKind::String || length >= item->length ||
        from + length > item->length || item->is(Item::Keep) || !isPlain(item)) {
        return false;
    }

    const auto joins = [&](const Item *left, const Item *right) {
        return left->id.client == right->id.client && left->end() == right->id.clock &&
               right->origin == left->lastId() && left->rightOrigin == right->rightOrigin;
    };
    const auto isTombstone = [&](const Item *i) {
        return i != nullptr && i->kind == ContentKind::Deleted && !i->is(Item::Keep) && isPlain(i);
    };
    StructList &structs = clients[item->id.client].structs;
    char16_t *text = item->payload.text;
    LocalId removed;
    if (Item *right = item->right;
        from + length == item->length && isTombstone(right) && joins(item, right)) {
        mendCutPair(text[from - 1], text[from]);
        item->length -= length;
        structs.moveStart(right, right->id.clock - length);
        right->length += length;
        right->origin = item->lastId();
        removed = right->id;
    } else if (Item *left = item->left; from == 0 && isTombstone(left) && joins(left, item)) {
        mendCutPair(text[length - 1], text[length]);
        removed = item->id;
        left->length += length;
        structs.moveStart(item, item->id.clock + length);
        item->length -= length;
        item->payload.text += length;
        item->origin = left->lastId();
    } else {
        return false;
    }
    branchOf(item)->sequence.adjust(item, 0U - length);
    open.deleted.push_back({removed, length, true});
    return true;
}

} // namespace cowrite::crdt
