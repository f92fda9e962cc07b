#include "libsync/net/frame_batch.h"

#include <array>
#include <cstdint>

namespace cowrite::net {

void appendFrame(QByteArray &frames, ByteView message)
{
    const std::size_t size = message.size();
    const int lengthBytes = size < 126 ? 0 : (size <= 0xffff ? 2 : 8);
    std::array<char, 10> head{'\x82'};
    head[1] = static_cast<char>(lengthBytes == 0 ? size : (lengthBytes == 2 ? 126 : 127));
    for (int i = 0; i < lengthBytes; ++i) {
        head[static_cast<std::size_t>(2 + i)] = static_cast<char>(
            (static_cast<std::uint64_t>(size) >> (8 * (lengthBytes - 1 - i))) & 0xff);
    }
    frames.append(head.data(), 2 + lengthBytes);
    frames.append(reinterpret_cast<const char *>(message.data()), static_cast<qsizetype>(size));
}

void FrameBatch::append(ByteView message)
{
    appendFrame(m_frames, message);
    const std::size_t end = byteCount();
    m_places.push_back({end - message.size(), end, messageBytes(0, size()) + message.size()});
}

ByteView FrameBatch::message(std::size_t index) const
{
    return between(m_places[index].message, m_places[index].end);
}

ByteView FrameBatch::frames(std::size_t first, std::size_t last) const
{
    return between(first == 0 ? 0 : m_places[first - 1].end,
                   last == 0 ? 0 : m_places[last - 1].end);
}

std::size_t FrameBatch::messageBytes(std::size_t first, std::size_t last) const
{
    return (last == 0 ? 0 : m_places[last - 1].messageBytes) -
           (first == 0 ? 0 : m_places[first - 1].messageBytes);
}

ByteView FrameBatch::between(std::size_t begin, std::size_t end) const
{
    return {reinterpret_cast<const std::uint8_t *>(m_frames.constData()) + begin, end - begin};
}

} // namespace cowrite::net
