#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <cstddef>

class QTcpSocket;

namespace cowrite::net {

struct EventStreamLimits {
    /// A reader that is further behind is cut, and resumes by the id of the last event it has.
    std::size_t maxUnsentBytes = std::size_t{1} << 20;
    /// A comment this often finds readers that have gone without saying so, and keeps proxies from
    /// thinking the same of us.
    std::chrono::milliseconds heartbeat{15'000};
    /// What was sent must have arrived by then.
    std::chrono::milliseconds arrivalDeadline{25'000};
};

/// An open stream of server-sent events (HTML standard, section 9.2), to one reader.
class EventStream : public QObject {
    Q_OBJECT

public:
    /// Takes over `socket`, on which the head of the answer is already written.
    explicit EventStream(QTcpSocket *socket, EventStreamLimits limits = {},
                         QObject *parent = nullptr);
    /// Cuts the connection, without a signal.
    ~EventStream() override;

    [[nodiscard]] bool isOpen() const { return !m_socket.isNull(); }
    /// Sends one event. `id` is what the reader will come back with; empty for an event that is not
    /// resumed from. `type` names it, empty for `message`. None of them has line breaks; `data`
    /// may. False if the stream is closed, or was cut because the reader does not read.
    bool send(const QByteArray &id, const QByteArray &type, const QByteArray &data);
    /// How long the reader waits before it comes back after a cut.
    bool sendRetry(std::chrono::milliseconds delay);
    /// Ends the stream when what was sent has left. closed() follows.
    void close();

Q_SIGNALS:
    /// Once, whoever ended it. The stream can be deleted then, by deleteLater().
    void closed();

private:
    bool write(const QByteArray &text);
    void abort();
    void onGone();

    QPointer<QTcpSocket> m_socket;
    EventStreamLimits m_limits;
    QTimer m_heartbeat;
    QTimer m_closeTimer;
};

/// One event as it goes over the wire.
[[nodiscard]] QByteArray eventBytes(const QByteArray &id, const QByteArray &type,
                                    const QByteArray &data);

} // namespace cowrite::net
