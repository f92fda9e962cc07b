#include "libsync/net/event_stream.h"

#include "libsync/net/socket_bytes.h"

#include <QTcpSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace cowrite::net {

namespace {

/// A stream has no answers from which its end could be seen; the kernel sees whether what we sent
/// was received.
void setArrivalDeadline(const QTcpSocket &socket, std::chrono::milliseconds deadline)
{
#ifdef TCP_USER_TIMEOUT
    const auto milliseconds = static_cast<unsigned int>(deadline.count());
    // Where it is not understood, the bound of unsent bytes is what remains.
    (void)::setsockopt(static_cast<int>(socket.socketDescriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT,
                       &milliseconds, sizeof milliseconds);
#else
    Q_UNUSED(socket);
    Q_UNUSED(deadline);
#endif
}

} // namespace

QByteArray eventBytes(const QByteArray &id, const QByteArray &type, const QByteArray &data)
{
    QByteArray text;
    if (!id.isEmpty()) {
        text += "id: " + id + '\n';
    }
    if (!type.isEmpty()) {
        text += "event: " + type + '\n';
    }
    // A carriage return ends a line as well.
    QByteArray lines = data;
    lines.replace("\r\n", "\n").replace('\r', '\n');
    for (const QByteArray &line : lines.split('\n')) {
        text += "data: " + line + '\n';
    }
    return text + '\n';
}

EventStream::EventStream(QTcpSocket *socket, EventStreamLimits limits, QObject *parent)
    : QObject(parent), m_socket(socket), m_limits(limits)
{
    m_socket->setParent(nullptr);
    setArrivalDeadline(*m_socket, m_limits.arrivalDeadline);
    // A reader has nothing to say; what it says is dropped.
    connect(m_socket, &QTcpSocket::readyRead, this,
            [this] { m_socket->skip(m_socket->bytesAvailable()); });
    connect(m_socket, &QTcpSocket::disconnected, this, &EventStream::onGone);
    connect(&m_heartbeat, &QTimer::timeout, this, [this] { write(":\n\n"); });
    m_heartbeat.start(m_limits.heartbeat);
    m_closeTimer.setSingleShot(true);
    m_closeTimer.setInterval(m_limits.arrivalDeadline);
    connect(&m_closeTimer, &QTimer::timeout, this, &EventStream::abort);
}

EventStream::~EventStream()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket->deleteLater();
    }
}

bool EventStream::send(const QByteArray &id, const QByteArray &type, const QByteArray &data)
{
    return write(eventBytes(id, type, data));
}

bool EventStream::sendRetry(std::chrono::milliseconds delay)
{
    return write("retry: " + QByteArray::number(static_cast<qint64>(delay.count())) + "\n\n");
}

void EventStream::close()
{
    if (m_socket && !m_closeTimer.isActive()) {
        m_heartbeat.stop();
        m_closeTimer.start();
        m_socket->disconnectFromHost();
    }
}

bool EventStream::write(const QByteArray &text)
{
    if (!m_socket || m_closeTimer.isActive()) {
        return false;
    }
    m_socket->write(text);
    if (unsentBytes(*m_socket) > m_limits.maxUnsentBytes + static_cast<std::size_t>(text.size())) {
        abort();
        return false;
    }
    return true;
}

void EventStream::abort()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        onGone();
    }
}

void EventStream::onGone()
{
    if (m_socket) {
        m_socket->deleteLater();
        m_socket = nullptr;
        m_heartbeat.stop();
        m_closeTimer.stop();
        Q_EMIT closed();
    }
}

} // namespace cowrite::net
