#pragma once

#include "libsync/crdt/shared_type.h"
#include "libsync/crdt/subdoc.h"
#include "libsync/lib0/any.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cowrite::crdt {

using lib0::Any;

/// What a cell of a list or map holds: a plain value, a nested shared type, or a subdocument.
class Value {
public:
    Value() = default;
    Value(Any any) : m_value(std::move(any)) {}
    Value(SharedType type) : m_value(type) {}
    Value(Subdoc subdoc) : m_value(subdoc) {}

    bool isPlain() const { return std::holds_alternative<Any>(m_value); }
    bool isType() const { return std::holds_alternative<SharedType>(m_value); }
    bool isSubdoc() const { return std::holds_alternative<Subdoc>(m_value); }
    /// The plain value; undefined if !isPlain().
    const Any &any() const;
    /// Only if isType(). `Text(value.type())` and so on give the typed handle.
    SharedType type() const { return *std::get_if<SharedType>(&m_value); }
    /// Only if isSubdoc().
    Subdoc subdoc() const { return *std::get_if<Subdoc>(&m_value); }

    friend bool operator==(const Value &, const Value &) = default;

private:
    std::variant<Any, SharedType, Subdoc> m_value;
};

struct NewValue;

/// Content for a shared type that does not exist yet; created together with the edit that uses it.
struct NewText {
    std::u16string text;
};
struct NewArray {
    std::vector<NewValue> values;
};
/// A value for each key.
using NewEntries = std::vector<std::pair<std::string, NewValue>>;
struct NewMap {
    NewEntries entries;
};
struct NewXmlFragment {
    std::vector<NewValue> children;
};
struct NewXmlElement {
    std::string nodeName;
    NewEntries attributes;
    std::vector<NewValue> children;
};
struct NewXmlText {
    std::u16string text;
};
struct NewXmlHook {
    std::string hookName;
    NewEntries entries;
};

/// What an edit puts into a list or a map.
struct NewValue {
    std::variant<Any, NewText, NewArray, NewMap, NewXmlFragment, NewXmlElement, NewXmlText,
                 NewXmlHook, NewSubdoc>
        content;

    NewValue(Any any) : content(std::move(any)) {}
    NewValue(NewText text) : content(std::move(text)) {}
    NewValue(NewArray array) : content(std::move(array)) {}
    NewValue(NewMap map) : content(std::move(map)) {}
    NewValue(NewXmlFragment fragment) : content(std::move(fragment)) {}
    NewValue(NewXmlElement element) : content(std::move(element)) {}
    NewValue(NewXmlText text) : content(std::move(text)) {}
    NewValue(NewXmlHook hook) : content(std::move(hook)) {}
    NewValue(NewSubdoc subdoc) : content(std::move(subdoc)) {}

    /// Copying and destroying take what is nested one by one: a tree may be deeper than the stack.
    NewValue(const NewValue &other);
    NewValue(NewValue &&) noexcept = default;
    NewValue &operator=(const NewValue &other) { return *this = NewValue(other); }
    NewValue &operator=(NewValue &&) noexcept = default;
    ~NewValue();

    const Any *any() const { return std::get_if<Any>(&content); }
    const NewSubdoc *subdoc() const { return std::get_if<NewSubdoc>(&content); }
    /// The cells or children, and the entries or attributes, of a nested type; null without.
    const std::vector<NewValue> *values() const;
    const NewEntries *entries() const;
};

/// Whether every peer can take the value in: keys as long and values as deep as limits.h allows,
/// and in lists neither undefined nor big integers (yjs-compat 5.3). Errors LimitExceeded,
/// Unsupported.
[[nodiscard]] Result<void> checkNewValue(const NewValue &value);
/// The same for a value that stands in a list.
[[nodiscard]] Result<void> checkListValue(const NewValue &value);
[[nodiscard]] Result<void> checkKey(std::string_view key);
[[nodiscard]] Result<void> checkDepth(const Any &value);

} // namespace cowrite::crdt
