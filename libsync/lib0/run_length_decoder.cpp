#include "libsync/lib0/run_length_decoder.h"

namespace cowrite::lib0 {

namespace {

/// After a failure every run counts 1, so that callers may go on until they look.
std::uint64_t runLength(Decoder &in, std::uint64_t smallest)
{
    return in.readVarUint() + smallest;
}

void passOn(const Decoder &in, Decoder &errors)
{
    if (!in.ok()) {
        errors.fail(in.error());
    }
}

} // namespace

void RleDecoder::readRun()
{
    m_value = m_in.readUint8();
    m_endless = m_in.ok() && m_in.remaining() == 0;
    m_count = m_endless ? 1 : runLength(m_in, 1);
    passOn(m_in, m_errors);
}

void UintOptRleDecoder::readRun()
{
    const SignedVarInt value = m_in.readVarIntParts();
    m_value = value.magnitude;
    m_count = value.negative ? runLength(m_in, 2) : 1;
    passOn(m_in, m_errors);
}

void IntDiffOptRleDecoder::readRun()
{
    const std::int64_t value = m_in.readVarInt();
    m_difference = value >> 1;
    m_count = (value & 1) != 0 ? runLength(m_in, 2) : 1;
    passOn(m_in, m_errors);
}

void IntDiffOptRleDecoder::failRange()
{
    m_errors.fail(ErrorCode::Malformed, "a column of integers leaves their range", m_in.position());
    m_value = 0;
    m_difference = 0;
}

} // namespace cowrite::lib0
