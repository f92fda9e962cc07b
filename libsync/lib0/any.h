#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/limits.h"

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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
/// Elements on their way into an array.
using AnyArray = std::vector<Any>;

/// One value of lib0's `any` (yjs-compat.md 1.3), which is a JavaScript value, in 16 bytes.
///
/// Immutable, like the values that Yjs hands out: byte strings, arrays, objects and strings of more
/// than a few bytes are shared between copies, so a copy costs a reference count and keeps the
/// identity that JavaScript's `===` compares. Strings are UTF-8 in which a lone UTF-16 surrogate
/// stands as its three-byte WTF-8 form. Nothing here recurses, however deep a value nests.
class Any {
public:
    Any() noexcept : Any(AnyKind::Undefined) {}
    Any(std::nullptr_t) noexcept : Any(AnyKind::Null) {}
    template <std::same_as<bool> T>
    Any(T value) noexcept : Any(AnyKind::Bool, value)
    {}
    /// A JavaScript number. 64-bit integers beyond 2^53 lose precision here; see bigInt().
    template <class T>
    requires(std::floating_point<T> || (std::integral<T> && !std::same_as<T, bool>)) Any(T value)
    noexcept : Any(AnyKind::Number, static_cast<double>(value)) {}
    Any(std::string_view value);
    Any(const std::string &value) : Any(std::string_view(value)) {}
    Any(const char *value) : Any(std::string_view(value)) {}

    Any(const Any &other) noexcept : m_bytes(other.m_bytes)
    {
        if (isShared()) {
            addOwner();
        }
    }
    Any(Any &&other) noexcept : m_bytes(other.m_bytes) { other.m_bytes = {}; }
    Any &operator=(Any other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~Any()
    {
        if (isShared() && isLastOwner()) {
            destroy(kind(), shared());
        }
    }

    [[nodiscard]] static Any bigInt(std::int64_t value);
    [[nodiscard]] static Any bytes(ByteView value);
    [[nodiscard]] static Any bytes(const Bytes &value) { return bytes(ByteView(value)); }
    [[nodiscard]] static Any array(AnyArray elements);
    [[nodiscard]] static Any object(const AnyObject &members);

    /// An array whose elements come one by one from `next()`: no more memory is used than is kept.
    template <class Next>
    [[nodiscard]] static Any arrayOf(std::size_t size, Next next)
    {
        Any array = blank(AnyKind::Array, size);
        for (Any &element : array.cells()) {
            element = next();
        }
        return array;
    }
    /// The same for an object. `next(key, value)` fills both, the key with a string.
    template <class Next>
    [[nodiscard]] static Any objectOf(std::size_t size, Next next)
    {
        Any object = blank(AnyKind::Object, size);
        const std::span<Any> cells = object.cells();
        for (std::size_t i = 0; i < cells.size(); i += 2) {
            next(cells[i], cells[i + 1]);
        }
        object.arrange();
        return object;
    }

    [[nodiscard]] AnyKind kind() const { return static_cast<AnyKind>(m_bytes[0]); }
    [[nodiscard]] bool isUndefined() const { return kind() == AnyKind::Undefined; }
    [[nodiscard]] bool isNull() const { return kind() == AnyKind::Null; }
    [[nodiscard]] bool isBool() const { return kind() == AnyKind::Bool; }
    [[nodiscard]] bool isNumber() const { return kind() == AnyKind::Number; }
    [[nodiscard]] bool isBigInt() const { return kind() == AnyKind::BigInt; }
    [[nodiscard]] bool isString() const { return kind() == AnyKind::String; }
    [[nodiscard]] bool isBytes() const { return kind() == AnyKind::Bytes; }
    [[nodiscard]] bool isArray() const { return kind() == AnyKind::Array; }
    [[nodiscard]] bool isObject() const { return kind() == AnyKind::Object; }

    /// Each accessor requires the kind that it names; asking for another stops the program. What
    /// the views show lives as long as this very value: short strings stand in it.
    [[nodiscard]] bool asBool() const;
    [[nodiscard]] double asNumber() const;
    [[nodiscard]] std::int64_t asBigInt() const;
    [[nodiscard]] std::string_view asString() const;
    [[nodiscard]] ByteView asBytes() const;
    [[nodiscard]] std::span<const Any> asArray() const;
    [[nodiscard]] AnyObject asObject() const;

    /// The member `key`; null when there is none or when this is no object. Safe on any kind, so
    /// foreign values can be probed without checking first.
    [[nodiscard]] const Any *find(std::string_view key) const;

    /// JavaScript's `===`: numbers and strings by value (NaN differs from itself, -0 equals 0),
    /// byte strings, arrays and objects by identity.
    friend bool identical(const Any &a, const Any &b);
    friend Any cloned(const Any &value);

private:
    friend class AnyObject;

    /// What copies have in common. Behind it stand the bytes, the elements, or the keys and values
    /// in turn; then, of a large object, the positions of its members sorted by key.
    struct Shared {
        std::atomic<std::uint32_t> owners;
        std::uint32_t size; ///< Bytes, elements or members.

        Any *cells() { return reinterpret_cast<Any *>(this + 1); }
        std::uint8_t *bytes() { return reinterpret_cast<std::uint8_t *>(this + 1); }
        /// Only of a large object.
        std::uint32_t *index()
        {
            return reinterpret_cast<std::uint32_t *>(cells() + 2 * std::size_t{size});
        }
    };
    // Kind, size of a short string or kShared, then either its bytes from kText on, or at kWord a
    // bool, a number, a big integer or the address of a Shared.
    static constexpr std::uint8_t kShared = 0xff;
    static constexpr std::size_t kText = 2;
    static constexpr std::size_t kWord = 8;
    static constexpr std::size_t kSize = 16;
    static constexpr std::size_t kShortString = kSize - kText;

    explicit Any(AnyKind kind) noexcept : m_bytes{static_cast<std::uint8_t>(kind)} {}
    template <class T>
    Any(AnyKind kind, T word, std::uint8_t size = 0) noexcept
        : m_bytes{static_cast<std::uint8_t>(kind), size}
    {
        static_assert(sizeof(T) <= kSize - kWord);
        std::memcpy(&m_bytes[kWord], &word, sizeof(T));
    }
    template <class T>
    T word() const
    {
        T word;
        std::memcpy(&word, &m_bytes[kWord], sizeof(T));
        return word;
    }
    /// An array or object of undefined, to be filled before anybody shares it.
    static Any blank(AnyKind kind, std::size_t size);
    static Any withBytes(AnyKind kind, ByteView bytes);
    static std::size_t cellCount(AnyKind kind, const Shared &shared);
    static void destroy(AnyKind kind, Shared *shared);

    bool isShared() const { return m_bytes[1] == kShared; }
    Shared *shared() const { return word<Shared *>(); }
    void addOwner() const { shared()->owners.fetch_add(1, std::memory_order_relaxed); }
    bool isLastOwner() const
    {
        return shared()->owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }
    /// Of an array or object.
    std::span<Any> cells() const;
    /// Brings the members of an object into their order, and drops those that later ones replace.
    void arrange();

    alignas(kWord) std::array<std::uint8_t, kSize> m_bytes;
};

static_assert(sizeof(Any) == 16);

/// Members of an object in JavaScript's key order: array indices ("0", "7", at most 2^32-2)
/// ascending, then all other keys in the order of their first insertion. Copies share them.
class AnyObject {
public:
    using Member = std::pair<std::string, Any>;
    /// A member in its place; lives as long as a copy of the object.
    struct MemberView {
        std::string_view key;
        const Any &value;

        operator Member() const { return {std::string(key), value}; }
    };

    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = MemberView;
        using reference = MemberView;
        using pointer = void;

        explicit Iterator(const Any *cell) : m_cell(cell) {}
        MemberView operator*() const { return {m_cell[0].asString(), m_cell[1]}; }
        Iterator &operator++()
        {
            m_cell += 2;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const Any *m_cell;
    };

    AnyObject() = default;
    AnyObject(std::initializer_list<Member> members);

    /// Builds an object from members in order of insertion, in O(n log n) whatever the keys are.
    /// A later duplicate replaces the earlier value in place.
    [[nodiscard]] static AnyObject fromMembers(std::vector<Member> members);

    /// Null when there is no such key. O(log n). The pointer lives as long as a copy of the object.
    [[nodiscard]] const Any *find(std::string_view key) const { return find(m_object, key); }

    /// Adds the member, or replaces its value in place: in a new object, as copies do not change.
    /// O(n log n); use fromMembers() for many.
    void set(std::string key, Any value);

    [[nodiscard]] Iterator begin() const { return Iterator(m_object.cells().data()); }
    [[nodiscard]] Iterator end() const
    {
        return Iterator(m_object.cells().data() + m_object.cells().size());
    }
    [[nodiscard]] MemberView operator[](std::size_t position) const
    {
        return *Iterator(&m_object.cells()[2 * position]);
    }
    [[nodiscard]] std::size_t size() const { return m_object.cells().size() / 2; }
    [[nodiscard]] bool empty() const { return size() == 0; }

private:
    friend class Any;
    explicit AnyObject(Any object) : m_object(std::move(object)) {}
    static const Any *find(const Any &object, std::string_view key);

    Any m_object; ///< Undefined while there are no members.
};

[[nodiscard]] bool identical(const Any &a, const Any &b);

/// An equal value that shares nothing, as if it had been sent and read again.
[[nodiscard]] Any cloned(const Any &value);

/// Yjs's `equalAttrs`: identical, or both objects or arrays or byte strings (`typeof` object) with
/// the same keys and identical values. This decides whether two formatting values are the same.
[[nodiscard]] bool equalFlat(const Any &a, const Any &b);

/// Deep equality: the order of object keys does not count, NaN equals NaN, 0 equals -0.
[[nodiscard]] bool operator==(const Any &a, const Any &b);

} // namespace cowrite::lib0
