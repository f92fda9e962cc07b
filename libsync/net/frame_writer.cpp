#include "libsync/net/frame_writer.h"

#include "libsync/net/frame_batch.h"
#include "libsync/net/socket_bytes.h"

#include <algorithm>
#include <utility>

#include <sys/socket.h>

namespace cowrite::net {

namespace {

/// A large message does not wait for others, nor is it in memory twice for long.
constexpr qsizetype kMostPutOff = qsizetype{64} << 10;
/// Room for what is put off stays for the next time, if it is no more than this.
constexpr qsizetype kMostKept = qsizetype{4} << 10;

} // namespace

FrameWriter::FrameWriter(QTcpSocket *transport)
    : m_transport(transport), m_encrypted(qobject_cast<QSslSocket *>(transport))
{}

FrameWriter::~FrameWriter()
{
    drop();
}

void FrameWriter::send(ByteView message)
{
    appendFrame(m_frames, message);
    if (m_frames.size() > kMostPutOff) {
        (void)writeWaiting();
    } else if (!std::exchange(m_isInOutbox, true)) {
        Outbox::ofThread().add(*this, Outbox::Turn::OfOne);
    }
}

void FrameWriter::send(const FrameBatch &batch, std::size_t first, std::size_t last)
{
    const ByteView frames = batch.frames(first, last);
    if (m_frames.isEmpty()) {
        write(frames);
        return;
    }
    m_frames.append(reinterpret_cast<const char *>(frames.data()),
                    static_cast<qsizetype>(frames.size()));
    (void)writeWaiting();
}

void FrameWriter::writeNow()
{
    (void)writeWaiting();
}

void FrameWriter::drop()
{
    m_frames.clear();
    if (std::exchange(m_isInOutbox, false)) {
        Outbox::ofThread().remove(*this);
    }
}

std::size_t FrameWriter::unsent()
{
    if (!m_hasLeftOver || !m_transport) {
        return waiting();
    }
    const std::size_t left = unsentBytes(*m_transport, m_encrypted);
    m_hasLeftOver = left > 0;
    return waiting() + left;
}

int FrameWriter::flush()
{
    m_isInOutbox = false;
    return writeWaiting();
}

int FrameWriter::writeWaiting()
{
    if (m_frames.isEmpty()) {
        return 0;
    }
    write({reinterpret_cast<const std::uint8_t *>(m_frames.constData()), waiting()});
    if (m_frames.capacity() > kMostKept) {
        m_frames.clear();
    } else {
        m_frames.resize(0);
    }
    return 1;
}

void FrameWriter::write(ByteView frames)
{
    if (!m_transport || !m_transport->isOpen()) {
        return;
    }
    const auto *const bytes = reinterpret_cast<const char *>(frames.data());
    const auto size = static_cast<qint64>(frames.size());
    qint64 sent = 0;
    if (!m_encrypted && m_transport->bytesToWrite() == 0) {
        // Qt would wait for the loop to say that there is room, for every single write.
        sent = std::max<qint64>(0, ::send(static_cast<int>(m_transport->socketDescriptor()), bytes,
                                          frames.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    }
    if (sent < size) {
        // Also where it failed: then the socket finds that out, and says so.
        m_transport->write(bytes + sent, size - sent);
        m_hasLeftOver = true;
    }
}

} // namespace cowrite::net
