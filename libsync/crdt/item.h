#pragma once

#include "libsync/base/bytes.h"
#include "libsync/crdt/id.h"
#include "libsync/lib0/any.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace cowrite::crdt {

struct Branch;
struct Item;
struct KeyChain;
struct SubdocRecord;

/// An Id whose client is the index of an interned client of one document: half the size, and
/// compared in one step. Never leaves the document.
struct LocalId {
    static constexpr std::uint32_t kNoClient = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t client = kNoClient;
    Clock clock = 0;

    bool exists() const { return client != kNoClient; }
    LocalId at(Clock offset) const { return {client, clock + offset}; }
    friend bool operator==(const LocalId &, const LocalId &) = default;
};

/// What a struct holds, with its number on the wire (yjs-compat 2.3).
enum class ContentKind : std::uint8_t {
    Gc = 0,
    Deleted = 1,
    Json = 2,
    Binary = 3,
    String = 4,
    Embed = 5,
    Format = 6,
    Type = 7,
    Any = 8,
    Doc = 9,
    Skip = 10, ///< In updates only.
};

/// Format items count nothing, deleted content neither (yjs-compat 2.3).
constexpr bool isCountable(ContentKind kind)
{
    return kind != ContentKind::Format && kind != ContentKind::Deleted && kind != ContentKind::Gc;
}
/// Of what counts, that which a text shows; it passes over the rest.
constexpr bool isShownInText(ContentKind kind)
{
    return kind == ContentKind::String || kind == ContentKind::Embed || kind == ContentKind::Type;
}
/// Content of which two neighbours can become one item, and one item two.
constexpr bool isMergeable(ContentKind kind)
{
    return kind == ContentKind::String || kind == ContentKind::Deleted ||
           kind == ContentKind::Any || kind == ContentKind::Json;
}

/// Each element is JSON text, or `undefined` (legacy documents).
struct JsonContent {
    std::vector<std::string> elements;
};
struct BinaryContent {
    lib0::Any bytes;
};
struct EmbedContent {
    lib0::Any value;
};
struct FormatContent {
    std::string key;
    lib0::Any value;
};
struct AnyContent {
    std::vector<lib0::Any> values;
};
/// A subdocument as it stands on the wire; in the document a SubdocRecord takes its place.
struct DocContent {
    std::string guid;
    lib0::Any options;
};

/// Everything but text, deletions and nested types. An Item holds subdocuments in another form.
using Content =
    std::variant<JsonContent, BinaryContent, EmbedContent, FormatContent, AnyContent, DocContent>;

/// A run of units one client wrote in one go, or a collected range of clocks (Gc).
/// Items never move; two that merge become the left one.
struct Item {
    enum Flag : std::uint8_t {
        Deleted = 1,
        Keep = 2,   ///< An undo step needs the content: not collected.
        Keyed = 4,  ///< Belongs to a key chain, not to a sequence.
        Redone = 8, ///< Store::redone knows the item that re-created it.
    };

    LocalId id;
    /// Last unit of the left neighbour and first unit of the right one when it was written.
    LocalId origin;
    LocalId rightOrigin;
    Item *left = nullptr;
    Item *right = nullptr;
    /// KeyChain of a keyed item, tree leaf of an item in a sequence, nothing for Gc.
    void *home = nullptr;
    union Payload {
        char16_t *text;       ///< String: `length` units in the client's TextBuffer.
        Branch *branch;       ///< Type.
        SubdocRecord *subdoc; ///< Doc.
        Content *content;     ///< Owned; all other kinds except Deleted and Gc.
    } payload{nullptr};
    Clock length = 0;
    ContentKind kind = ContentKind::Gc;
    std::uint8_t flags = 0;

    bool is(Flag flag) const { return (flags & flag) != 0; }
    bool deleted() const { return is(Deleted); }
    bool countable() const { return isCountable(kind); }
    bool isGc() const { return kind == ContentKind::Gc; }
    bool isLiveFormat() const { return kind == ContentKind::Format && !deleted(); }
    /// Units that a reader sees.
    std::uint32_t visibleLength() const { return deleted() || !countable() ? 0 : length; }
    LocalId lastId() const { return id.at(length - 1); }
    Clock end() const { return id.clock + length; }
    bool ownsContent() const
    {
        return kind != ContentKind::Gc && kind != ContentKind::Deleted &&
               kind != ContentKind::String && kind != ContentKind::Type && kind != ContentKind::Doc;
    }
    const FormatContent &format() const { return std::get<FormatContent>(*payload.content); }
};

static_assert(sizeof(Item) <= 64, "an item is one cache line");

} // namespace cowrite::crdt

template <>
struct std::hash<cowrite::crdt::LocalId> {
    std::size_t operator()(const cowrite::crdt::LocalId &id) const noexcept
    {
        const std::uint64_t packed = std::uint64_t{id.client} << 32 | id.clock;
        return static_cast<std::size_t>(packed * 0x9E3779B97F4A7C15ULL >> 16);
    }
};
