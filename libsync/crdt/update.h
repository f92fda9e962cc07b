#pragma once

#include "libsync/crdt/delete_set.h"
#include "libsync/crdt/item.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cowrite::crdt {

/// An index into one of an Update's tables.
using TableIndex = std::uint32_t;
inline constexpr TableIndex kNoIndex = std::numeric_limits<TableIndex>::max();

enum class ParentKind : std::uint8_t {
    Inherited, ///< From the left or right neighbour.
    Root,      ///< `parent.clock` is an index into the names.
    Item,      ///< `parent` is the id of the item that holds the type.
};

/// One struct of an update as it stands on the wire. Ids name clients by their index in the
/// update's client table; the struct's own client is that of its section.
struct WireStruct {
    Clock clock = 0;
    Clock length = 0;
    LocalId origin;
    LocalId rightOrigin;
    LocalId parent;
    /// Map key (index into the names), only beside an explicit parent.
    TableIndex key = kNoIndex;
    /// String: offset into the text; Type: index into the names, if it has one; Deleted, Gc, Skip:
    /// unused; else index into the contents.
    TableIndex content = kNoIndex;
    ContentKind kind = ContentKind::Gc;
    ParentKind parentKind = ParentKind::Inherited;
    std::uint8_t typeRef = 0; ///< Type: its kind on the wire.

    Clock end() const { return clock + length; }
};

/// The structs of one client, by ascending clock and without overlap; gaps are Skips or missing.
struct WireSection {
    std::uint32_t client = 0;
    std::uint32_t first = 0; ///< Index of its first struct.
    std::uint32_t count = 0;
};

/// Drops the first `units` values or JSON texts; there are more.
void eraseFront(Content &content, Clock units);

/// A decoded update: everything checked that can be checked without a document. Its tables are as
/// large as the bytes it came from, at most a fixed number of times over, but for structs of V2
/// that take no bytes.
class Update {
public:
    std::vector<ClientId> clients;
    std::vector<WireSection> sections;
    std::vector<WireStruct> structs;
    std::u16string text;
    std::vector<std::unique_ptr<Content>> contents;
    std::vector<std::string> names;
    DeleteSet deletions;
    /// Structs beyond those that as many bytes could hold in V1 (limits::kFreeStructs).
    std::size_t freeStructs = 0;

    std::u16string_view textOf(const WireStruct &s) const
    {
        return std::u16string_view(text).substr(s.content, s.length);
    }
    std::string_view nameOf(TableIndex index) const
    {
        return index != kNoIndex ? std::string_view(names[index]) : std::string_view();
    }
    /// Each puts something into its table, and says where.
    TableIndex addName(std::string_view name)
    {
        names.emplace_back(name);
        return static_cast<TableIndex>(names.size() - 1);
    }
    TableIndex addContent(Content content)
    {
        contents.push_back(std::make_unique<Content>(std::move(content)));
        return static_cast<TableIndex>(contents.size() - 1);
    }
    bool empty() const { return structs.empty() && deletions.empty(); }
    /// Empties all tables and keeps their memory.
    void clear();
};

} // namespace cowrite::crdt
