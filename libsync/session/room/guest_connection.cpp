#include "libsync/session/room/guest_connection.h"

namespace cowrite::session {

void GuestConnection::send(const net::FrameBatch &batch, std::size_t first, std::size_t last)
{
    for (std::size_t i = first; i < last; ++i) {
        send(batch.message(i));
    }
}

void farewell(GuestConnection *connection, protocol::CloseCode code, const QString &reason)
{
    QObject::connect(connection, &GuestConnection::closed, connection, &QObject::deleteLater);
    connection->close(code, reason);
}

} // namespace cowrite::session
