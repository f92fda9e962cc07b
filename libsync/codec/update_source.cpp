#include "libsync/codec/update_source.h"

#include "libsync/base/limits.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <algorithm>

namespace cowrite::codec {

lib0::Any UpdateV1Source::readJson()
{
    const std::string_view text = m_in.readVarStringUtf8();
    const std::size_t start = m_in.position() - text.size();
    if (!m_in.ok()) {
        return {};
    }
    Result<lib0::Any> value = lib0::parseJson(text);
    if (!value) {
        m_in.fail(value.error().code, value.error().message,
                  start + value.error().byteOffset.value_or(0));
        return {};
    }
    return std::move(*value);
}

namespace {

/// Bytes of keys that a byte of an update may name again: of honest formats each takes some bytes.
constexpr std::size_t kRepeatedPerByte = 8;

/// The head of an update V2. Returns the input, behind it.
lib0::Decoder &readFeatureFlag(lib0::Decoder &in)
{
    if (in.readVarUint() != wire::kFeatureFlag) {
        in.fail(ErrorCode::Unsupported, "the update uses a feature that is unknown here", 0);
    }
    return in;
}

/// The lengths, which stand behind all strings in one.
lib0::Decoder readStrings(lib0::Decoder &in, std::u16string &text)
{
    lib0::Decoder column = in.readVarBlock();
    text.resize(column.readVarStringUtf16(text, 0));
    if (!column.ok()) {
        in.fail(column.error());
    }
    return column;
}

} // namespace

UpdateV2Source::UpdateV2Source(ByteView bytes, std::u16string &text)
    : m_rest(bytes),
      m_structsLeft(bytes.size() / wire::kSmallestStruct + limits::kFreeStructs),
      m_keyClock(readFeatureFlag(m_rest).readVarBlock(), m_rest),
      m_client(m_rest.readVarBlock(), m_rest),
      m_leftClock(m_rest.readVarBlock(), m_rest),
      m_rightClock(m_rest.readVarBlock(), m_rest),
      m_info(m_rest.readVarBlock(), m_rest),
      m_stringLength(readStrings(m_rest, text), m_rest),
      m_parentKind(m_rest.readVarBlock(), m_rest),
      m_typeRef(m_rest.readVarBlock(), m_rest),
      m_length(m_rest.readVarBlock(), m_rest),
      m_text(text),
      m_repeatableBytes(kRepeatedPerByte * bytes.size())
{}

std::uint64_t UpdateV2Source::readStructCount()
{
    const std::size_t start = m_rest.position();
    const std::uint64_t count = m_rest.readVarUint();
    if (count > m_structsLeft) {
        m_rest.fail(ErrorCode::LimitExceeded, "the update claims too many structs for its size",
                    start);
        return 0;
    }
    m_structsLeft -= count;
    return count;
}

UpdateV2Source::TextRange UpdateV2Source::readText()
{
    const std::uint64_t length = m_stringLength.read();
    if (length > m_text.size() - m_textUsed) {
        m_rest.fail(ErrorCode::Malformed, "a string is longer than what is left of all strings");
        return {};
    }
    const TextRange range{m_textUsed, static_cast<std::size_t>(length)};
    m_textUsed += range.length;
    return range;
}

std::string_view UpdateV2Source::readString()
{
    const TextRange range = readText();
    m_string = lib0::utf16ToWtf8(std::u16string_view(m_text).substr(range.offset, range.length));
    return m_string;
}

std::string_view UpdateV2Source::readKey()
{
    const std::uint64_t number = m_keyClock.read();
    if (number < m_keys.size()) {
        const std::string &key = m_keys[static_cast<std::size_t>(number)];
        if (key.size() > m_repeatableBytes) {
            m_rest.fail(ErrorCode::LimitExceeded, "the update repeats its keys too often");
            return {};
        }
        m_repeatableBytes -= key.size();
        return key;
    }
    return m_keys.emplace_back(readString());
}

std::uint64_t UpdateV2Source::readElementCount()
{
    const std::uint64_t count = m_length.read();
    // An `any` takes a byte of the rest, and a JSON text at least a unit of the strings.
    if (count > m_rest.remaining() + (m_text.size() - m_textUsed)) {
        m_rest.fail(ErrorCode::Malformed, "a count exceeds what the update can hold");
        return 0;
    }
    return count;
}

void UpdateV2Source::finish()
{
    wire::expectEnd(m_rest);
    const bool columnsEnd = m_keyClock.remaining() + m_client.remaining() +
                                m_leftClock.remaining() + m_rightClock.remaining() +
                                m_info.remaining() + m_stringLength.remaining() +
                                m_parentKind.remaining() + m_typeRef.remaining() +
                                m_length.remaining() + (m_text.size() - m_textUsed) ==
                            0;
    if (!columnsEnd) {
        m_rest.fail(ErrorCode::Malformed,
                    "a column of the update holds more than its structs need");
    }
}

} // namespace cowrite::codec
