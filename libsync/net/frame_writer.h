#pragma once

#include "libsync/base/bytes.h"
#include "libsync/net/outbox.h"

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>

#include <cstddef>

class QSslSocket;

namespace cowrite::net {

class FrameBatch;

/// The sending half of a channel that a server accepted: writes frames past QWebSocket, which would
/// write each in two parts, and by the outbox of the thread, so that many are one write.
class FrameWriter final : private Outbox::Sender {
public:
    explicit FrameWriter(QTcpSocket *transport);
    ~FrameWriter();
    FrameWriter(const FrameWriter &) = delete;
    FrameWriter &operator=(const FrameWriter &) = delete;

    /// Soon, with what else comes until then.
    void send(ByteView message);
    /// The messages from `first` to before `last`, at once, and with them what waits.
    void send(const FrameBatch &batch, std::size_t first, std::size_t last);
    /// Writes what waits.
    void writeNow();
    /// Forgets what waits.
    void drop();
    /// What waits, here and in the transport. Without what Qt may have written of itself, pongs,
    /// while the network takes everything: it is asked before each message.
    [[nodiscard]] std::size_t unsent();
    /// What waits here.
    [[nodiscard]] std::size_t waiting() const { return static_cast<std::size_t>(m_frames.size()); }

private:
    int flush() override;
    int writeWaiting();
    void write(ByteView frames);

    QPointer<QTcpSocket> m_transport;
    const QSslSocket *m_encrypted; ///< The transport, if it is one.
    QByteArray m_frames;
    bool m_isInOutbox = false;
    /// The network did not take all that was written, as far as is known.
    bool m_hasLeftOver = false;
};

} // namespace cowrite::net
