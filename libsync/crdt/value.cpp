#include "libsync/base/limits.h"
#include "libsync/base/overloaded.h"
#include "libsync/crdt/store.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <algorithm>
#include <iterator>

namespace cowrite::crdt {

const Any &Value::any() const
{
    static const Any undefined;
    const Any *any = std::get_if<Any>(&m_value);
    return any != nullptr ? *any : undefined;
}

Value valueAt(const Item *item, std::uint32_t index)
{
    switch (item->kind) {
    case ContentKind::String: // A text read as a list: one cell a unit (yjs-compat 5.1).
        return Any(lib0::utf16ToWtf8({item->payload.text + index, 1}));
    case ContentKind::Type:
        return SharedType(item->payload.branch);
    case ContentKind::Doc:
        return Subdoc(item->payload.subdoc);
    case ContentKind::Any:
        return std::get<AnyContent>(*item->payload.content).values[index];
    case ContentKind::Binary:
        return std::get<BinaryContent>(*item->payload.content).bytes;
    case ContentKind::Embed:
        return std::get<EmbedContent>(*item->payload.content).value;
    case ContentKind::Json: {
        const auto &element = std::get<JsonContent>(*item->payload.content).elements[index];
        auto parsed = lib0::parseJson(element);
        return parsed ? Value(std::move(*parsed)) : Value(); // The text `undefined`.
    }
    default:
        return Value();
    }
}

namespace {

/// Recurses no deeper than `limit`, which it is about to refuse.
bool isDeeperThan(const Any &value, std::size_t limit)
{
    if (!value.isArray() && !value.isObject()) {
        return false;
    }
    if (limit == 0) {
        return true;
    }
    if (value.isArray()) {
        return std::any_of(value.asArray().begin(), value.asArray().end(),
                           [&](const Any &element) { return isDeeperThan(element, limit - 1); });
    }
    return std::any_of(value.asObject().begin(), value.asObject().end(),
                       [&](const auto &member) { return isDeeperThan(member.value, limit - 1); });
}

} // namespace

Result<void> checkKey(std::string_view key)
{
    if (key.size() > limits::kMaxKeyBytes) {
        return fail(ErrorCode::LimitExceeded, "The key is too long.");
    }
    return {};
}

Result<void> checkDepth(const Any &value)
{
    if (isDeeperThan(value, lib0::kMaxNesting)) {
        return fail(ErrorCode::LimitExceeded, "The value is nested too deeply.");
    }
    return {};
}

namespace {

/// A value by itself, without what is nested in it.
Result<void> checkAlone(const NewValue &value, bool inList)
{
    if (const Any *any = value.any()) {
        if (inList && (any->isUndefined() || any->isBigInt())) {
            return fail(ErrorCode::Unsupported,
                        "Lists and texts cannot hold undefined or a big integer.");
        }
        return checkDepth(*any);
    }
    if (const NewSubdoc *subdoc = value.subdoc()) {
        return checkDepth(optionsOf(*subdoc));
    }
    if (const auto *element = std::get_if<NewXmlElement>(&value.content)) {
        return checkKey(element->nodeName);
    }
    if (const auto *hook = std::get_if<NewXmlHook>(&value.content)) {
        return checkKey(hook->hookName);
    }
    return {};
}

Result<void> check(const NewValue &top, bool inList)
{
    std::vector<std::pair<const NewValue *, bool>> rest{{&top, inList}};
    while (!rest.empty()) {
        const auto [value, listed] = rest.back();
        rest.pop_back();
        if (auto valid = checkAlone(*value, listed); !valid) {
            return valid;
        }
        if (const auto *values = value->values()) {
            for (const NewValue &cell : *values) {
                rest.emplace_back(&cell, true);
            }
        }
        if (const auto *entries = value->entries()) {
            for (const auto &[key, entry] : *entries) {
                if (auto valid = checkKey(key); !valid) {
                    return valid;
                }
                rest.emplace_back(&entry, false);
            }
        }
    }
    return {};
}

// The parts of a value that is not const are not const either, whatever its accessors say.
std::vector<NewValue> *valuesOf(NewValue &value)
{
    return const_cast<std::vector<NewValue> *>(value.values());
}
NewEntries *entriesOf(NewValue &value)
{
    return const_cast<NewEntries *>(value.entries());
}

void takeNested(NewValue &value, std::vector<NewValue> &into)
{
    if (auto *values = valuesOf(value)) {
        std::move(values->begin(), values->end(), std::back_inserter(into));
        values->clear();
    }
    if (auto *entries = entriesOf(value)) {
        for (auto &[key, entry] : *entries) {
            into.push_back(std::move(entry));
        }
        entries->clear();
    }
}

/// A copy without what is nested in the value.
NewValue copyAlone(const NewValue &value)
{
    return std::visit(
        Overloaded{[](const NewArray &) -> NewValue { return NewArray(); },
                   [](const NewMap &) -> NewValue { return NewMap(); },
                   [](const NewXmlFragment &) -> NewValue { return NewXmlFragment(); },
                   [](const NewXmlElement &element) -> NewValue {
                       return NewXmlElement{element.nodeName, {}, {}};
                   },
                   [](const NewXmlHook &hook) -> NewValue {
                       return NewXmlHook{hook.hookName, {}};
                   },
                   [](const auto &leaf) -> NewValue { return leaf; }},
        value.content);
}

} // namespace

Result<void> checkListValue(const NewValue &value)
{
    return check(value, true);
}

Result<void> checkNewValue(const NewValue &value)
{
    return check(value, false);
}

const std::vector<NewValue> *NewValue::values() const
{
    if (const auto *array = std::get_if<NewArray>(&content)) {
        return &array->values;
    }
    if (const auto *fragment = std::get_if<NewXmlFragment>(&content)) {
        return &fragment->children;
    }
    const auto *element = std::get_if<NewXmlElement>(&content);
    return element != nullptr ? &element->children : nullptr;
}

const NewEntries *NewValue::entries() const
{
    if (const auto *map = std::get_if<NewMap>(&content)) {
        return &map->entries;
    }
    if (const auto *hook = std::get_if<NewXmlHook>(&content)) {
        return &hook->entries;
    }
    const auto *element = std::get_if<NewXmlElement>(&content);
    return element != nullptr ? &element->attributes : nullptr;
}

NewValue::NewValue(const NewValue &other) : NewValue(copyAlone(other))
{
    std::vector<std::pair<const NewValue *, NewValue *>> rest{{&other, this}};
    while (!rest.empty()) {
        const auto [from, to] = rest.back();
        rest.pop_back();
        // Each copy is where it stays before its own parts are copied.
        if (const auto *values = from->values()) {
            std::vector<NewValue> &copies = *valuesOf(*to);
            copies.reserve(values->size());
            for (const NewValue &value : *values) {
                rest.emplace_back(&value, &copies.emplace_back(copyAlone(value)));
            }
        }
        if (const auto *entries = from->entries()) {
            NewEntries &copies = *entriesOf(*to);
            copies.reserve(entries->size());
            for (const auto &[key, value] : *entries) {
                rest.emplace_back(&value, &copies.emplace_back(key, copyAlone(value)).second);
            }
        }
    }
}

NewValue::~NewValue()
{
    std::vector<NewValue> rest;
    takeNested(*this, rest);
    while (!rest.empty()) {
        NewValue nested = std::move(rest.back());
        rest.pop_back();
        takeNested(nested, rest);
    }
}

} // namespace cowrite::crdt
