#include "libsync/crdt/rich_text.h"

#include <map>

namespace cowrite::crdt {

namespace {

/// What `attributes` wants for `key`; a key it does not name is wanted absent.
Any wanted(const lib0::AnyObject &attributes, const std::string &key)
{
    const Any *value = attributes.find(key);
    return value != nullptr && !value->isUndefined() ? *value : Any(nullptr);
}

} // namespace

/// Only while there is an item to the right.
void RichTextCursor::forward()
{
    if (m_right->isLiveFormat()) {
        m_active.apply(m_right->format());
    }
    m_left = m_right;
    m_right = m_right->right;
}

void RichTextCursor::splitRight(Clock length)
{
    if (length < m_right->length) {
        m_store.split(m_right, length);
    }
}

/// Past the end this goes behind tombstones and formats that close the text, which just at the end
/// it does not.
void RichTextCursor::advance(std::uint32_t units)
{
    if (!m_branch->hasFormatting && m_left == nullptr) {
        m_left = units <= m_branch->sequence.length() ? m_store.itemBefore(m_branch, units)
                                                      : m_branch->sequence.last();
        m_right = m_left != nullptr ? m_left->right : m_branch->sequence.first();
        return;
    }
    while (m_right != nullptr && units > 0) {
        if (m_right->visibleLength() > 0) {
            splitRight(units);
            units -= m_right->length;
        }
        forward();
    }
}

/// Past tombstones, and past formats that say what is wanted anyway.
void RichTextCursor::skip(const lib0::AnyObject &attributes)
{
    while (m_right != nullptr &&
           (m_right->deleted() || (m_right->kind == ContentKind::Format &&
                                   lib0::equalFlat(wanted(attributes, m_right->format().key),
                                                   m_right->format().value)))) {
        forward();
    }
}

void RichTextCursor::insertFormat(std::string key, Any value)
{
    m_right = m_store.insertContent(m_branch, m_left, m_right,
                                    FormatContent{std::move(key), std::move(value)}, 1);
    forward();
}

/// Begins what differs from the attributes in force; returns what must be put back behind.
AttributeMap RichTextCursor::open(const lib0::AnyObject &attributes)
{
    AttributeMap negated;
    for (const auto &[key, value] : attributes) {
        const Any current = m_active.get(key);
        if (lib0::equalFlat(current, value)) {
            continue;
        }
        negated.set(std::string(key), current);
        insertFormat(std::string(key), value);
    }
    return negated;
}

void RichTextCursor::close(AttributeMap &negated)
{
    const auto isRedundant = [&](const Item *item) {
        if (item->deleted()) {
            return true;
        }
        if (item->kind != ContentKind::Format) {
            return false;
        }
        const Any *value = negated.find(item->format().key);
        return value != nullptr && lib0::equalFlat(*value, item->format().value);
    };
    while (m_right != nullptr && isRedundant(m_right)) {
        if (!m_right->deleted()) {
            negated.erase(m_right->format().key);
        }
        forward();
    }
    for (const auto &[key, value] : negated.entries()) {
        insertFormat(key, value);
    }
}

template <class InsertItem>
void RichTextCursor::insertWith(const lib0::AnyObject &given, InsertItem insertItem)
{
    std::vector<lib0::AnyObject::Member> members(given.begin(), given.end());
    for (const auto &[key, value] : m_active.entries()) {
        const Any *wanted = given.find(key);
        if (wanted == nullptr || wanted->isUndefined()) {
            members.emplace_back(key, nullptr);
        }
    }
    const auto attributes = lib0::AnyObject::fromMembers(std::move(members));
    skip(attributes);
    AttributeMap negated = open(attributes);
    insertItem();
    m_left = m_left != nullptr ? m_left->right : m_branch->sequence.first();
    m_right = m_left->right;
    close(negated);
}

void RichTextCursor::insert(std::u16string_view text, const lib0::AnyObject &attributes)
{
    insertWith(attributes, [&] {
        Item *item =
            m_store.newItem(ContentKind::String, static_cast<Clock>(text.size()), m_left, m_right);
        item->payload.text = m_store.clients[item->id.client].text.append(text);
        m_store.link(item, m_left, m_branch, nullptr);
    });
}

void RichTextCursor::insert(const NewValue &value, const lib0::AnyObject &attributes)
{
    insertWith(attributes, [&] {
        if (const Any *any = value.any()) {
            m_store.insertContent(m_branch, m_left, m_right, EmbedContent{*any}, 1);
        } else {
            m_store.insertType(m_branch, m_left, m_right, value);
        }
    });
}

void RichTextCursor::insertInheriting(std::u16string_view text)
{
    insert(text, lib0::AnyObject::fromMembers(m_active.entries()));
}

/// yjs-compat 5.2.3.
void RichTextCursor::format(std::uint32_t length, const lib0::AnyObject &attributes)
{
    skip(attributes);
    AttributeMap negated = open(attributes);
    while (m_right != nullptr &&
           (length > 0 ||
            (!negated.empty() && (m_right->deleted() || m_right->kind == ContentKind::Format)))) {
        if (m_right->isLiveFormat()) {
            const FormatContent &format = m_right->format();
            const Any *value = attributes.find(format.key);
            if (value == nullptr || value->isUndefined()) {
                m_active.set(format.key, format.value);
            } else {
                if (lib0::equalFlat(*value, format.value)) {
                    negated.erase(format.key);
                } else if (length == 0) {
                    break; // Belongs to the text behind the range.
                } else {
                    negated.set(format.key, format.value);
                }
                m_store.remove(m_right);
            }
        } else if (!m_right->deleted()) {
            splitRight(length);
            length -= m_right->length;
        }
        forward();
    }
    if (length > 0) {
        // Quill takes a document to end with a newline; Yjs pads, and so every peer does.
        Item *item = m_store.newItem(ContentKind::String, length, m_left, m_right);
        item->payload.text =
            m_store.clients[item->id.client].text.append(std::u16string(length, u'\n'));
        m_store.link(item, m_left, m_branch, nullptr);
        m_right = item;
        forward();
    }
    close(negated);
}

/// yjs-compat 5.2.4.
void RichTextCursor::remove(std::uint32_t length)
{
    const AttributeMap before = m_active;
    Item *const start = m_right;
    while (length > 0 && m_right != nullptr) {
        if (m_right->kind == ContentKind::String || m_right->kind == ContentKind::Embed ||
            m_right->kind == ContentKind::Type) {
            if (!m_right->deleted()) {
                splitRight(length);
                length -= m_right->length;
                m_store.remove(m_right);
            }
        }
        forward();
    }
    if (start != nullptr) {
        cleanGap(start, before);
    }
}

/// From `start` to the next text nothing is visible any more, so of the formats there only the last
/// of each key counts, and that only if it changes what was in force before (`before`).
void RichTextCursor::cleanGap(Item *start, const AttributeMap &before)
{
    std::map<std::string_view, const Item *> lasts;
    Item *end = start;
    for (; end != nullptr && (!end->countable() || end->deleted()); end = end->right) {
        if (end->isLiveFormat()) {
            lasts[end->format().key] = end;
        }
    }
    bool passedCursor = false;
    for (Item *item = start; item != end; item = item->right) {
        passedCursor = passedCursor || item == m_right;
        if (!item->isLiveFormat()) {
            continue;
        }
        const FormatContent &format = item->format();
        const Any valueBefore = before.get(format.key);
        if (lasts[format.key] == item && !lib0::identical(valueBefore, format.value)) {
            if (!passedCursor) {
                m_active.apply(format);
            }
            continue;
        }
        m_store.remove(item);
        if (!passedCursor && lib0::identical(m_active.get(format.key), format.value) &&
            !lib0::identical(valueBefore, format.value)) {
            if (valueBefore.isNull()) {
                m_active.erase(format.key);
            } else {
                m_active.set(format.key, valueBefore);
            }
        }
    }
}

} // namespace cowrite::crdt
