#include "libsync/session/room/guest_connection.h"

namespace cowrite::session {

void farewell(GuestConnection *connection, protocol::CloseCode code)
{
    QObject::connect(connection, &GuestConnection::closed, connection, &QObject::deleteLater);
    connection->close(code, {});
}

} // namespace cowrite::session
