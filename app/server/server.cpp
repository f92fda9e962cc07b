#include "app/server/server.h"

namespace cowrite::server {

Server::Server()
    : m_server({[](const QString &) { return true; },
                [this](const QString &room, std::unique_ptr<session::GuestConnection> guest) {
                    m_rooms->enter(room, std::move(guest));
                }},
               m_clock)
{}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions &options)
{
    std::unique_ptr<Server> server(new Server());
    auto rooms = session::ServerRooms::open(options.dataDirectory.toStdString(), server->m_clock,
                                            server->m_rng);
    if (!rooms) {
        return tl::unexpected(rooms.error());
    }
    server->m_rooms = std::move(*rooms);
    if (const auto listening =
            server->m_server.listen(options.address, options.port, options.exposure);
        !listening) {
        return tl::unexpected(listening.error());
    }
    return server;
}

QString Server::url() const
{
    const QString host = m_server.address().toString();
    return QStringLiteral("ws://%1:%2")
        .arg(host.contains(u':') ? u'[' + host + u']' : host)
        .arg(m_server.port());
}

void Server::stop(std::function<void()> done)
{
    m_server.close();
    m_rooms->dismissEverybody(std::move(done));
}

Result<void> Server::close()
{
    return m_rooms->close();
}

} // namespace cowrite::server
