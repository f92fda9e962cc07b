#include "libsync/lib0/run_length_encoder.h"

#include "libsync/lib0/utf.h"

#include <string>

namespace cowrite::lib0 {

namespace {

constexpr std::size_t kReplacementBytes = 3;

} // namespace

void StringColumnEncoder::write(std::string_view wtf8)
{
    takeOver();
    if (isAscii(wtf8)) {
        m_lengths.write(wtf8.size());
        m_text.writeBytes(asBytes(wtf8));
        m_openHigh = wtf8.empty() ? m_openHigh : u'\0';
    } else {
        const std::u16string text = wtf8ToUtf16(wtf8);
        m_lengths.write(text.size());
        append(text);
    }
}

void StringColumnEncoder::append(std::u16string_view text)
{
    if (text.empty()) {
        return;
    }
    if (m_openHigh != 0 && isLowSurrogate(text.front())) {
        const char16_t pair[]{m_openHigh, text.front()};
        m_text.truncate(m_text.size() - kReplacementBytes);
        m_text.writeUtf8({pair, 2});
        text.remove_prefix(1);
        m_openHigh = 0;
    }
    if (!text.empty()) {
        m_text.writeUtf8(text);
        m_openHigh = isHighSurrogate(text.back()) ? text.back() : u'\0';
    }
}

void StringColumnEncoder::finish(Encoder &out)
{
    takeOver();
    const ByteView text = m_text.bytes();
    const ByteView lengths = m_lengths.finish();
    out.writeVarUint(varint::size(text.size()) + text.size() + lengths.size());
    out.writeVarBytes(text);
    out.writeBytes(lengths);
}

} // namespace cowrite::lib0
