#pragma once

#include "libsync/codec/wire.h"
#include "libsync/crdt/store.h"
#include "libsync/crdt/update.h"

#include <optional>
#include <string_view>
#include <variant>

namespace cowrite::codec {

/// Whether a struct that has a key says so where its text does not follow. Yjs does when it writes
/// from a document, and forgets it when it merges updates (yjs-compat 2.4, 4.4). Readers do not
/// mind.
enum class LoneKeyBit { Write, Omit };

/// A struct of a document, as writeStruct() sees it.
class StoredStruct {
public:
    /// `client` is that of the item.
    StoredStruct(const crdt::Store &store, crdt::ClientId client, const crdt::Item &item,
                 LoneKeyBit loneKeyBit)
        : m_store(store), m_client(client), m_item(item), m_loneKeyBit(loneKeyBit)
    {}

    crdt::ContentKind kind() const { return m_item.kind; }
    /// The id of the unit at `offset`.
    crdt::Id unit(crdt::Clock offset) const { return {m_client, m_item.id.clock + offset}; }
    bool hasOrigin() const { return m_item.origin.exists(); }
    bool hasRightOrigin() const { return m_item.rightOrigin.exists(); }
    crdt::Id origin() const { return toId(m_item.origin); }
    crdt::Id rightOrigin() const { return toId(m_item.rightOrigin); }
    /// Whether the info byte says that there is a key.
    bool tellsKey(bool withParent) const
    {
        return m_item.is(crdt::Item::Keyed) && (withParent || m_loneKeyBit == LoneKeyBit::Write);
    }
    std::string_view key() const { return *chainOf(&m_item)->key; }
    /// Null if the parent is a root.
    std::optional<crdt::Id> parentItem() const
    {
        const crdt::Item *parent = branchOf(&m_item)->item;
        return parent != nullptr ? std::optional(toId(parent->id)) : std::nullopt;
    }
    std::string_view rootName() const { return *branchOf(&m_item)->name; }
    std::u16string_view text() const { return {m_item.payload.text, m_item.length}; }
    std::uint8_t typeRef() const { return static_cast<std::uint8_t>(m_item.payload.branch->kind); }
    std::string_view typeName() const { return *m_item.payload.branch->name; }
    const crdt::DocContent &subdoc() const { return m_item.payload.subdoc->content; }
    const crdt::Content &content() const { return *m_item.payload.content; }

private:
    /// Most references are to the client's own structs.
    crdt::Id toId(crdt::LocalId id) const
    {
        return {id.client == m_item.id.client ? m_client : m_store.clientIdOf(id.client), id.clock};
    }

    const crdt::Store &m_store;
    crdt::ClientId m_client;
    const crdt::Item &m_item;
    LoneKeyBit m_loneKeyBit;
};

/// A struct of a decoded update. Its reader has forgotten lone key bits.
class DecodedStruct {
public:
    DecodedStruct(const crdt::Update &update, crdt::ClientId client, const crdt::WireStruct &wire)
        : m_update(update), m_client(client), m_wire(wire)
    {}

    crdt::ContentKind kind() const { return m_wire.kind; }
    crdt::Id unit(crdt::Clock offset) const { return {m_client, m_wire.clock + offset}; }
    bool hasOrigin() const { return m_wire.origin.exists(); }
    bool hasRightOrigin() const { return m_wire.rightOrigin.exists(); }
    crdt::Id origin() const { return toId(m_wire.origin); }
    crdt::Id rightOrigin() const { return toId(m_wire.rightOrigin); }
    bool tellsKey(bool) const { return m_wire.key != crdt::kNoIndex; }
    std::string_view key() const { return m_update.names[m_wire.key]; }
    std::optional<crdt::Id> parentItem() const
    {
        return m_wire.parentKind == crdt::ParentKind::Item ? std::optional(toId(m_wire.parent))
                                                           : std::nullopt;
    }
    std::string_view rootName() const { return m_update.names[m_wire.parent.clock]; }
    std::u16string_view text() const { return m_update.textOf(m_wire); }
    std::uint8_t typeRef() const { return m_wire.typeRef; }
    std::string_view typeName() const { return m_update.nameOf(m_wire.content); }
    const crdt::DocContent &subdoc() const { return std::get<crdt::DocContent>(content()); }
    const crdt::Content &content() const { return *m_update.contents[m_wire.content]; }

private:
    crdt::Id toId(crdt::LocalId id) const { return {m_update.clients[id.client], id.clock}; }

    const crdt::Update &m_update;
    crdt::ClientId m_client;
    const crdt::WireStruct &m_wire;
};

/// What is neither text nor deleted.
template <class Sink, class Struct>
void writeContent(Sink &sink, const Struct &s, crdt::Clock from, crdt::Clock to)
{
    using namespace crdt;
    if (s.kind() == ContentKind::Type) {
        sink.writeTypeRef(s.typeRef());
        if (wire::isNamed(s.typeRef())) {
            sink.writeKey(s.typeName());
        }
        return;
    }
    if (s.kind() == ContentKind::Doc) {
        sink.writeString(std::string_view(s.subdoc().guid));
        sink.writeAny(s.subdoc().options);
        return;
    }
    const Content &content = s.content();
    if (const auto *any = std::get_if<AnyContent>(&content)) {
        sink.writeLength(to - from);
        for (Clock i = from; i < to; ++i) {
            sink.writeAny(any->values[i]);
        }
    } else if (const auto *format = std::get_if<FormatContent>(&content)) {
        sink.writeKey(format->key);
        sink.writeJson(format->value);
    } else if (const auto *embed = std::get_if<EmbedContent>(&content)) {
        sink.writeJson(embed->value);
    } else if (const auto *binary = std::get_if<BinaryContent>(&content)) {
        sink.writeBytes(binary->bytes.asBytes());
    } else {
        const auto &json = std::get<JsonContent>(content);
        sink.writeLength(to - from);
        for (Clock i = from; i < to; ++i) {
            sink.writeString(std::string_view(json.elements[i]));
        }
    }
}

template <class Sink>
void writeSkip(Sink &sink, crdt::Clock length)
{
    sink.writeStructHead(static_cast<std::uint8_t>(crdt::ContentKind::Skip));
    sink.writeSkipLength(length);
}

template <class Sink>
void writeGc(Sink &sink, crdt::Clock length)
{
    sink.writeStructHead(static_cast<std::uint8_t>(crdt::ContentKind::Gc));
    sink.writeLength(length);
}

/// The parent of a struct that no neighbour tells.
template <class Sink, class Struct>
void writeParent(Sink &sink, const Struct &s, bool hasKey)
{
    if (const std::optional<crdt::Id> parent = s.parentItem()) {
        sink.writeParentKind(wire::kParentIsItem);
        sink.writeParentId(*parent);
    } else {
        sink.writeParentKind(wire::kParentIsRoot);
        sink.writeString(s.rootName());
    }
    if (hasKey) {
        sink.writeString(s.key());
    }
}

/// The units [from, to) of a struct, counted from its first one, byte for byte as Yjs writes them.
/// A tail that begins within a surrogate pair begins with the half of it (yjs-compat 2.5).
/// Inlined, as is the head, into the few loops over structs: a twelfth of what writing a state
/// takes.
template <class Sink, class Struct>
[[gnu::always_inline]] inline void writeStruct(Sink &sink, const Struct &s, crdt::Clock from,
                                               crdt::Clock to)
{
    using crdt::ContentKind;
    const ContentKind kind = s.kind();
    if (kind == ContentKind::Gc) {
        writeGc(sink, to - from);
        return;
    }
    if (kind == ContentKind::Skip) {
        writeSkip(sink, to - from);
        return;
    }
    const bool isCut = from > 0;
    const bool hasOrigin = isCut || s.hasOrigin();
    const bool hasRightOrigin = s.hasRightOrigin();
    const bool hasParent = !hasOrigin && !hasRightOrigin;
    const bool hasKey = s.tellsKey(hasParent);
    const int flags = (hasOrigin ? wire::kHasOrigin : 0) |
                      (hasRightOrigin ? wire::kHasRightOrigin : 0) | (hasKey ? wire::kHasKey : 0);
    sink.writeStructHead(static_cast<std::uint8_t>(static_cast<int>(kind) | flags),
                         isCut       ? s.unit(from - 1)
                         : hasOrigin ? s.origin()
                                     : crdt::Id(),
                         hasRightOrigin ? s.rightOrigin() : crdt::Id());
    if (hasParent) {
        writeParent(sink, s, hasKey);
    }
    if (kind == ContentKind::Deleted) {
        sink.writeLength(to - from);
    } else if (kind == ContentKind::String) {
        sink.writeString(s.text().substr(from, to - from));
    } else {
        writeContent(sink, s, from, to);
    }
}

} // namespace cowrite::codec
