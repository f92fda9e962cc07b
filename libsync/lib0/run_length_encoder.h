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

/// A lone value as it is; a run as the negated value, which for zero is negative zero, and a count.
class UintOptRleEncoder {
public:
    void write(std::uint64_t value)
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
            m_out.writeVarIntSigned(m_count > 1, m_value);
        }
        if (m_count > 1) {
            m_out.writeVarUint(m_count - 2);
        }
    }

    Encoder m_out;
    std::uint64_t m_value = 0;
    std::uint64_t m_count = 0;
};

/// Runs of equal differences, the lowest bit saying whether a count follows.
class IntDiffOptRleEncoder {
public:
    /// At most 2^53-1.
    void write(std::uint64_t value)
    {
        const auto difference = static_cast<std::int64_t>(value - m_value);
        m_value = value;
        if (difference == m_difference && m_count > 0) {
            ++m_count;
            return;
        }
        flush();
        m_difference = difference;
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
        m_value = 0;
        m_count = 0;
    }

private:
    void flush()
    {
        if (m_count > 0) {
            m_out.writeVarInt(2 * m_difference + (m_count > 1 ? 1 : 0));
        }
        if (m_count > 1) {
            m_out.writeVarUint(m_count - 2);
        }
    }

    Encoder m_out;
    std::uint64_t m_value = 0;
    std::int64_t m_difference = 0;
    std::uint64_t m_count = 0;
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
    [[nodiscard]] ByteView finish();
    void clear()
    {
        m_out.clear();
        m_text.clear();
        m_lengths.clear();
        m_openHigh = 0;
    }

private:
    void append(std::u16string_view text);

    Encoder m_out;
    Encoder m_text;
    UintOptRleEncoder m_lengths;
    /// A high surrogate at the very end, written as U+FFFD unless its low half comes next.
    char16_t m_openHigh = 0;
};

} // namespace cowrite::lib0
