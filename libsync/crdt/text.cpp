#include "libsync/crdt/text.h"

#include "libsync/crdt/delta_builder.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/rich_text.h"

namespace cowrite::crdt {

namespace {

lib0::AnyObject toObject(const Attributes &attributes)
{
    return lib0::AnyObject::fromMembers(attributes);
}

Result<void> checkAttributes(const Attributes &attributes)
{
    for (const auto &[key, value] : attributes) {
        if (auto valid = checkKey(key); !valid) {
            return valid;
        }
        if (auto valid = checkDepth(value); !valid) {
            return valid;
        }
    }
    return {};
}

/// Text without formatting: straight to the place through the tree, then past tombstones
/// (yjs-compat 5.2.1).
void insertPlain(Store &store, Branch *branch, std::uint32_t offset, std::u16string_view text)
{
    Item *left = store.itemBefore(branch, offset);
    Item *right = left != nullptr ? left->right : branch->sequence.first();
    while (right != nullptr && right->deleted()) {
        left = right;
        right = right->right;
    }
    store.insertText(branch, left, right, text);
}

} // namespace

std::uint32_t Text::length() const
{
    return m_branch->sequence.length();
}

std::u16string Text::toString() const
{
    return substring(0, length());
}

std::u16string Text::substring(std::uint32_t offset, std::uint32_t length) const
{
    std::u16string result;
    Sequence &sequence = m_branch->sequence;
    if (offset >= sequence.length() || length == 0) {
        return result;
    }
    length = std::min(length, sequence.length() - offset);
    result.reserve(length);
    const Sequence::Place place =
        offset > 0 ? sequence.find(offset) : Sequence::Place{sequence.first(), 0};
    std::uint32_t skip = offset - place.start;
    for (const Item *item = place.item; item != nullptr && length > 0; item = item->right) {
        const std::uint32_t visible = item->visibleLength();
        if (visible == 0) {
            continue;
        }
        const std::uint32_t taken = std::min(visible - skip, length);
        if (item->kind == ContentKind::String) {
            result.append(item->payload.text + skip, taken);
        }
        length -= taken;
        skip = 0;
    }
    return result;
}

Delta Text::toDelta() const
{
    DeltaBuilder builder;
    for (const Item *item = m_branch->sequence.first(); item != nullptr; item = item->right) {
        if (!item->deleted()) {
            builder.add(item);
        }
    }
    return builder.take();
}

Result<void> Text::insert(std::uint32_t offset, std::u16string_view text,
                          const std::optional<Attributes> &attributes)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (attributes) {
        if (auto valid = checkAttributes(*attributes); !valid) {
            return valid;
        }
    }
    if (text.empty()) {
        return {};
    }
    Store &store = *m_branch->store;
    store.begin({});
    if (!m_branch->hasFormatting && (!attributes || attributes->empty())) {
        insertPlain(store, m_branch, std::min(offset, length()), text);
    } else {
        RichTextCursor cursor(m_branch);
        cursor.advance(offset);
        if (attributes) {
            cursor.insert(text, toObject(*attributes));
        } else {
            cursor.insertInheriting(text);
        }
    }
    store.commit();
    return {};
}

Result<void> Text::insertEmbed(std::uint32_t offset, const NewValue &value,
                               const std::optional<Attributes> &attributes)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (attributes) {
        if (auto valid = checkAttributes(*attributes); !valid) {
            return valid;
        }
    }
    if (auto valid = checkListValue(value); !valid) {
        return valid;
    }
    if (value.subdoc() != nullptr) {
        return fail(ErrorCode::Unsupported, "A document cannot stand in a text.");
    }
    Store &store = *m_branch->store;
    store.begin({});
    RichTextCursor cursor(m_branch);
    cursor.advance(offset);
    cursor.insert(value, toObject(attributes.value_or(Attributes{})));
    store.commit();
    return {};
}

Result<void> Text::remove(std::uint32_t offset, std::uint32_t length)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (length == 0 || offset >= this->length()) {
        return {};
    }
    Store &store = *m_branch->store;
    store.begin({});
    if (!m_branch->hasFormatting) {
        store.removeRange(m_branch, offset, length);
    } else {
        RichTextCursor cursor(m_branch);
        cursor.advance(offset);
        cursor.remove(length);
    }
    store.commit();
    return {};
}

Result<void> Text::format(std::uint32_t offset, std::uint32_t length, const Attributes &attributes)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (auto valid = checkAttributes(attributes); !valid) {
        return valid;
    }
    if (length == 0) {
        return {};
    }
    Store &store = *m_branch->store;
    store.begin({});
    RichTextCursor cursor(m_branch);
    cursor.advance(offset);
    if (!cursor.atEnd()) {
        cursor.format(length, toObject(attributes));
    }
    store.commit();
    return {};
}

Result<void> Text::applyDelta(const Delta &delta, FinalNewline finalNewline)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    for (const DeltaOp &op : delta) {
        if (auto valid = checkAttributes(op.attributes); !valid) {
            return valid;
        }
        if (op.kind == DeltaOp::Kind::Insert && op.text.empty() &&
            (op.values.size() != 1 || !op.values.front().isPlain())) {
            return fail(ErrorCode::Unsupported,
                        "A step of the delta inserts neither text nor one embedded value.");
        }
        if (!op.values.empty()) {
            if (auto valid = checkDepth(op.values.front().any()); !valid) {
                return valid;
            }
        }
    }
    Store &store = *m_branch->store;
    store.begin({});
    RichTextCursor cursor(m_branch);
    for (const DeltaOp &op : delta) {
        const lib0::AnyObject attributes = toObject(op.attributes);
        if (op.kind == DeltaOp::Kind::Retain) {
            cursor.format(op.length, attributes);
        } else if (op.kind == DeltaOp::Kind::Delete) {
            cursor.remove(op.length);
        } else if (!op.text.empty()) {
            std::u16string_view text = op.text;
            if (finalNewline == FinalNewline::Drop && &op == &delta.back() && cursor.atEnd() &&
                text.back() == u'\n') {
                text.remove_suffix(1);
            }
            if (!text.empty()) {
                cursor.insert(text, attributes);
            }
        } else {
            cursor.insert(op.values.front().any(), attributes);
        }
    }
    store.commit();
    return {};
}

Result<void> Text::setAttribute(std::string_view name, NewValue value)
{
    return Map(*this).set(name, std::move(value));
}

Result<void> Text::removeAttribute(std::string_view name)
{
    return Map(*this).remove(name);
}

std::optional<Value> Text::getAttribute(std::string_view name) const
{
    return Map(*this).get(name);
}

std::vector<std::pair<std::string, Value>> Text::attributes() const
{
    return Map(*this).entries();
}

} // namespace cowrite::crdt
