#pragma once

#include "libsync/lib0/encoder.h"

#include <cstdint>
#include <string_view>

namespace cowrite::lib0 {

// lib0's run-length encodings (yjs-compat.md 1.4). Each collects one column; finish() closes the
// last run, after which nothing may be written before clear().

/// Bytes with their counts; the last run has none and so never ends.
class RleEncoder {
public:
    void write(std::uint8_t value)
    {
        if (m_count > 0 && value == m_value) {
            ++m_count;
            return;
        }
        if (m_count > 0) {
            m_out.writeVarUint(m_count - 1);
        }
        m_out.writeUint8(value);
        m_value = value;
        m_count = 1;
    }
    [[nodiscard]] ByteView finish() { return m_out.bytes(); }
    void clear()
    {
        m_out.clear();
        m_count = 0;
    }

private:
    Encoder m_out;
    std::uint8_t m_value = 0;
    std::uint64_t m_count = 0;
};

/// Runs of equal values, each with a count only if it needs one. `writeValue(out, value, isRun)`
/// says as well whether a count follows.
template <class Value, void (*writeValue)(Encoder &, Value, bool)>
class OptRleEncoder {
public:
    void write(Value value)
    {
        if (value == m_value && m_count > 0) {
            ++m_count;
            return;
        }
        flush();
        m_value = value;
        m_count = 1;
    }
    [[nodiscard]] ByteView finish()
    {
        flush();
        m_count = 0;
        return m_out.bytes();
    }
    void clear()
    {
        m_out.clear();
        m_count = 0;
    }

private:
    void flush()
    {
        if (m_count > 0) {
            writeValue(m_out, m_value, m_count > 1);
        }
        if (m_count > 1) {
            m_out.writeVarUint(m_count - 2);
        }
    }

    Encoder m_out;
    Value m_value = 0;
    std::uint64_t m_count = 0;
};

inline void writeNegatedRun(Encoder &out, std::uint64_t value, bool isRun)
{
    out.writeVarIntSigned(isRun, value);
}
/// A lone value as it is, a run as the negated value, which for zero is negative zero.
using UintOptRleEncoder = OptRleEncoder<std::uint64_t, writeNegatedRun>;

inline void writeFlaggedRun(Encoder &out, std::int64_t value, bool isRun)
{
    out.writeVarInt(2 * value + (isRun ? 1 : 0));
}
/// Differences, of which runs have the lowest bit set.
class IntDiffOptRleEncoder {
public:
    /// At most 2^53-1.
    void write(std::uint64_t value)
    {
        m_differences.write(static_cast<std::int64_t>(value - m_value));
        m_value = value;
    }
    [[nodiscard]] ByteView finish() { return m_differences.finish(); }
    void clear()
    {
        m_differences.clear();
        m_value = 0;
    }

private:
    OptRleEncoder<std::int64_t, writeFlaggedRun> m_differences;
    std::uint64_t m_value = 0;
};

/// All strings in one, then their lengths in UTF-16 units. Halves of a surrogate pair that meet
/// there become whole.
class StringColumnEncoder {
public:
    void write(std::u16string_view text)
    {
        m_lengths.write(text.size());
        append(text);
    }
    void write(std::string_view wtf8);
    /// Appends the column to `out`, behind its size.
    void finish(Encoder &out);
    void clear()
    {
        m_text.clear();
        m_lengths.clear();
        m_openHigh = 0;
    }

private:
    void append(std::u16string_view text);

    Encoder m_text;
    UintOptRleEncoder m_lengths;
    /// A high surrogate at the very end, written as U+FFFD unless its low half comes next.
    char16_t m_openHigh = 0;
};

} // namespace cowrite::lib0
