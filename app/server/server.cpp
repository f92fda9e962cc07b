#include "app/server/server.h"

#include "libsync/net/certificate.h"

#include <utility>

namespace cowrite::server {

Server::Server(ServerOptions options)
    : m_options(std::move(options)),
      m_server({[](const QString &) { return true; },
                [this](const QString &room, std::unique_ptr<session::GuestConnection> guest) {
                    m_rooms->enter(room, std::move(guest));
                },
                [this] { return m_rooms->figures(); },
                [this](const QString &room, const QByteArray &lastEventId,
                       net::EventStream *stream) { m_rooms->follow(room, lastEventId, stream); },
                [this](const QString &room, const session::ChatPost &post,
                       std::function<void(Result<QString>)> done) {
                    m_rooms->say(room, post, std::move(done));
                }},
               m_clock)
{}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions &options)
{
    if (!options.address.isLoopback() && options.exposure != session::Exposure::OpenNetwork) {
        return fail(ErrorCode::Denied,
                    "Whoever reaches " + options.address.toString().toStdString() +
                        " could read and write without an invitation. Listen on 127.0.0.1, or "
                        "allow the open network explicitly.");
    }
    std::unique_ptr<Server> server(new Server(options));
    auto rooms = session::ServerRooms::open(options.dataDirectory.toStdString(), server->m_clock,
                                            server->m_rng);
    if (!rooms) {
        return tl::unexpected(rooms.error());
    }
    server->m_rooms = std::move(*rooms);
    if (const auto encrypted = server->reload(); !encrypted) {
        return tl::unexpected(encrypted.error());
    }
    // Who can come encrypted must.
    const session::Exposure exposure =
        options.encryption == Encryption::Off ? options.exposure : session::Exposure::Encrypted;
    if (const auto listening = server->m_server.listen(options.address, options.port, exposure);
        !listening) {
        return tl::unexpected(listening.error());
    }
    return server;
}

Result<void> Server::reload()
{
    if (m_options.encryption == Encryption::Off) {
        return {};
    }
    const Result<net::Certificate> certificate =
        m_options.encryption == Encryption::SelfMade
            ? net::ownCertificate(m_options.dataDirectory + QLatin1String("/certificate.pem"))
            : net::readCertificate(m_options.certificateFile, m_options.keyFile);
    if (!certificate) {
        return tl::unexpected(certificate.error());
    }
    m_fingerprint = certificate->pin();
    return m_server.setCertificate(*certificate);
}

QString Server::url() const
{
    const QString host = m_server.address().toString();
    return QStringLiteral("%1://%2:%3")
        .arg(QLatin1String(m_server.isEncrypting() ? "wss" : "ws"),
             host.contains(u':') ? u'[' + host + u']' : host)
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
