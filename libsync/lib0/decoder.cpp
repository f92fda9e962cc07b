#include "libsync/lib0/decoder.h"

#include "libsync/base/check.h"
#include "libsync/lib0/any_tag.h"
#include "libsync/lib0/utf.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace cowrite::lib0 {

namespace {

/// Eight groups of seven bits hold 2^53-1; a longer form only serves to waste time.
constexpr std::size_t kMaxVarBytes = varint::kWord;

/// Bytes of the smallest element of an array, and of the smallest member of an object.
constexpr std::size_t kSmallestElement = 1;
constexpr std::size_t kSmallestMember = 2;

} // namespace

const Error &Decoder::error() const
{
    COWRITE_CHECK(m_error);
    return *m_error;
}

void Decoder::fail(ErrorCode code, std::string_view message)
{
    fail(code, message, position());
}

void Decoder::fail(ErrorCode code, std::string_view message, std::size_t byteOffset)
{
    if (m_error) {
        return;
    }
    m_error = Error{code, std::string(message), byteOffset};
    m_next = m_end;
}

void Decoder::fail(const Error &error)
{
    fail(error.code, error.message, error.byteOffset.value_or(position()));
}

void Decoder::failTruncated()
{
    fail(ErrorCode::Malformed, "the input ends in the middle of a value");
}

std::uint64_t Decoder::readGroupsOneByOne(std::uint64_t most)
{
    const std::uint8_t *at = m_next;
    std::uint64_t value = 0;
    for (std::size_t group = 0; group < kMaxVarBytes; ++group) {
        if (at == m_end) {
            failTruncated();
            return 0;
        }
        const std::uint8_t byte = *at++;
        value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * group);
        if (byte < 0x80) {
            if (value > most) {
                break;
            }
            m_next = at;
            return value;
        }
    }
    fail(ErrorCode::Malformed, "an integer is larger than 2^53-1");
    return 0;
}

std::uint64_t Decoder::readOtherVarUint(LastVarUint &last)
{
    const std::uint8_t *const begin = m_next;
    const bool hasWord = remaining() >= varint::kWord;
    const std::uint64_t value = readVarUint();
    if (ok() && hasWord) {
        const auto size = static_cast<std::size_t>(m_next - begin);
        const std::uint64_t mask = ~std::uint64_t{0} >> (8 * (varint::kWord - size));
        last = {value, varint::readWord(begin) & mask, mask, size};
    }
    return value;
}

ByteView Decoder::readVarBytes()
{
    const std::size_t start = position();
    const std::uint64_t length = readVarUint();
    if (length > remaining()) {
        fail(ErrorCode::Malformed, "a length reaches beyond the end of the input", start);
        return {};
    }
    return readBytes(static_cast<std::size_t>(length));
}

Decoder Decoder::readVarBlock()
{
    const ByteView bytes = readVarBytes();
    Decoder block(bytes);
    block.m_begin = ok() ? m_begin : bytes.data();
    return block;
}

ByteView Decoder::readBytes(std::size_t count)
{
    if (count > remaining()) {
        failTruncated();
        return {};
    }
    const ByteView bytes(m_next, count);
    m_next += count;
    return bytes;
}

std::string_view Decoder::readVarStringUtf8()
{
    const ByteView bytes = readVarBytes();
    const std::string_view text = asText(bytes);
    const std::size_t valid = validUtf8Prefix(text);
    if (valid != text.size()) {
        fail(ErrorCode::Malformed, "a string is not valid UTF-8",
             position() - (text.size() - valid));
        return {};
    }
    return text;
}

std::size_t Decoder::readVarStringUtf16(std::u16string &buffer, std::size_t at)
{
    const ByteView bytes = readVarBytes();
    const std::string_view text = asText(bytes);
    if (buffer.size() - at < text.size()) {
        // In steps, but never more than the rest of the input can need.
        constexpr std::size_t kStep = 4096;
        buffer.resize(at + text.size() + std::min(remaining(), kStep));
    }
    char16_t *const end = utf8ToUtf16(text, buffer.data() + at);
    if (end == nullptr) {
        fail(ErrorCode::Malformed, "a string is not valid UTF-8",
             position() - (text.size() - validUtf8Prefix(text)));
        return at;
    }
    return static_cast<std::size_t>(end - buffer.data());
}

std::uint64_t Decoder::readBigEndian(std::size_t width)
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : readBytes(width)) {
        value = (value << 8) | byte;
    }
    return value;
}

float Decoder::readFloat32()
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(readBigEndian(4)));
}

double Decoder::readFloat64()
{
    return std::bit_cast<double>(readBigEndian(8));
}

std::int64_t Decoder::readBigInt64()
{
    return static_cast<std::int64_t>(readBigEndian(8));
}

Any Decoder::readAny()
{
    Any value = readAny(0);
    return ok() ? value : Any();
}

Any Decoder::readAny(std::size_t depth)
{
    const std::size_t start = position();
    switch (static_cast<AnyTag>(readUint8())) {
    case AnyTag::Undefined:
        return {};
    case AnyTag::Null:
        return nullptr;
    case AnyTag::Integer: {
        // Any magnitude: yrs writes integers above 2^31 like this, too.
        const SignedVarInt parts = readVarIntParts();
        const auto magnitude = static_cast<double>(parts.magnitude);
        return parts.negative ? -magnitude : magnitude;
    }
    case AnyTag::Float32:
        return readFloat32();
    case AnyTag::Float64:
        return readFloat64();
    case AnyTag::BigInt:
        return Any::bigInt(readBigInt64());
    case AnyTag::False:
        return false;
    case AnyTag::True:
        return true;
    case AnyTag::String:
        return readVarStringUtf8();
    case AnyTag::Object:
        return readObject(depth);
    case AnyTag::Array:
        return readArray(depth);
    case AnyTag::Bytes:
        return Any::bytes(readVarBytes());
    }
    fail(ErrorCode::Malformed, "a value has an unknown type", start);
    return {};
}

Any Decoder::readArray(std::size_t depth)
{
    const std::uint64_t count = readVarUint();
    if (!enterContainer(depth, count, kSmallestElement)) {
        return {};
    }
    return Any::arrayOf(static_cast<std::size_t>(count), [&] {
        m_claimed -= kSmallestElement;
        return readAny(depth + 1);
    });
}

Any Decoder::readObject(std::size_t depth)
{
    const std::uint64_t count = readVarUint();
    if (!enterContainer(depth, count, kSmallestMember)) {
        return {};
    }
    return Any::objectOf(static_cast<std::size_t>(count), [&](Any &key, Any &value) {
        m_claimed -= kSmallestMember;
        key = readVarStringUtf8();
        value = readAny(depth + 1);
    });
}

bool Decoder::enterContainer(std::size_t depth, std::uint64_t count, std::size_t smallestChild)
{
    if (depth >= kMaxNesting) {
        fail(ErrorCode::LimitExceeded, "arrays and objects are nested too deeply");
    } else if (remaining() < m_claimed || count > (remaining() - m_claimed) / smallestChild) {
        fail(ErrorCode::Malformed, "a count exceeds what the rest of the input can hold");
    } else {
        m_claimed += static_cast<std::size_t>(count) * smallestChild;
    }
    return ok();
}

} // namespace cowrite::lib0
