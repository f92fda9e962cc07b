#include "libsync/lib0/encoder.h"

#include "libsync/base/check.h"
#include "libsync/lib0/any_tag.h"
#include "libsync/lib0/utf.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

namespace cowrite::lib0 {

namespace {

/// Room that the first byte makes, so that small messages grow once.
constexpr std::size_t kFirstRoom = 64;

/// Writes the lowest `width` bytes of `value`.
std::uint8_t *putBigEndian(std::uint8_t *out, std::uint64_t value, std::size_t width)
{
    for (std::size_t shift = 8 * width; shift > 0; shift -= 8) {
        *out++ = static_cast<std::uint8_t>(value >> (shift - 8));
    }
    return out;
}

/// Begins a surrogate in WTF-8, and some other characters.
constexpr char kSurrogate = '\xed';

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

void Encoder::grow(std::size_t more)
{
    m_buffer.resize(std::max({m_size + more, 2 * m_buffer.size(), kFirstRoom}));
}

Bytes Encoder::take()
{
    m_buffer.resize(m_size);
    m_size = 0;
    return std::exchange(m_buffer, {});
}

void Encoder::writeVarString(std::string_view wtf8)
{
    writeVarUint(wtf8.size());
    append(wtf8.size(), [wtf8](std::uint8_t *out) {
        std::uint8_t *const end = out + wtf8.copy(reinterpret_cast<char *>(out), wtf8.size());
        if (wtf8.find(kSurrogate) != std::string_view::npos) {
            replaceSurrogates(out, end);
        }
        COWRITE_DCHECK(isValidUtf8({reinterpret_cast<const char *>(out), wtf8.size()}));
        return end;
    });
}

void Encoder::writeVarString(std::u16string_view utf16)
{
    // As if all of it were ASCII, which it mostly is.
    bool isAscii = false;
    append(varint::kMaxBytes + utf16.size(), [&](std::uint8_t *out) {
        std::uint8_t *const text = varint::putVarUint(out, utf16.size());
        isAscii = copyAscii(utf16, reinterpret_cast<char *>(text)) == utf16.size();
        return isAscii ? text + utf16.size() : out;
    });
    if (!isAscii) {
        const std::size_t length = utf8Length(utf16);
        writeVarUint(length);
        appendUtf8(utf16, length);
    }
}

void Encoder::writeUtf8(std::u16string_view utf16)
{
    std::size_t ascii = 0;
    append(utf16.size(), [&](std::uint8_t *out) {
        ascii = copyAscii(utf16, reinterpret_cast<char *>(out));
        return out + ascii;
    });
    if (ascii < utf16.size()) {
        const std::u16string_view rest = utf16.substr(ascii);
        appendUtf8(rest, utf8Length(rest));
    }
}

void Encoder::appendUtf8(std::u16string_view utf16, std::size_t length)
{
    append(length, [&](std::uint8_t *out) {
        lib0::writeUtf8(utf16, reinterpret_cast<char *>(out));
        return out + length;
    });
}

void Encoder::writeVarBytes(ByteView bytes)
{
    writeVarUint(bytes.size());
    writeBytes(bytes);
}

void Encoder::writeBytes(ByteView bytes)
{
    append(bytes.size(),
           [bytes](std::uint8_t *out) { return std::copy(bytes.begin(), bytes.end(), out); });
}

void Encoder::writeFloat32(float value)
{
    append(4, [value](std::uint8_t *out) {
        return putBigEndian(out, std::bit_cast<std::uint32_t>(value), 4);
    });
}

void Encoder::writeFloat64(double value)
{
    writeBigInt64(std::bit_cast<std::int64_t>(value));
}

void Encoder::writeBigInt64(std::int64_t value)
{
    append(8, [value](std::uint8_t *out) {
        return putBigEndian(out, static_cast<std::uint64_t>(value), 8);
    });
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
        writeBigInt64(0x7ff8000000000000);
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

} // namespace cowrite::lib0
