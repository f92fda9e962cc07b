#include "libsync/base/limits.h"
#include "libsync/crdt/store.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <algorithm>

namespace cowrite::crdt {

Value valueAt(const Item *item, std::uint32_t index)
{
    switch (item->kind) {
    case ContentKind::String: // A text read as a list: one cell a unit (yjs-compat 5.1).
        return Any(lib0::utf16ToWtf8({item->payload.text + index, 1}));
    case ContentKind::Type:
        return SharedType(item->payload.branch);
    case ContentKind::Any:
        return std::get<AnyContent>(*item->payload.content).values[index];
    case ContentKind::Binary:
        return Any::bytes(std::get<BinaryContent>(*item->payload.content).bytes);
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
                       [&](const auto &member) { return isDeeperThan(member.second, limit - 1); });
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

Result<void> checkListValue(const NewValue &value)
{
    const Any *any = std::get_if<Any>(&value.content);
    if (any != nullptr && (any->isUndefined() || any->isBigInt())) {
        return fail(ErrorCode::Unsupported, "A list cannot hold undefined or a big integer.");
    }
    return checkNewValue(value);
}

Result<void> checkNewValue(const NewValue &value)
{
    Result<void> result;
    if (const Any *any = std::get_if<Any>(&value.content)) {
        return checkDepth(*any);
    }
    if (const auto *array = std::get_if<NewArray>(&value.content)) {
        for (auto element = array->values.begin(); result && element != array->values.end();
             ++element) {
            result = checkListValue(*element);
        }
    } else if (const auto *map = std::get_if<NewMap>(&value.content)) {
        for (auto entry = map->entries.begin(); result && entry != map->entries.end(); ++entry) {
            result = checkKey(entry->first);
            if (result) {
                result = checkNewValue(entry->second);
            }
        }
    }
    return result;
}

} // namespace cowrite::crdt
