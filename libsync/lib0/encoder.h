#pragma once

#include "libsync/base/bytes.h"
#include "libsync/lib0/any.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cowrite::lib0 {

enum class AnyTag : std::uint8_t;

/// Appends lib0's primitive encodings (yjs-compat.md 1.1 to 1.3) to a growing buffer.
/// Always writes the canonical form that Yjs writes, never a longer one.
class Encoder {
public:
    void writeUint8(std::uint8_t value) { m_bytes.push_back(value); }

    /// Peers refuse values above 2^53-1; keeping below it is the caller's duty.
    void writeVarUint(std::uint64_t value)
    {
        if (value < 0x80) {
            m_bytes.push_back(static_cast<std::uint8_t>(value));
        } else {
            writeLongVarUint(value);
        }
    }

    void writeVarInt(std::int64_t value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        writeVarIntSigned(value < 0, value < 0 ? 0 - bits : bits);
    }

    /// Sign and magnitude apart, because negative zero is a value of its own in varInt.
    void writeVarIntSigned(bool negative, std::uint64_t magnitude)
    {
        const std::uint8_t sign = negative ? 0x40 : 0;
        if (magnitude < 0x40) {
            m_bytes.push_back(static_cast<std::uint8_t>(sign | magnitude));
        } else {
            writeLongVarInt(sign, magnitude);
        }
    }

    /// Length in bytes, then UTF-8. A lone surrogate, in either input, becomes U+FFFD; bytes that
    /// are no WTF-8 at all are a mistake of the caller, which debug builds catch.
    void writeVarString(std::string_view wtf8);
    void writeVarString(std::u16string_view utf16);
    void writeVarString(const char *wtf8) { writeVarString(std::string_view(wtf8)); }
    /// The UTF-8 alone, of which the caller writes the length.
    void writeUtf8(std::u16string_view utf16);

    /// Length, then the bytes.
    void writeVarBytes(ByteView bytes);
    /// The bytes alone.
    void writeBytes(ByteView bytes);

    void writeFloat32(float value);
    void writeFloat64(double value);
    void writeBigInt64(std::int64_t value);

    /// Tag and payload; numbers take the same tag that lib0 picks. Any depth is written, but
    /// readers stop at kMaxNesting.
    void writeAny(const Any &value);

    void reserve(std::size_t size) { m_bytes.reserve(size); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] const Bytes &bytes() const { return m_bytes; }
    /// Hands the buffer over; the encoder is empty afterwards.
    [[nodiscard]] Bytes take() { return std::exchange(m_bytes, {}); }
    /// Empties the buffer and keeps its capacity.
    void clear() { m_bytes.clear(); }
    /// Drops what is behind the first `size` bytes.
    void truncate(std::size_t size) { m_bytes.resize(size); }

private:
    void appendUtf8(std::u16string_view utf16, std::size_t length);
    void writeLongVarUint(std::uint64_t value);
    void writeLongVarInt(std::uint8_t sign, std::uint64_t magnitude);
    void writeTag(AnyTag tag);
    void writeNumber(double value);
    void writeScalar(const Any &value);

    Bytes m_bytes;
};

} // namespace cowrite::lib0
