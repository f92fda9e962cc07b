#pragma once

#include "libsync/lib0/decoder.h"

#include <cstdint>

namespace cowrite::lib0 {

// Readers of lib0's run-length encodings (yjs-compat.md 1.4). Yjs goes on with zeros, or with the
// last value, where a column runs dry; here that is an error, except in the last run of Rle, which
// has no end. Errors go to a decoder that several columns share, so that one check finds them all.
// Positions in errors are those of the message that the columns are part of.

class RleDecoder {
public:
    RleDecoder(Decoder column, Decoder &errors) : m_in(std::move(column)), m_errors(errors) {}

    [[nodiscard]] std::uint8_t read()
    {
        if (m_count == 0) {
            readRun();
        }
        if (!m_endless) {
            --m_count;
        }
        return m_value;
    }
    [[nodiscard]] std::size_t remaining() const { return m_in.remaining(); }

private:
    void readRun();

    Decoder m_in;
    Decoder &m_errors;
    std::uint64_t m_count = 0;
    bool m_endless = false;
    std::uint8_t m_value = 0;
};

class UintOptRleDecoder {
public:
    UintOptRleDecoder(Decoder column, Decoder &errors) : m_in(std::move(column)), m_errors(errors)
    {}

    [[nodiscard]] std::uint64_t read()
    {
        if (m_count == 0) {
            readRun();
        }
        --m_count;
        return m_value;
    }
    [[nodiscard]] std::size_t remaining() const { return m_in.remaining(); }

private:
    void readRun();

    Decoder m_in;
    Decoder &m_errors;
    std::uint64_t m_count = 0;
    std::uint64_t m_value = 0;
};

/// Values below 0 or above 2^53-1 are an error.
class IntDiffOptRleDecoder {
public:
    IntDiffOptRleDecoder(Decoder column, Decoder &errors)
        : m_in(std::move(column)), m_errors(errors)
    {}

    [[nodiscard]] std::uint64_t read()
    {
        if (m_count == 0) {
            readRun();
        }
        --m_count;
        m_value += m_difference;
        if (m_value < 0 || m_value > static_cast<std::int64_t>(kMaxSafeInteger)) {
            failRange();
        }
        return static_cast<std::uint64_t>(m_value);
    }
    [[nodiscard]] std::size_t remaining() const { return m_in.remaining(); }

private:
    void readRun();
    void failRange();

    Decoder m_in;
    Decoder &m_errors;
    std::uint64_t m_count = 0;
    std::int64_t m_value = 0;
    std::int64_t m_difference = 0;
};

} // namespace cowrite::lib0
