#include "libsync/codec/update_writer.h"

#include "libsync/codec/wire.h"
#include "libsync/lib0/json.h"

namespace cowrite::codec {

using namespace crdt;

void UpdateWriter::writeSectionHead(std::size_t structs, ClientId client, Clock clock)
{
    m_out.writeVarUint(structs);
    m_out.writeVarUint(client);
    m_out.writeVarUint(clock);
}

void UpdateWriter::writeRange(ContentKind kind, Clock length)
{
    m_out.writeUint8(static_cast<std::uint8_t>(kind));
    m_out.writeVarUint(length);
}

void UpdateWriter::writeId(Id id)
{
    m_out.writeVarUint(id.client);
    m_out.writeVarUint(id.clock);
}

void UpdateWriter::writeItem(const Store &store, const Item &item, Clock from, Clock to)
{
    if (item.isGc()) {
        writeGc(to - from);
        return;
    }
    const LocalId origin = from > 0 ? item.id.at(from - 1) : item.origin;
    const bool hasParent = !origin.exists() && !item.rightOrigin.exists();
    auto info = static_cast<std::uint8_t>(item.kind);
    if (origin.exists()) {
        info |= wire::kHasOrigin;
    }
    if (item.rightOrigin.exists()) {
        info |= wire::kHasRightOrigin;
    }
    if (item.is(Item::Keyed) && (hasParent || m_loneKeyBit == LoneKeyBit::Write)) {
        info |= wire::kHasKey;
    }
    m_out.writeUint8(info);
    if (origin.exists()) {
        writeId(store.toId(origin));
    }
    if (item.rightOrigin.exists()) {
        writeId(store.toId(item.rightOrigin));
    }
    if (hasParent) {
        const Branch *parent = branchOf(&item);
        if (parent->item == nullptr) {
            m_out.writeVarUint(wire::kParentIsRoot);
            m_out.writeVarString(parent->name);
        } else {
            m_out.writeVarUint(wire::kParentIsItem);
            writeId(store.toId(parent->item->id));
        }
        if (const KeyChain *chain = chainOf(&item)) {
            m_out.writeVarString(*chain->key);
        }
    }

    switch (item.kind) {
    case ContentKind::Deleted:
        m_out.writeVarUint(to - from);
        break;
    case ContentKind::String:
        m_out.writeVarString(std::u16string_view(item.payload.text + from, to - from));
        break;
    case ContentKind::Type:
        writeType(static_cast<std::uint8_t>(item.payload.branch->kind), item.payload.branch->name);
        break;
    default:
        writeContent(*item.payload.content, from, to);
        break;
    }
}

void UpdateWriter::writePending(const PendingStruct &pending)
{
    if (pending.kind == ContentKind::Gc) {
        writeGc(pending.length);
        return;
    }
    const bool hasParent = !pending.origin && !pending.rightOrigin;
    auto info = static_cast<std::uint8_t>(pending.kind);
    if (pending.origin) {
        info |= wire::kHasOrigin;
    }
    if (pending.rightOrigin) {
        info |= wire::kHasRightOrigin;
    }
    if (hasParent && pending.key) {
        info |= wire::kHasKey;
    }
    m_out.writeUint8(info);
    if (pending.origin) {
        writeId(*pending.origin);
    }
    if (pending.rightOrigin) {
        writeId(*pending.rightOrigin);
    }
    if (hasParent) {
        if (pending.parentRoot) {
            m_out.writeVarUint(wire::kParentIsRoot);
            m_out.writeVarString(*pending.parentRoot);
        } else {
            m_out.writeVarUint(wire::kParentIsItem);
            writeId(*pending.parentItem);
        }
        if (pending.key) {
            m_out.writeVarString(*pending.key);
        }
    }

    if (pending.kind == ContentKind::Deleted) {
        m_out.writeVarUint(pending.length);
    } else if (pending.kind == ContentKind::String) {
        m_out.writeVarString(pending.text);
    } else {
        writeContent(*pending.content, 0, pending.length);
    }
}

void UpdateWriter::writeContent(const Content &content, Clock from, Clock to)
{
    if (const auto *any = std::get_if<AnyContent>(&content)) {
        m_out.writeVarUint(to - from);
        for (Clock i = from; i < to; ++i) {
            m_out.writeAny(any->values[i]);
        }
    } else if (const auto *format = std::get_if<FormatContent>(&content)) {
        m_out.writeVarString(format->key);
        writeJson(format->value);
    } else if (const auto *embed = std::get_if<EmbedContent>(&content)) {
        writeJson(embed->value);
    } else if (const auto *binary = std::get_if<BinaryContent>(&content)) {
        m_out.writeVarBytes(binary->bytes);
    } else if (const auto *json = std::get_if<JsonContent>(&content)) {
        m_out.writeVarUint(to - from);
        for (Clock i = from; i < to; ++i) {
            m_out.writeVarString(json->elements[i]);
        }
    } else if (const auto *type = std::get_if<TypeContent>(&content)) {
        writeType(type->typeRef, type->name);
    } else {
        const auto &doc = std::get<DocContent>(content);
        m_out.writeVarString(doc.guid);
        m_out.writeAny(doc.options);
    }
}

void UpdateWriter::writeType(std::uint8_t typeRef, std::string_view name)
{
    m_out.writeVarUint(typeRef);
    if (wire::isNamed(typeRef)) {
        m_out.writeVarString(name);
    }
}

void UpdateWriter::writeJson(const lib0::Any &value)
{
    // Undefined and bigint have no JSON. Yjs throws here and can no longer write its document;
    // nothing of ours makes such a value, and null keeps the document readable.
    const Result<std::string> text = lib0::stringifyJson(value);
    m_out.writeVarString(text ? std::string_view(*text) : std::string_view("null"));
}

void UpdateWriter::writeDeletions(const DeleteSet &deletions)
{
    m_out.writeVarUint(deletions.clientCount());
    for (const auto &[client, ranges] : deletions) {
        m_out.writeVarUint(client);
        m_out.writeVarUint(ranges.size());
        for (const ClockRange &range : ranges) {
            m_out.writeVarUint(range.clock);
            m_out.writeVarUint(range.length);
        }
    }
}

} // namespace cowrite::codec
