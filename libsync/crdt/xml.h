#pragma once

#include "libsync/crdt/map.h"
#include "libsync/crdt/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cowrite::crdt {

class XmlElement;
struct Snapshot;

/// A list of XML nodes: elements, texts, hooks (yjs-compat 5.5).
class XmlFragment : public SharedType {
public:
    explicit XmlFragment(SharedType type) : SharedType(type) {}

    [[nodiscard]] std::uint32_t length() const;
    /// Nothing past the end.
    [[nodiscard]] std::optional<Value> get(std::uint32_t index) const;
    [[nodiscard]] std::optional<Value> firstChild() const { return get(0); }
    [[nodiscard]] std::vector<Value> children() const;
    /// As Array::values at a snapshot: what is nested in them is what it is now.
    [[nodiscard]] std::vector<Value> children(const Snapshot &snapshot) const;

    /// Error OutOfRange past the end; otherwise as Array::insert.
    [[nodiscard]] Result<void> insert(std::uint32_t index, const std::vector<NewValue> &nodes);
    /// Inserts at the end. Errors of Array::insert.
    [[nodiscard]] Result<void> push(const std::vector<NewValue> &nodes);
    /// Error OutOfRange when the range passes the end; nothing is removed then.
    [[nodiscard]] Result<void> remove(std::uint32_t index, std::uint32_t length = 1);

    /// All nodes below, in document order: a node, then what is in it if it is an element or a
    /// fragment.
    [[nodiscard]] std::vector<SharedType> descendants() const;
    /// Of these the elements with this node name, in whatever case (ASCII).
    [[nodiscard]] std::vector<XmlElement> querySelectorAll(std::string_view nodeName) const;

    /// Yjs's string form: attributes and format tags sorted by name, node names in lower case
    /// (ASCII), and nothing escaped, so it is no safe serialisation.
    [[nodiscard]] std::string toString() const;
};

/// An element: a fragment with a node name and attributes.
class XmlElement : public XmlFragment {
public:
    explicit XmlElement(SharedType type) : XmlFragment(type) {}

    /// "UNDEFINED" for a root: the wire has no node name for it.
    [[nodiscard]] std::string_view nodeName() const;

    /// Errors of Map::set.
    [[nodiscard]] Result<void> setAttribute(std::string_view name, NewValue value);
    /// Nothing happens if there is none.
    [[nodiscard]] Result<void> removeAttribute(std::string_view name);
    [[nodiscard]] bool hasAttribute(std::string_view name) const;
    [[nodiscard]] std::optional<Value> getAttribute(std::string_view name) const;
    /// What it was at `snapshot` of this document, which must not collect garbage.
    [[nodiscard]] std::optional<Value> getAttribute(std::string_view name,
                                                    const Snapshot &snapshot) const;
    /// In the order of Map::keys.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> attributes() const;
    [[nodiscard]] std::vector<std::pair<std::string, Value>>
    attributes(const Snapshot &snapshot) const;
};

/// A text among XML nodes.
class XmlText : public Text {
public:
    explicit XmlText(SharedType type) : Text(type) {}

    /// As XmlFragment::toString; each format is a tag around its text.
    [[nodiscard]] std::string toString() const;
};

/// A map that stands for something the owner of the document knows how to show.
class XmlHook : public Map {
public:
    explicit XmlHook(SharedType type) : Map(type) {}

    [[nodiscard]] const std::string &hookName() const { return name(); }
};

/// The next, or previous, live node of the list that `node` stands in.
[[nodiscard]] std::optional<Value> nextSibling(const SharedType &node);
[[nodiscard]] std::optional<Value> previousSibling(const SharedType &node);

} // namespace cowrite::crdt
