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
        m_out.append(varint::kMaxBytes + 1, [&](std::uint8_t *out) {
            if (m_count > 0) {
                out = varint::putVarUint(out, m_count - 1);
            }
            *out = value;
            return out + 1;
        });
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

/// Runs of equal values, each with a count only if it needs one. `toGroups(value, isRun)` is the
/// integer that stands for the value and says as well whether a count follows.
template <class Value, std::uint64_t (*toGroups)(Value, bool)>
class OptRleEncoder {
public:
    /// At most 2^53-1, of either sign.
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
        if (m_count == 0) {
            return;
        }
        m_out.append(2 * varint::kMaxBytes, [&](std::uint8_t *out) {
            out = varint::putVarUint(out, toGroups(m_value, m_count > 1));
            return m_count > 1 ? varint::putVarUint(out, m_count - 2) : out;
        });
    }

    Encoder m_out;
    Value m_value = 0;
    std::uint64_t m_count = 0;
};

constexpr std::uint64_t negatedRun(std::uint64_t value, bool isRun)
{
    return varint::withSign(isRun, value);
}
/// A lone value as it is, a run as the negated value, which for zero is negative zero.
using UintOptRleEncoder = OptRleEncoder<std::uint64_t, negatedRun>;

constexpr std::uint64_t flaggedRun(std::int64_t value, bool isRun)
{
    const std::int64_t flagged = 2 * value + (isRun ? 1 : 0);
    return varint::withSign(flagged < 0,
                            static_cast<std::uint64_t>(flagged < 0 ? -flagged : flagged));
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
    OptRleEncoder<std::int64_t, flaggedRun> m_differences;
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
