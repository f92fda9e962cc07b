#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/limits.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cowrite::lib0 {

/// Deepest nesting of arrays and objects that a decoder accepts. Yjs itself overflows its stack
/// at a few thousand levels (yjs-compat.md 10.2, rule 7); no editor needs more than a handful.
inline constexpr std::size_t kMaxNesting = limits::kMaxValueDepth;

enum class AnyKind : std::uint8_t {
    Undefined,
    Null,
    Bool,
    Number,
    BigInt,
    String,
    Bytes,
    Array,
    Object,
};

class Any;
class AnyObject;
using AnyArray = std::vector<Any>;

/// One value of lib0's `any` (yjs-compat.md 1.3), which is a JavaScript value.
///
/// Immutable, like the values that Yjs hands out: byte strings, arrays and objects are shared
/// between copies, so a copy costs a reference count and keeps the identity that JavaScript's
/// `===` compares. Strings are UTF-8 in which a lone UTF-16 surrogate stands as its three-byte
/// WTF-8 form.
class Any {
public:
    Any() = default;
    Any(std::nullptr_t) : m_value(nullptr) {}
    template <std::same_as<bool> T>
    Any(T value) : m_value(std::in_place_type<bool>, value)
    {}
    /// A JavaScript number. 64-bit integers beyond 2^53 lose precision here; see bigInt().
    template <class T>
    requires(std::floating_point<T> || (std::integral<T> && !std::same_as<T, bool>)) Any(T value)
        : m_value(std::in_place_type<double>, static_cast<double>(value))
    {}
    Any(std::string value) : m_value(std::move(value)) {}
    Any(std::string_view value) : m_value(std::string(value)) {}
    Any(const char *value) : m_value(std::string(value)) {}

    [[nodiscard]] static Any bigInt(std::int64_t value);
    [[nodiscard]] static Any bytes(Bytes value);
    [[nodiscard]] static Any array(AnyArray elements);
    [[nodiscard]] static Any object(AnyObject members);

    [[nodiscard]] AnyKind kind() const { return static_cast<AnyKind>(m_value.index()); }
    [[nodiscard]] bool isUndefined() const { return kind() == AnyKind::Undefined; }
    [[nodiscard]] bool isNull() const { return kind() == AnyKind::Null; }
    [[nodiscard]] bool isBool() const { return kind() == AnyKind::Bool; }
    [[nodiscard]] bool isNumber() const { return kind() == AnyKind::Number; }
    [[nodiscard]] bool isBigInt() const { return kind() == AnyKind::BigInt; }
    [[nodiscard]] bool isString() const { return kind() == AnyKind::String; }
    [[nodiscard]] bool isBytes() const { return kind() == AnyKind::Bytes; }
    [[nodiscard]] bool isArray() const { return kind() == AnyKind::Array; }
    [[nodiscard]] bool isObject() const { return kind() == AnyKind::Object; }

    /// Each accessor requires the kind that it names; asking for another stops the program.
    [[nodiscard]] bool asBool() const;
    [[nodiscard]] double asNumber() const;
    [[nodiscard]] std::int64_t asBigInt() const;
    [[nodiscard]] const std::string &asString() const;
    [[nodiscard]] const Bytes &asBytes() const;
    [[nodiscard]] const AnyArray &asArray() const;
    [[nodiscard]] const AnyObject &asObject() const;

    /// The member `key`; null when there is none or when this is no object. Safe on any kind, so
    /// foreign values can be probed without checking first.
    [[nodiscard]] const Any *find(std::string_view key) const;

    /// JavaScript's `===`: numbers and strings by value (NaN differs from itself, -0 equals 0),
    /// byte strings, arrays and objects by identity.
    friend bool identical(const Any &a, const Any &b);

private:
    /// The order is that of AnyKind.
    using Value = std::variant<std::monostate, std::nullptr_t, bool, double, std::int64_t,
                               std::string, std::shared_ptr<const Bytes>,
                               std::shared_ptr<const AnyArray>, std::shared_ptr<const AnyObject>>;
    explicit Any(Value value) : m_value(std::move(value)) {}

    Value m_value;
};

/// Members of an object in JavaScript's key order: array indices ("0", "7", at most 2^32-2)
/// ascending, then all other keys in the order of their first insertion.
class AnyObject {
public:
    using Member = std::pair<std::string, Any>;
    using const_iterator = std::vector<Member>::const_iterator;

    AnyObject() = default;
    AnyObject(std::initializer_list<Member> members);

    /// Builds an object from members in order of insertion, in O(n log n) whatever the keys are.
    /// A later duplicate replaces the earlier value in place.
    [[nodiscard]] static AnyObject fromMembers(std::vector<Member> members);

    /// Null when there is no such key. O(log n). The pointer lives until the next change.
    [[nodiscard]] const Any *find(std::string_view key) const;

    /// Adds the member, or replaces its value in place. O(n log n); use fromMembers() for many.
    void set(std::string key, Any value);

    [[nodiscard]] const_iterator begin() const { return m_members.begin(); }
    [[nodiscard]] const_iterator end() const { return m_members.end(); }
    [[nodiscard]] std::size_t size() const { return m_members.size(); }
    [[nodiscard]] bool empty() const { return m_members.empty(); }

private:
    [[nodiscard]] std::optional<std::size_t> positionOf(std::string_view key) const;
    void buildIndex();

    std::vector<Member> m_members;
    /// Positions in m_members, sorted by key; empty while the object is small enough to scan.
    std::vector<std::uint32_t> m_byKey;
};

[[nodiscard]] bool identical(const Any &a, const Any &b);

/// An equal value that shares nothing, as if it had been sent and read again. Recurses as deep as
/// the value nests (limits.h).
[[nodiscard]] Any cloned(const Any &value);

/// Yjs's `equalAttrs`: identical, or both objects or arrays or byte strings (`typeof` object) with
/// the same keys and identical values. This decides whether two formatting values are the same.
[[nodiscard]] bool equalFlat(const Any &a, const Any &b);

/// Deep equality: the order of object keys does not count, NaN equals NaN, 0 equals -0.
[[nodiscard]] bool operator==(const Any &a, const Any &b);

} // namespace cowrite::lib0
