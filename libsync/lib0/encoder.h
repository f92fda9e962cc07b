#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/check.h"
#include "libsync/lib0/any.h"
#include "libsync/lib0/varint.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cowrite::lib0 {

enum class AnyTag : std::uint8_t;

/// Appends lib0's primitive encodings (yjs-compat.md 1.1 to 1.3) to a growing buffer.
/// Always writes the canonical form that Yjs writes, never a longer one.
class Encoder {
public:
    void writeUint8(std::uint8_t value)
    {
        append(1, [value](std::uint8_t *out) {
            *out = value;
            return out + 1;
        });
    }

    /// Peers refuse values above 2^53-1; keeping below it is the caller's duty.
    void writeVarUint(std::uint64_t value)
    {
        append(varint::kMaxBytes,
               [value](std::uint8_t *out) { return varint::putVarUint(out, value); });
    }

    void writeVarInt(std::int64_t value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        writeVarIntSigned(value < 0, value < 0 ? 0 - bits : bits);
    }

    /// Sign and magnitude apart, because negative zero is a value of its own in varInt.
    void writeVarIntSigned(bool negative, std::uint64_t magnitude)
    {
        if (magnitude < varint::kMagnitudeLimit) {
            writeVarUint(varint::withSign(negative, magnitude));
        } else {
            writeUint8(static_cast<std::uint8_t>(0x80 | varint::withSign(negative, magnitude)));
            writeVarUint(magnitude >> 6);
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

    /// Lets `write(out)` put at most `most` bytes to `out` and return their end. It may touch all
    /// of that room.
    template <class Write>
    void append(std::size_t most, Write write)
    {
        if (m_size + most > m_buffer.size()) {
            grow(most);
        }
        std::uint8_t *const begin = m_buffer.data() + m_size;
        m_size += static_cast<std::size_t>(write(begin) - begin);
    }

    /// Makes room for that many bytes more, so that they are put there without growing in steps.
    void makeRoomFor(std::size_t more)
    {
        if (m_size + more > m_buffer.size()) {
            m_buffer.resize(m_size + more);
        }
    }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// What is written; valid until the next change.
    [[nodiscard]] ByteView bytes() const { return {m_buffer.data(), m_size}; }
    /// Hands the buffer over; the encoder is empty afterwards.
    [[nodiscard]] Bytes take();
    /// Empties the buffer and keeps its capacity.
    void clear() { m_size = 0; }
    /// Drops what is behind the first `size` bytes.
    void truncate(std::size_t size)
    {
        COWRITE_DCHECK(size <= m_size);
        m_size = size;
    }

private:
    void grow(std::size_t more);
    void appendUtf8(std::u16string_view utf16, std::size_t length);
    void writeTag(AnyTag tag);
    void writeNumber(double value);
    void writeScalar(const Any &value);

    Bytes m_buffer; ///< All of it is room; the first m_size bytes are written.
    std::size_t m_size = 0;
};

} // namespace cowrite::lib0
