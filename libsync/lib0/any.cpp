#include "libsync/lib0/any.h"

#include "libsync/base/check.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace cowrite::lib0 {

namespace {

/// Below this many members a scan is as fast as a search, and the index would cost memory.
constexpr std::size_t kIndexedSize = 16;

/// A container whose last owner is gone, and how to delete it.
struct Dead {
    const void *container;
    void (*destroy)(const void *container);
};
thread_local std::vector<Dead> *t_dying = nullptr;

/// Deletes a container. Containers that die with it are queued instead of being deleted from within
/// its destructor, so that nesting of any depth needs no stack.
template <class T>
struct QueuedDelete {
    void operator()(const T *container) const
    {
        if (t_dying != nullptr) {
            t_dying->push_back({container, &destroy});
            return;
        }
        std::vector<Dead> dying;
        t_dying = &dying;
        delete container;
        while (!dying.empty()) {
            const Dead next = dying.back();
            dying.pop_back();
            next.destroy(next.container);
        }
        t_dying = nullptr;
    }

    static void destroy(const void *container) { delete static_cast<const T *>(container); }
};

template <class T>
std::shared_ptr<const T> share(T container)
{
    return std::shared_ptr<const T>(new T(std::move(container)), QueuedDelete<T>());
}

/// The number that an array index spells, at most 2^32-2 and in canonical form
/// (ECMA-262, "array index"); empty for any other key.
std::optional<std::uint32_t> arrayIndex(std::string_view key)
{
    constexpr std::uint64_t kLargest = 0xfffffffe;
    if (key.empty() || key.size() > 10 || (key[0] == '0' && key.size() > 1)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (const char c : key) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (number > kLargest) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(number);
}

/// JavaScript's order of two keys; "not less" both ways keeps the order of insertion.
bool comesBefore(const AnyObject::Member &a, const AnyObject::Member &b)
{
    const auto indexA = arrayIndex(a.first);
    const auto indexB = arrayIndex(b.first);
    return indexA && (!indexB || *indexA < *indexB);
}

struct Pair {
    const Any *a;
    const Any *b;
};

bool equalScalars(const Any &a, const Any &b)
{
    if (a.isNumber() && std::isnan(a.asNumber()) && std::isnan(b.asNumber())) {
        return true;
    }
    return a.isBytes() ? a.asBytes() == b.asBytes() : identical(a, b);
}

/// Compares two arrays or objects except for their children, which are put on `todo`.
bool equalShape(const Any &a, const Any &b, std::vector<Pair> &todo)
{
    if (a.isArray()) {
        const AnyArray &left = a.asArray();
        const AnyArray &right = b.asArray();
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
            keys.push_back(key);
        }
    } else {
        for (std::size_t i = 0; i < flatSize(container); ++i) {
            keys.push_back(std::to_string(i));
        }
    }
    return keys;
}

} // namespace

Any Any::bigInt(std::int64_t value)
{
    return Any(Value(std::in_place_type<std::int64_t>, value));
}

Any Any::bytes(Bytes value)
{
    return Any(Value(std::make_shared<const Bytes>(std::move(value))));
}

Any Any::array(AnyArray elements)
{
    return Any(Value(share(std::move(elements))));
}

Any Any::object(AnyObject members)
{
    return Any(Value(share(std::move(members))));
}

bool Any::asBool() const
{
    COWRITE_CHECK(isBool());
    return *std::get_if<bool>(&m_value);
}

double Any::asNumber() const
{
    COWRITE_CHECK(isNumber());
    return *std::get_if<double>(&m_value);
}

std::int64_t Any::asBigInt() const
{
    COWRITE_CHECK(isBigInt());
    return *std::get_if<std::int64_t>(&m_value);
}

const std::string &Any::asString() const
{
    COWRITE_CHECK(isString());
    return *std::get_if<std::string>(&m_value);
}

const Bytes &Any::asBytes() const
{
    COWRITE_CHECK(isBytes());
    return **std::get_if<std::shared_ptr<const Bytes>>(&m_value);
}

const AnyArray &Any::asArray() const
{
    COWRITE_CHECK(isArray());
    return **std::get_if<std::shared_ptr<const AnyArray>>(&m_value);
}

const AnyObject &Any::asObject() const
{
    COWRITE_CHECK(isObject());
    return **std::get_if<std::shared_ptr<const AnyObject>>(&m_value);
}

const Any *Any::find(std::string_view key) const
{
    return isObject() ? asObject().find(key) : nullptr;
}

AnyObject::AnyObject(std::initializer_list<Member> members)
    : AnyObject(fromMembers(std::vector<Member>(members)))
{}

AnyObject AnyObject::fromMembers(std::vector<Member> members)
{
    // Sorting positions by key brings duplicates together without moving the members themselves.
    std::vector<std::uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&members](std::uint32_t a, std::uint32_t b) {
        return members[a].first < members[b].first;
    });
    std::vector<bool> dropped(members.size(), false);
    for (std::size_t first = 0; first < order.size();) {
        std::size_t next = first + 1;
        while (next < order.size() && members[order[next]].first == members[order[first]].first) {
            members[order[first]].second = std::move(members[order[next]].second);
            dropped[order[next]] = true;
            ++next;
        }
        first = next;
    }
    AnyObject object;
    object.m_members.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!dropped[i]) {
            object.m_members.push_back(std::move(members[i]));
        }
    }
    if (std::any_of(object.m_members.begin(), object.m_members.end(),
                    [](const Member &member) { return arrayIndex(member.first).has_value(); })) {
        std::stable_sort(object.m_members.begin(), object.m_members.end(), comesBefore);
    }
    object.buildIndex();
    return object;
}

std::optional<std::size_t> AnyObject::positionOf(std::string_view key) const
{
    if (m_byKey.empty()) {
        const auto it = std::find_if(m_members.begin(), m_members.end(),
                                     [key](const Member &member) { return member.first == key; });
        if (it == m_members.end()) {
            return std::nullopt;
        }
        return static_cast<std::size_t>(it - m_members.begin());
    }
    const auto it = std::lower_bound(m_byKey.begin(), m_byKey.end(), key,
                                     [this](std::uint32_t position, std::string_view wanted) {
                                         return m_members[position].first < wanted;
                                     });
    if (it == m_byKey.end() || m_members[*it].first != key) {
        return std::nullopt;
    }
    return *it;
}

const Any *AnyObject::find(std::string_view key) const
{
    const auto position = positionOf(key);
    return position ? &m_members[*position].second : nullptr;
}

void AnyObject::set(std::string key, Any value)
{
    if (const auto position = positionOf(key)) {
        m_members[*position].second = std::move(value);
        return;
    }
    Member member(std::move(key), std::move(value));
    const auto place = std::upper_bound(m_members.begin(), m_members.end(), member, comesBefore);
    m_members.insert(place, std::move(member));
    buildIndex();
}

void AnyObject::buildIndex()
{
    m_byKey.clear();
    if (m_members.size() < kIndexedSize) {
        return;
    }
    m_byKey.resize(m_members.size());
    std::iota(m_byKey.begin(), m_byKey.end(), 0U);
    std::sort(m_byKey.begin(), m_byKey.end(), [this](std::uint32_t a, std::uint32_t b) {
        return m_members[a].first < m_members[b].first;
    });
}

bool identical(const Any &a, const Any &b)
{
    // Shared containers compare by address here, numbers and strings by value.
    return a.m_value == b.m_value;
}

Any cloned(const Any &value)
{
    if (value.isBytes()) {
        return Any::bytes(value.asBytes());
    }
    if (value.isArray()) {
        AnyArray elements;
        for (const Any &element : value.asArray()) {
            elements.push_back(cloned(element));
        }
        return Any::array(std::move(elements));
    }
    if (value.isObject()) {
        std::vector<AnyObject::Member> members;
        for (const auto &[key, member] : value.asObject()) {
            members.emplace_back(key, cloned(member));
        }
        return Any::object(AnyObject::fromMembers(std::move(members)));
    }
    return value;
}

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
