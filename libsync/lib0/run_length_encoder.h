#pragma once

#include "libsync/lib0/encoder.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace cowrite::lib0 {

// lib0's run-length encodings (yjs-compat.md 1.4). Each collects one column; finish() closes the
// last run, after which nothing may be written before clear(). Where a run ends, and how large a
// value is, cannot be predicted, so little here depends on a branch.

/// Bytes with their counts; the last run has none and so never ends.
class RleEncoder {
public:
    void write(std::uint8_t value)
    {
        // The last run is written again each time, as if it were complete.
        const std::uint64_t ends = value == m_value ? 0 : ~std::uint64_t{0};
        m_run += (m_out.size() - m_run) & ends;
        m_count -= m_count & ends;
        ++m_count;
        m_value = value;
        m_out.truncate(m_run);
        m_out.append(1 + varint::kMaxBytes, [&](std::uint8_t *out) {
            *out = value;
            return varint::putVarUint(out + 1, m_count - 1);
        });
    }
    [[nodiscard]] ByteView finish()
    {
        m_out.truncate(m_count > 0 ? m_run + 1 : 0);
        return m_out.bytes();
    }
    void clear()
    {
        m_out.clear();
        m_run = 0;
        m_count = 0;
    }

private:
    Encoder m_out;
    std::size_t m_run = 0; ///< Where the last one begins.
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
        if (value == m_value) {
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
        m_value = kNone;
        m_count = 0;
    }

private:
    void flush()
    {
        if (m_count == 0) {
            return;
        }
        m_out.append(2 * varint::kMaxBytes, [&](std::uint8_t *out) {
            const bool isRun = m_count > 1;
            out = varint::putMixedVarUint(out, toGroups(m_value, isRun));
            // Of a lone value this is written as well, and then over.
            std::uint8_t *const end = varint::putVarUint(out, m_count - 1 - (isRun ? 1 : 0));
            return isRun ? end : out;
        });
    }

    static constexpr Value kNone = std::numeric_limits<Value>::max();

    Encoder m_out;
    Value m_value = kNone;
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
    /// `text` must stay as it is until takeOver() or finish(): of strings that lie side by side, as
    /// those of one writer mostly do, many are converted at once.
    void write(std::u16string_view text)
    {
        m_lengths.write(text.size());
        if (text.data() == m_waiting.data() + m_waiting.size()) {
            m_waiting = {m_waiting.data(), m_waiting.size() + text.size()};
        } else {
            append(m_waiting);
            m_waiting = text;
        }
    }
    void write(std::string_view wtf8);
    /// Needs nothing any more of what it was given.
    void takeOver() { append(std::exchange(m_waiting, {})); }
    /// Appends the column to `out`, behind its size.
    void finish(Encoder &out);
    void clear()
    {
        m_text.clear();
        m_lengths.clear();
        m_waiting = {};
        m_openHigh = 0;
    }

private:
    void append(std::u16string_view text);

    Encoder m_text;
    UintOptRleEncoder m_lengths;
    std::u16string_view m_waiting; ///< To be appended.
    /// A high surrogate at the very end, written as U+FFFD unless its low half comes next.
    char16_t m_openHigh = 0;
};

} // namespace cowrite::lib0
