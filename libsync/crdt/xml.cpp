#include "libsync/crdt/xml.h"

#include "libsync/base/ascii.h"
#include "libsync/crdt/array.h"
#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

// Children are the list part of a type, and attributes its map part, so what can be done with them
// is what Array and Map do.

std::uint32_t XmlFragment::length() const
{
    return Array(*this).length();
}

std::optional<Value> XmlFragment::get(std::uint32_t index) const
{
    return Array(*this).get(index);
}

std::vector<Value> XmlFragment::children() const
{
    return Array(*this).values();
}

Result<void> XmlFragment::insert(std::uint32_t index, const std::vector<NewValue> &nodes)
{
    return Array(*this).insert(index, nodes);
}

Result<void> XmlFragment::push(const std::vector<NewValue> &nodes)
{
    return insert(length(), nodes); // Left of tombstones, unlike Array::push.
}

Result<void> XmlFragment::remove(std::uint32_t index, std::uint32_t length)
{
    return Array(*this).remove(index, length);
}

std::vector<SharedType> XmlFragment::descendants() const
{
    std::vector<SharedType> found;
    std::vector<const Item *> rest{m_branch->sequence.first()};
    while (!rest.empty()) {
        const Item *item = rest.back();
        rest.pop_back();
        if (item == nullptr) {
            continue;
        }
        rest.push_back(item->right);
        if (item->deleted() || item->kind != ContentKind::Type) {
            continue;
        }
        const SharedType &node = found.emplace_back(item->payload.branch);
        if (node.kind() == TypeKind::XmlElement || node.kind() == TypeKind::XmlFragment) {
            rest.push_back(node.branch()->sequence.first());
        }
    }
    return found;
}

std::vector<XmlElement> XmlFragment::querySelectorAll(std::string_view nodeName) const
{
    std::vector<XmlElement> found;
    for (const SharedType &node : descendants()) {
        if (node.kind() == TypeKind::XmlElement &&
            std::equal(node.name().begin(), node.name().end(), nodeName.begin(), nodeName.end(),
                       [](char a, char b) { return asciiToLower(a) == asciiToLower(b); })) {
            found.emplace_back(node);
        }
    }
    return found;
}

std::string_view XmlElement::nodeName() const
{
    return isRoot() ? std::string_view("UNDEFINED") : std::string_view(name());
}

Result<void> XmlElement::setAttribute(std::string_view name, NewValue value)
{
    return Map(*this).set(name, std::move(value));
}

Result<void> XmlElement::removeAttribute(std::string_view name)
{
    return Map(*this).remove(name);
}

bool XmlElement::hasAttribute(std::string_view name) const
{
    return Map(*this).has(name);
}

std::optional<Value> XmlElement::getAttribute(std::string_view name) const
{
    return Map(*this).get(name);
}

std::vector<std::pair<std::string, Value>> XmlElement::attributes() const
{
    return Map(*this).entries();
}

namespace {

std::optional<Value> sibling(const SharedType &node, Item *Item::*direction)
{
    const Item *item = node.branch()->item;
    if (item == nullptr || item->is(Item::Keyed)) {
        return std::nullopt;
    }
    do {
        item = item->*direction;
    } while (item != nullptr && item->visibleLength() == 0);
    if (item == nullptr) {
        return std::nullopt;
    }
    return valueAt(item, direction == &Item::right ? 0 : item->length - 1);
}

} // namespace

std::optional<Value> nextSibling(const SharedType &node)
{
    return sibling(node, &Item::right);
}

std::optional<Value> previousSibling(const SharedType &node)
{
    return sibling(node, &Item::left);
}

} // namespace cowrite::crdt
