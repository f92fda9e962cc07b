#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/lib0/any.h"
#include "libsync/lib0/varint.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cowrite::lib0 {

/// The largest integer that a double, and so every Yjs peer, holds exactly (yjs-compat.md 1.1).
using limits::kMaxSafeInteger;

/// Sign and magnitude of a varInt, in which -0 differs from 0.
struct SignedVarInt {
    bool negative = false;
    std::uint64_t magnitude = 0;
};

/// A varUint that was read, and its bytes in a register: `mask` covers `size` of them.
struct LastVarUint {
    std::uint64_t value = 0;
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0xff;
    std::size_t size = 1;
};

/// Reads lib0's primitive encodings from bytes that a peer controls.
///
/// Errors stick: the first failure is kept, the rest of the input counts as consumed
/// (`remaining() == 0`), and every later read gives zero or an empty value. A loop therefore reads
/// on and checks ok() once, but whoever allocates by a count must compare it with remaining()
/// first. The input must outlive the decoder and every view taken from it.
class Decoder {
public:
    explicit Decoder(ByteView input)
        : m_begin(input.data()), m_next(input.data()), m_end(input.data() + input.size())
    {}

    [[nodiscard]] bool ok() const { return !m_error; }
    /// Only after a failure; byteOffset is where the unreadable value starts.
    [[nodiscard]] const Error &error() const;
    /// Bytes left; 0 after a failure.
    [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(m_end - m_next); }
    /// Bytes consumed.
    [[nodiscard]] std::size_t position() const
    {
        return static_cast<std::size_t>(m_next - m_begin);
    }

    [[nodiscard]] std::uint8_t readUint8()
    {
        if (m_next == m_end) {
            failTruncated();
            return 0;
        }
        return *m_next++;
    }

    /// At most 2^53-1 in at most 8 bytes; longer forms of a small number are accepted.
    [[nodiscard]] std::uint64_t readVarUint() { return readGroups(kMaxSafeInteger); }

    /// The same for a number that mostly is the `last` one, which is recognised by its bytes.
    [[nodiscard]] std::uint64_t readVarUint(LastVarUint &last)
    {
        if (remaining() >= varint::kWord &&
            ((varint::readWord(m_next) ^ last.bytes) & last.mask) == 0) {
            m_next += last.size;
            return last.value;
        }
        return readOtherVarUint(last);
    }

    /// Magnitude at most 2^53-1 in at most 8 bytes.
    [[nodiscard]] SignedVarInt readVarIntParts()
    {
        const std::uint64_t groups = readGroups(varint::withSign(true, kMaxSafeInteger));
        return {(groups & varint::kSign) != 0, varint::withoutSign(groups)};
    }

    /// As readVarIntParts(); -0 reads as 0.
    [[nodiscard]] std::int64_t readVarInt()
    {
        const SignedVarInt parts = readVarIntParts();
        const auto magnitude = static_cast<std::int64_t>(parts.magnitude);
        return parts.negative ? -magnitude : magnitude;
    }

    /// Length, then that many bytes; a view into the input.
    [[nodiscard]] ByteView readVarBytes();
    /// The same as an input of its own, in which positions are still those of this one.
    [[nodiscard]] Decoder readVarBlock();
    /// Exactly `count` bytes; a view into the input.
    [[nodiscard]] ByteView readBytes(std::size_t count);

    /// Strict UTF-8 (yjs-compat.md 1.2), a byte-order mark is kept; a view into the input.
    [[nodiscard]] std::string_view readVarStringUtf8();
    /// The same as UTF-16, into `buffer` from `at` on. The buffer grows by more than that needs, so
    /// that many strings can be read one behind the other. Returns the end; after a failure `at`.
    [[nodiscard]] std::size_t readVarStringUtf16(std::u16string &buffer, std::size_t at);

    [[nodiscard]] float readFloat32();
    [[nodiscard]] double readFloat64();
    [[nodiscard]] std::int64_t readBigInt64();

    /// One tagged value; undefined after a failure. Nesting is limited to kMaxNesting, and memory
    /// to a fixed multiple of the bytes read.
    [[nodiscard]] Any readAny();

    /// Rejects the input for a reason that the caller found, at the present position. The first
    /// failure wins.
    void fail(ErrorCode code, std::string_view message);
    void fail(const Error &error);
    /// The same for a value that starts at `byteOffset`.
    void fail(ErrorCode code, std::string_view message, std::size_t byteOffset);

private:
    /// Groups of seven bits, as a number that may be at most `most`. 0 after a failure.
    [[nodiscard]] std::uint64_t readGroups(std::uint64_t most)
    {
        if (m_next != m_end && *m_next < 0x80) {
            return *m_next++;
        }
        if (remaining() >= varint::kWord) {
            if (const varint::Groups read = varint::readGroupsAtOnce(m_next);
                read.size > 0 && read.value <= most) {
                m_next += read.size;
                return read.value;
            }
        }
        return readGroupsOneByOne(most);
    }
    [[nodiscard]] std::uint64_t readGroupsOneByOne(std::uint64_t most);
    [[nodiscard]] std::uint64_t readOtherVarUint(LastVarUint &last);
    [[nodiscard]] Any readAny(std::size_t depth);
    [[nodiscard]] Any readArray(std::size_t depth);
    [[nodiscard]] Any readObject(std::size_t depth);
    [[nodiscard]] bool enterContainer(std::size_t depth, std::uint64_t count,
                                      std::size_t smallestChild);
    [[nodiscard]] std::uint64_t readBigEndian(std::size_t width);
    void failTruncated();

    const std::uint8_t *m_begin;
    const std::uint8_t *m_next;
    const std::uint8_t *m_end;
    /// Bytes that children of open containers must take at least, so that the counts of containers
    /// in one another cannot add up to more than the input.
    std::size_t m_claimed = 0;
    std::optional<Error> m_error;
};

} // namespace cowrite::lib0
