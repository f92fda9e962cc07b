#pragma once

#include "libsync/codec/delete_set_codec.h"
#include "libsync/codec/wire.h"
#include "libsync/crdt/id.h"
#include "libsync/crdt/item.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/run_length_encoder.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cowrite::codec {

// Where the fields of an update go, one class a format with the same functions, in the order of
// yjs-compat 4.2. What the fields mean is struct_writer.h's. A sink's buffers keep their memory
// over clear().

/// Field after field.
class UpdateV1Sink {
public:
    void writeSectionCount(std::size_t sections) { m_out.writeVarUint(sections); }
    void writeSectionHead(std::size_t structs, crdt::ClientId client, crdt::Clock clock)
    {
        m_out.writeVarUint(structs);
        m_out.writeVarUint(client);
        m_out.writeVarUint(clock);
    }
    /// The info byte of a struct, and the neighbours that it says there are.
    void writeStructHead(std::uint8_t info, crdt::Id origin = {}, crdt::Id rightOrigin = {})
    {
        m_out.append(1 + 2 * kIdRoom, [&](std::uint8_t *out) {
            *out++ = info;
            if ((info & wire::kHasOrigin) != 0) {
                out = putId(out, origin);
            }
            if ((info & wire::kHasRightOrigin) != 0) {
                out = putId(out, rightOrigin);
            }
            return out;
        });
    }
    void writeParentId(crdt::Id id)
    {
        m_out.append(kIdRoom, [&](std::uint8_t *out) { return putId(out, id); });
    }
    void writeParentKind(std::uint8_t kind) { m_out.writeVarUint(kind); }
    void writeString(std::u16string_view utf16) { m_out.writeVarString(utf16); }
    void writeString(std::string_view wtf8) { m_out.writeVarString(wtf8); }
    /// Format keys, and names of XML elements and hooks.
    void writeKey(std::string_view wtf8) { m_out.writeVarString(wtf8); }
    void writeTypeRef(std::uint8_t typeRef) { m_out.writeVarUint(typeRef); }
    void writeLength(std::uint64_t length) { m_out.writeVarUint(length); }
    void writeSkipLength(std::uint64_t length) { m_out.writeVarUint(length); }
    void writeAny(const lib0::Any &value) { m_out.writeAny(value); }
    /// Embeds and values of formats.
    void writeJson(const lib0::Any &value);
    void writeBytes(ByteView bytes) { m_out.writeVarBytes(bytes); }
    void writeDeletions(const crdt::DeleteSet &deletions)
    {
        writeDeleteSet(m_out, deletions, UpdateFormat::V1);
    }

    void clear() { m_out.clear(); }
    /// The whole update, once all of it is written; valid until the next change.
    ByteView finish() { return m_out.bytes(); }
    Bytes take() { return m_out.take(); }

private:
    static constexpr std::size_t kIdRoom = 2 * lib0::varint::kMaxBytes;

    std::uint8_t *putId(std::uint8_t *out, crdt::Id id)
    {
        using namespace lib0::varint;
        if (id.client != m_client) {
            m_client = id.client;
            m_clientSize = static_cast<std::size_t>(putVarUint(m_clientBytes.data(), m_client) -
                                                    m_clientBytes.data());
        }
        std::memcpy(out, m_clientBytes.data(), kMaxBytes);
        return putVarUint(out + m_clientSize, id.clock);
    }

    lib0::Encoder m_out;
    // The client of the last id, which mostly is that of the next one as well, and its bytes.
    crdt::ClientId m_client = 0;
    std::array<std::uint8_t, lib0::varint::kMaxBytes> m_clientBytes{};
    std::size_t m_clientSize = 1;
};

/// A column for each kind of field, and a rest.
class UpdateV2Sink {
public:
    void writeSectionCount(std::size_t sections) { m_rest.writeVarUint(sections); }
    void writeSectionHead(std::size_t structs, crdt::ClientId client, crdt::Clock clock)
    {
        m_rest.writeVarUint(structs);
        m_client.write(client);
        m_rest.writeVarUint(clock);
    }
    [[gnu::always_inline]] void writeStructHead(std::uint8_t info, crdt::Id origin = {},
                                                crdt::Id rightOrigin = {})
    {
        m_info.write(info);
        if ((info & wire::kHasOrigin) != 0) {
            writeLeftId(origin);
        }
        if ((info & wire::kHasRightOrigin) != 0) {
            m_client.write(rightOrigin.client);
            m_rightClock.write(rightOrigin.clock);
        }
    }
    void writeParentId(crdt::Id id) { writeLeftId(id); }
    void writeParentKind(std::uint8_t kind) { m_parentKind.write(kind); }
    /// The units must stay as they are until writeDeletions(), which ends an update.
    void writeString(std::u16string_view utf16) { m_string.write(utf16); }
    void writeString(std::string_view wtf8) { m_string.write(wtf8); }
    /// Numbered as if keys could be named again; Yjs never does, and writes each in full.
    void writeKey(std::string_view wtf8)
    {
        m_keyClock.write(m_keys++);
        m_string.write(wtf8);
    }
    void writeTypeRef(std::uint8_t typeRef) { m_typeRef.write(typeRef); }
    void writeLength(std::uint64_t length) { m_length.write(length); }
    void writeSkipLength(std::uint64_t length) { m_rest.writeVarUint(length); }
    void writeAny(const lib0::Any &value) { m_rest.writeAny(value); }
    void writeJson(const lib0::Any &value) { m_rest.writeAny(value); }
    void writeBytes(ByteView bytes) { m_rest.writeVarBytes(bytes); }
    void writeDeletions(const crdt::DeleteSet &deletions)
    {
        m_string.takeOver();
        writeDeleteSet(m_rest, deletions, UpdateFormat::V2);
    }

    void clear();
    ByteView finish();
    Bytes take();

private:
    void writeLeftId(crdt::Id id)
    {
        m_client.write(id.client);
        m_leftClock.write(id.clock);
    }
    void join();

    lib0::IntDiffOptRleEncoder m_keyClock;
    lib0::UintOptRleEncoder m_client;
    lib0::IntDiffOptRleEncoder m_leftClock;
    lib0::IntDiffOptRleEncoder m_rightClock;
    lib0::RleEncoder m_info;
    lib0::StringColumnEncoder m_string;
    lib0::RleEncoder m_parentKind;
    lib0::UintOptRleEncoder m_typeRef;
    lib0::UintOptRleEncoder m_length;
    lib0::Encoder m_rest;
    std::uint64_t m_keys = 0;
    lib0::Encoder m_out; ///< All columns, one after the other.
};

/// Calls `write` with a sink of that format, and returns what it wrote.
template <class Write>
Bytes written(UpdateFormat format, Write write)
{
    const auto into = [&](auto sink) {
        write(sink);
        return sink.take();
    };
    return format == UpdateFormat::V1 ? into(UpdateV1Sink()) : into(UpdateV2Sink());
}

} // namespace cowrite::codec
