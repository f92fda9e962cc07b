#include "libsync/lib0/any.h"
#include "libsync/lib0/array_index.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cowrite::lib0 {

namespace {

struct Pair {
    const Any *a;
    const Any *b;
};

bool equalScalars(const Any &a, const Any &b)
{
    if (a.isNumber() && std::isnan(a.asNumber()) && std::isnan(b.asNumber())) {
        return true;
    }
    return a.isBytes() ? std::ranges::equal(a.asBytes(), b.asBytes()) : identical(a, b);
}

/// Compares two arrays or objects except for their children, which are put on `todo`.
bool equalShape(const Any &a, const Any &b, std::vector<Pair> &todo)
{
    if (a.isArray()) {
        const std::span<const Any> left = a.asArray();
        const std::span<const Any> right = b.asArray();
        if (left.size() != right.size()) {
            return false;
        }
        for (std::size_t i = 0; i < left.size(); ++i) {
            todo.push_back({&left[i], &right[i]});
        }
        return true;
    }
    if (a.asObject().size() != b.asObject().size()) {
        return false;
    }
    for (const auto &[key, value] : a.asObject()) {
        const Any *other = b.asObject().find(key);
        if (other == nullptr) {
            return false;
        }
        todo.push_back({&value, other});
    }
    return true;
}

/// `typeof value == "object"` and not null.
bool isContainer(const Any &value)
{
    return value.isBytes() || value.isArray() || value.isObject();
}

/// Members as Object.keys() sees them. Elements of arrays and bytes have their positions as keys.
std::size_t flatSize(const Any &container)
{
    switch (container.kind()) {
    case AnyKind::Bytes:
        return container.asBytes().size();
    case AnyKind::Array:
        return container.asArray().size();
    default:
        return container.asObject().size();
    }
}

std::optional<Any> flatMember(const Any &container, std::string_view key)
{
    if (container.isObject()) {
        const Any *member = container.find(key);
        return member == nullptr ? std::nullopt : std::optional<Any>(*member);
    }
    const auto index = arrayIndex(key);
    if (!index || *index >= flatSize(container)) {
        return std::nullopt;
    }
    return container.isArray() ? container.asArray()[*index] : Any(container.asBytes()[*index]);
}

/// Object.keys() of a container.
std::vector<std::string> flatKeys(const Any &container)
{
    std::vector<std::string> keys;
    if (container.isObject()) {
        for (const auto &[key, value] : container.asObject()) {
            keys.emplace_back(key);
        }
    } else {
        for (std::size_t i = 0; i < flatSize(container); ++i) {
            keys.push_back(std::to_string(i));
        }
    }
    return keys;
}

} // namespace

bool equalFlat(const Any &a, const Any &b)
{
    if (identical(a, b)) {
        return true;
    }
    if (!isContainer(a) || !isContainer(b) || flatSize(a) != flatSize(b)) {
        return false;
    }
    const std::vector<std::string> keys = flatKeys(a);
    return std::all_of(keys.begin(), keys.end(), [&a, &b](const std::string &key) {
        const auto other = flatMember(b, key);
        return other && identical(*flatMember(a, key), *other);
    });
}

bool operator==(const Any &a, const Any &b)
{
    std::vector<Pair> todo{{&a, &b}};
    while (!todo.empty()) {
        const Pair pair = todo.back();
        todo.pop_back();
        if (pair.a->kind() != pair.b->kind()) {
            return false;
        }
        const bool nested = pair.a->isArray() || pair.a->isObject();
        if (!(nested ? equalShape(*pair.a, *pair.b, todo) : equalScalars(*pair.a, *pair.b))) {
            return false;
        }
    }
    return true;
}

} // namespace cowrite::lib0
