#include "libsync/lib0/any.h"

#include "libsync/base/check.h"
#include "libsync/lib0/array_index.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <numeric>
#include <tuple>

namespace cowrite::lib0 {

namespace {

/// Below this many members a scan is as fast as a search, and the index would cost memory.
constexpr std::size_t kIndexedSize = 16;

constexpr std::size_t indexBytes(AnyKind kind, std::size_t size)
{
    return kind == AnyKind::Object && size >= kIndexedSize ? size * sizeof(std::uint32_t) : 0;
}

/// Positions of the members whose keys and values stand in `cells`, sorted by key; equal keys in
/// their order.
std::vector<std::uint32_t> sortedByKey(std::span<const Any> cells)
{
    std::vector<std::uint32_t> order(cells.size() / 2);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [cells](std::uint32_t a, std::uint32_t b) {
        const int difference =
            cells[2 * std::size_t{a}].asString().compare(cells[2 * std::size_t{b}].asString());
        return difference != 0 ? difference < 0 : a < b;
    });
    return order;
}

/// Moves the value of the last of several members with one key to the first, and the rest out.
/// Returns how many members remain.
std::size_t dropDuplicates(std::span<Any> cells, const std::vector<std::uint32_t> &byKey)
{
    std::size_t first = 0;
    for (std::size_t i = 1; i < byKey.size(); ++i) {
        Any *const kept = &cells[2 * std::size_t{byKey[first]}];
        Any *const next = &cells[2 * std::size_t{byKey[i]}];
        if (kept->asString() == next->asString()) {
            kept[1] = std::move(next[1]);
            *next = Any();
        } else {
            first = i;
        }
    }
    std::size_t size = 0;
    for (std::size_t i = 0; i < cells.size(); i += 2) {
        if (cells[i].isString()) {
            std::swap(cells[2 * size], cells[i]);
            std::swap(cells[2 * size + 1], cells[i + 1]);
            ++size;
        }
    }
    return size;
}

/// Moves array indices to the front, in ascending order.
void orderArrayIndices(std::span<Any> cells)
{
    std::vector<std::pair<std::uint64_t, std::size_t>> order; // Index or none, and position.
    bool anyIndex = false;
    for (std::size_t i = 0; i < cells.size(); i += 2) {
        const auto index = arrayIndex(cells[i].asString());
        anyIndex = anyIndex || index;
        order.emplace_back(index ? *index : std::numeric_limits<std::uint64_t>::max(), i);
    }
    if (!anyIndex) {
        return;
    }
    std::sort(order.begin(), order.end());
    std::vector<Any> ordered;
    ordered.reserve(cells.size());
    for (const auto &[index, position] : order) {
        ordered.push_back(std::move(cells[position]));
        ordered.push_back(std::move(cells[position + 1]));
    }
    std::move(ordered.begin(), ordered.end(), cells.begin());
}

} // namespace

Any::Any(std::string_view value)
    : Any(value.size() > kShortString ? withBytes(AnyKind::String, cowrite::asBytes(value))
                                      : Any(AnyKind::String))
{
    if (!isShared()) {
        m_bytes[1] = static_cast<std::uint8_t>(value.size());
        std::copy(value.begin(), value.end(), m_bytes.begin() + kText);
    }
}

Any Any::bigInt(std::int64_t value)
{
    return Any(AnyKind::BigInt, value);
}

Any Any::bytes(ByteView value)
{
    return withBytes(AnyKind::Bytes, value);
}

Any Any::array(AnyArray elements)
{
    auto next = elements.begin();
    return arrayOf(elements.size(), [&next] { return std::move(*next++); });
}

Any Any::object(const AnyObject &members)
{
    return members.m_object.isObject() ? members.m_object : blank(AnyKind::Object, 0);
}

Any Any::withBytes(AnyKind kind, ByteView bytes)
{
    COWRITE_CHECK(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
    auto *shared = new (::operator new(sizeof(Shared) + bytes.size()))
        Shared{1, static_cast<std::uint32_t>(bytes.size())};
    std::copy(bytes.begin(), bytes.end(), shared->bytes());
    return Any(kind, shared, kShared);
}

Any Any::blank(AnyKind kind, std::size_t size)
{
    COWRITE_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
    const std::size_t cells = kind == AnyKind::Object ? 2 * size : size;
    auto *shared =
        new (::operator new(sizeof(Shared) + cells * sizeof(Any) + indexBytes(kind, size)))
            Shared{1, static_cast<std::uint32_t>(size)};
    std::uninitialized_default_construct_n(shared->cells(), cells);
    return Any(kind, shared, kShared);
}

std::size_t Any::cellCount(AnyKind kind, const Shared &shared)
{
    return kind == AnyKind::Object  ? 2 * std::size_t{shared.size}
           : kind == AnyKind::Array ? std::size_t{shared.size}
                                    : 0;
}

std::span<Any> Any::cells() const
{
    return isShared() ? std::span(shared()->cells(), cellCount(kind(), *shared()))
                      : std::span<Any>();
}

/// What dies with it is queued instead of being destroyed from within.
void Any::destroy(AnyKind kind, Shared *shared)
{
    std::vector<std::pair<AnyKind, Shared *>> dying;
    for (;;) {
        for (const Any &cell : std::span(shared->cells(), cellCount(kind, *shared))) {
            if (!cell.isShared() || !cell.isLastOwner()) {
                continue;
            }
            if (cell.isArray() || cell.isObject()) {
                dying.emplace_back(cell.kind(), cell.shared());
            } else {
                ::operator delete(cell.shared());
            }
        }
        ::operator delete(shared);
        if (dying.empty()) {
            return;
        }
        std::tie(kind, shared) = dying.back();
        dying.pop_back();
    }
}

bool Any::asBool() const
{
    COWRITE_CHECK(isBool());
    return word<bool>();
}

double Any::asNumber() const
{
    COWRITE_CHECK(isNumber());
    return word<double>();
}

std::int64_t Any::asBigInt() const
{
    COWRITE_CHECK(isBigInt());
    return word<std::int64_t>();
}

std::string_view Any::asString() const
{
    COWRITE_CHECK(isString());
    return isShared()
               ? std::string_view(reinterpret_cast<const char *>(shared()->bytes()), shared()->size)
               : std::string_view(reinterpret_cast<const char *>(&m_bytes[kText]), m_bytes[1]);
}

ByteView Any::asBytes() const
{
    COWRITE_CHECK(isBytes());
    return {shared()->bytes(), shared()->size};
}

std::span<const Any> Any::asArray() const
{
    COWRITE_CHECK(isArray());
    return cells();
}

AnyObject Any::asObject() const
{
    COWRITE_CHECK(isObject());
    return AnyObject(*this);
}

const Any *Any::find(std::string_view key) const
{
    return isObject() ? AnyObject::find(*this, key) : nullptr;
}

void Any::arrange()
{
    std::vector<std::uint32_t> byKey = sortedByKey(cells());
    const std::size_t size = dropDuplicates(cells(), byKey);
    shared()->size = static_cast<std::uint32_t>(size);
    orderArrayIndices(cells());
    if (size >= kIndexedSize) {
        byKey = sortedByKey(cells());
        std::copy(byKey.begin(), byKey.end(), shared()->index());
    }
}

AnyObject::AnyObject(std::initializer_list<Member> members)
    : AnyObject(fromMembers(std::vector<Member>(members)))
{}

AnyObject AnyObject::fromMembers(std::vector<Member> members)
{
    auto next = members.begin();
    return AnyObject(Any::objectOf(members.size(), [&next](Any &key, Any &value) {
        key = next->first;
        value = std::move(next->second);
        ++next;
    }));
}

const Any *AnyObject::find(const Any &object, std::string_view key)
{
    const std::span<const Any> cells = object.cells();
    if (cells.size() < 2 * kIndexedSize) {
        for (std::size_t i = 0; i < cells.size(); i += 2) {
            if (cells[i].asString() == key) {
                return &cells[i + 1];
            }
        }
        return nullptr;
    }
    const std::span index(object.shared()->index(), cells.size() / 2);
    const auto it = std::lower_bound(
        index.begin(), index.end(), key, [cells](std::uint32_t position, std::string_view wanted) {
            return cells[2 * std::size_t{position}].asString() < wanted;
        });
    if (it == index.end() || cells[2 * std::size_t{*it}].asString() != key) {
        return nullptr;
    }
    return &cells[2 * std::size_t{*it} + 1];
}

void AnyObject::set(std::string key, Any value)
{
    std::vector<Member> members(begin(), end());
    members.emplace_back(std::move(key), std::move(value));
    *this = fromMembers(std::move(members));
}

bool identical(const Any &a, const Any &b)
{
    if (a.kind() != b.kind()) {
        return false;
    }
    switch (a.kind()) {
    case AnyKind::Undefined:
    case AnyKind::Null:
        return true;
    case AnyKind::Bool:
        return a.asBool() == b.asBool();
    case AnyKind::Number:
        return a.asNumber() == b.asNumber();
    case AnyKind::BigInt:
        return a.asBigInt() == b.asBigInt();
    case AnyKind::String:
        return a.asString() == b.asString();
    default:
        return a.shared() == b.shared();
    }
}

Any cloned(const Any &value)
{
    Any copy = value;
    std::vector<Any *> todo{&copy};
    while (!todo.empty()) {
        Any &next = *todo.back();
        todo.pop_back();
        if (next.isBytes()) {
            next = Any::bytes(next.asBytes());
        } else if (next.isArray() || next.isObject()) {
            const std::span<const Any> cells = next.cells();
            Any own = Any::blank(next.kind(), next.shared()->size);
            std::copy(cells.begin(), cells.end(), own.cells().begin());
            if (next.isObject()) {
                own.arrange();
            }
            next = std::move(own);
            for (Any &cell : next.cells()) {
                if (cell.isShared()) {
                    todo.push_back(&cell);
                }
            }
        }
    }
    return copy;
}

} // namespace cowrite::lib0
