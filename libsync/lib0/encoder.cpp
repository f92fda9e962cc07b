#include "libsync/lib0/encoder.h"

#include "libsync/base/check.h"
#include "libsync/lib0/any_tag.h"
#include "libsync/lib0/utf.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

namespace cowrite::lib0 {

namespace {

void appendBigEndian(std::uint64_t value, std::size_t width, Bytes &bytes)
{
    for (std::size_t shift = 8 * width; shift > 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
    }
}

/// Replaces surrogates (ed a0..bf xx) by U+FFFD, which takes three bytes as well.
void replaceSurrogates(std::uint8_t *begin, std::uint8_t *end)
{
    while (begin != end) {
        const auto size = static_cast<std::size_t>(end - begin);
        auto *found = static_cast<std::uint8_t *>(std::memchr(begin, 0xed, size));
        if (found == nullptr || end - found < 3) {
            return;
        }
        if (found[1] >= 0xa0) {
            found[0] = 0xef;
            found[1] = 0xbf;
            found[2] = 0xbd;
        }
        begin = found + 3;
    }
}

/// An array or object of which some children are written.
struct Open {
    const Any *container;
    std::size_t next = 0;
};

} // namespace

void Encoder::writeVarString(std::string_view wtf8)
{
    writeVarUint(wtf8.size());
    const std::size_t begin = m_bytes.size();
    m_bytes.insert(m_bytes.end(), wtf8.begin(), wtf8.end());
    replaceSurrogates(m_bytes.data() + begin, m_bytes.data() + m_bytes.size());
    COWRITE_DCHECK(
        isValidUtf8({reinterpret_cast<const char *>(m_bytes.data() + begin), wtf8.size()}));
}

void Encoder::writeVarString(std::u16string_view utf16)
{
    const std::size_t length = utf8Length(utf16);
    writeVarUint(length);
    appendUtf8(utf16, length);
}

void Encoder::writeUtf8(std::u16string_view utf16)
{
    appendUtf8(utf16, utf8Length(utf16));
}

void Encoder::appendUtf8(std::u16string_view utf16, std::size_t length)
{
    const std::size_t begin = m_bytes.size();
    m_bytes.resize(begin + length);
    lib0::writeUtf8(utf16, reinterpret_cast<char *>(m_bytes.data() + begin));
}

void Encoder::writeVarBytes(ByteView bytes)
{
    writeVarUint(bytes.size());
    writeBytes(bytes);
}

void Encoder::writeBytes(ByteView bytes)
{
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void Encoder::writeFloat32(float value)
{
    appendBigEndian(std::bit_cast<std::uint32_t>(value), 4, m_bytes);
}

void Encoder::writeFloat64(double value)
{
    appendBigEndian(std::bit_cast<std::uint64_t>(value), 8, m_bytes);
}

void Encoder::writeBigInt64(std::int64_t value)
{
    appendBigEndian(static_cast<std::uint64_t>(value), 8, m_bytes);
}

void Encoder::writeAny(const Any &value)
{
    std::vector<Open> open;
    const auto begin = [this, &open](const Any &next) {
        if (next.isArray()) {
            writeTag(AnyTag::Array);
            writeVarUint(next.asArray().size());
            open.push_back({&next});
        } else if (next.isObject()) {
            writeTag(AnyTag::Object);
            writeVarUint(next.asObject().size());
            open.push_back({&next});
        } else {
            writeScalar(next);
        }
    };
    begin(value);
    while (!open.empty()) {
        Open &top = open.back();
        const std::size_t at = top.next++;
        if (top.container->isArray()) {
            const std::span<const Any> elements = top.container->asArray();
            if (at < elements.size()) {
                begin(elements[at]);
                continue;
            }
        } else {
            const AnyObject members = top.container->asObject();
            if (at < members.size()) {
                const auto &[key, member] = members[at];
                writeVarString(key);
                begin(member);
                continue;
            }
        }
        open.pop_back();
    }
}

void Encoder::writeTag(AnyTag tag)
{
    writeUint8(static_cast<std::uint8_t>(tag));
}

void Encoder::writeScalar(const Any &value)
{
    switch (value.kind()) {
    case AnyKind::Undefined:
        writeTag(AnyTag::Undefined);
        break;
    case AnyKind::Null:
        writeTag(AnyTag::Null);
        break;
    case AnyKind::Bool:
        writeTag(value.asBool() ? AnyTag::True : AnyTag::False);
        break;
    case AnyKind::Number:
        writeNumber(value.asNumber());
        break;
    case AnyKind::BigInt:
        writeTag(AnyTag::BigInt);
        writeBigInt64(value.asBigInt());
        break;
    case AnyKind::String:
        writeTag(AnyTag::String);
        writeVarString(value.asString());
        break;
    case AnyKind::Bytes:
        writeTag(AnyTag::Bytes);
        writeVarBytes(value.asBytes());
        break;
    case AnyKind::Array:
    case AnyKind::Object:
        COWRITE_CHECK(false);
    }
}

void Encoder::writeNumber(double value)
{
    constexpr double kLargestInteger = 2147483647;
    if (std::isnan(value)) {
        // JavaScript has one NaN; the bits of a foreign one are not passed on.
        writeTag(AnyTag::Float64);
        appendBigEndian(0x7ff8000000000000, 8, m_bytes);
    } else if (std::abs(value) <= kLargestInteger && std::trunc(value) == value) {
        writeTag(AnyTag::Integer);
        writeVarIntSigned(std::signbit(value), static_cast<std::uint64_t>(std::abs(value)));
    } else if (static_cast<double>(static_cast<float>(value)) == value) {
        writeTag(AnyTag::Float32);
        writeFloat32(static_cast<float>(value));
    } else {
        writeTag(AnyTag::Float64);
        writeFloat64(value);
    }
}

void Encoder::writeLongVarUint(std::uint64_t value)
{
    while (value >= 0x80) {
        m_bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    m_bytes.push_back(static_cast<std::uint8_t>(value));
}

void Encoder::writeLongVarInt(std::uint8_t sign, std::uint64_t magnitude)
{
    m_bytes.push_back(static_cast<std::uint8_t>(0x80 | sign | (magnitude & 0x3f)));
    writeVarUint(magnitude >> 6);
}

} // namespace cowrite::lib0
