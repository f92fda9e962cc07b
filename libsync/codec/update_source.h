#pragma once

#include "libsync/codec/update_format.h"
#include "libsync/codec/wire.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/run_length_decoder.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::codec {

// Where the fields of an update come from: the counterparts of update_sink.h. What fails, fails
// rest(), which is also where both formats keep what is in no column.

/// An id as it stands on the wire.
struct RawId {
    std::uint64_t client = 0;
    std::uint64_t clock = 0;
};

class UpdateV1Source {
public:
    static constexpr UpdateFormat kFormat = UpdateFormat::V1;

    UpdateV1Source(ByteView bytes, std::u16string &text) : m_in(bytes), m_text(text) {}

    lib0::Decoder &rest() { return m_in; }
    /// Of one section.
    std::uint64_t readStructCount() { return wire::readCount(m_in, wire::kSmallestStruct); }
    std::uint64_t readClient() { return m_in.readVarUint(); }
    std::uint8_t readInfo() { return m_in.readUint8(); }
    RawId readLeftId() { return readId(); }
    RawId readRightId() { return readId(); }
    std::uint64_t readParentKind() { return m_in.readVarUint(); }
    /// Strict UTF-8, valid until the next read.
    std::string_view readString() { return m_in.readVarStringUtf8(); }
    std::string_view readKey() { return m_in.readVarStringUtf8(); }
    /// Puts a string into the update's text, and says where.
    struct TextRange {
        std::size_t offset = 0;
        std::size_t length = 0;
    };
    TextRange readText()
    {
        const std::size_t offset = m_textSize;
        if (offset == 0) {
            m_text.reserve(m_in.remaining()); // A byte is a unit at most.
        }
        m_textSize = m_in.readVarStringUtf16(m_text, offset);
        return {offset, m_textSize - offset};
    }
    std::uint64_t readTypeRef() { return m_in.readVarUint(); }
    std::uint64_t readLength() { return m_in.readVarUint(); }
    /// Of `any` values or strings.
    std::uint64_t readElementCount() { return wire::readCount(m_in, 1); }
    lib0::Any readJson();
    /// Fails if something is left.
    void finish()
    {
        wire::expectEnd(m_in);
        m_text.resize(m_textSize);
    }

private:
    RawId readId()
    {
        const std::uint64_t client = m_in.readVarUint(m_client);
        return {client, m_in.readVarUint()};
    }

    lib0::Decoder m_in;
    lib0::LastVarUint m_client;
    std::u16string &m_text; ///< Only the first m_textSize units are text, the rest is room.
    std::size_t m_textSize = 0;
};

class UpdateV2Source {
public:
    static constexpr UpdateFormat kFormat = UpdateFormat::V2;

    /// Decodes the string column into `text`.
    UpdateV2Source(ByteView bytes, std::u16string &text);

    lib0::Decoder &rest() { return m_rest; }
    /// A run costs nothing per struct, so how many there may be is a matter of policy (yjs-compat
    /// 10.2 rule 3).
    std::uint64_t readStructCount();
    std::uint64_t readClient() { return m_client.read(); }
    std::uint8_t readInfo() { return m_info.read(); }
    RawId readLeftId()
    {
        const std::uint64_t client = m_client.read();
        return {client, m_leftClock.read()};
    }
    RawId readRightId()
    {
        const std::uint64_t client = m_client.read();
        return {client, m_rightClock.read()};
    }
    std::uint64_t readParentKind() { return m_parentKind.read(); }
    std::string_view readString();
    std::string_view readKey();
    using TextRange = UpdateV1Source::TextRange;
    TextRange readText();
    std::uint64_t readTypeRef() { return m_typeRef.read(); }
    std::uint64_t readLength() { return m_length.read(); }
    std::uint64_t readElementCount();
    lib0::Any readJson() { return m_rest.readAny(); }
    void finish();

private:
    lib0::Decoder m_rest;
    std::uint64_t m_structsLeft;
    lib0::IntDiffOptRleDecoder m_keyClock;
    lib0::UintOptRleDecoder m_client;
    lib0::IntDiffOptRleDecoder m_leftClock;
    lib0::IntDiffOptRleDecoder m_rightClock;
    lib0::RleDecoder m_info;
    lib0::UintOptRleDecoder m_stringLength;
    lib0::RleDecoder m_parentKind;
    lib0::UintOptRleDecoder m_typeRef;
    lib0::UintOptRleDecoder m_length;
    std::u16string &m_text;
    std::size_t m_textUsed = 0;
    std::string m_string; ///< What readString() read last.
    std::vector<std::string> m_keys;
    /// A long key named again and again would take far more memory than bytes.
    std::size_t m_repeatableBytes;
};

} // namespace cowrite::codec
