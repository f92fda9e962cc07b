#include "app/server/server.h"

#include "app/server/options.h"
#include "libsync/net/certificate.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSysInfo>

#include <utility>

namespace cowrite::server {

namespace {

Q_LOGGING_CATEGORY(lcServer, "cowrite.server", QtInfoMsg)

net::ListenerOptions listenerOptions(const ServerOptions &options)
{
    net::ListenerOptions listener;
    listener.handshakeDeadline = options.handshakeDeadline;
    listener.channel.partialMessageDeadline = options.messageDeadline;
    return listener;
}

/// Puts back what a running server cannot change, and tells about it.
void keepWhatTakesARestart(ServerOptions &wanted, const ServerOptions &running)
{
    const auto keep = [&](const Option &option) {
        qCWarning(lcServer, "%s has changed, which takes a restart", option.name);
        (void)setOption(option, valueOf(option, running), wanted);
    };
    const bool isOtherwiseEncrypted = wanted.encryption() != running.encryption();
    for (const Option &option : options()) {
        const bool isOfEncryption = std::string_view(option.name).starts_with("tls");
        if (valueOf(option, wanted) != valueOf(option, running) &&
            (option.applies == Applies::OnRestart || (isOfEncryption && isOtherwiseEncrypted))) {
            keep(option);
        }
    }
}

} // namespace

Server::Server(ServerOptions options)
    : m_options(std::move(options)),
      m_server({[this](const QString &room) { return m_rooms->answerFor(room); },
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
               m_clock, listenerOptions(m_options))
{}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions &options)
{
    const QHostAddress address(options.listen.address);
    if (!address.isLoopback() && options.isOpen && !options.allowsOpenNetwork) {
        return fail(ErrorCode::Denied,
                    "Whoever reaches " + address.toString().toStdString() +
                        " could read and write without an invitation. Listen on 127.0.0.1, or "
                        "allow the open network explicitly.");
    }
    std::unique_ptr<Server> server(new Server(options));
    if (const auto opened = server->open(); !opened) {
        return tl::unexpected(opened.error());
    }
    if (const auto applied = server->apply(); !applied) {
        return tl::unexpected(applied.error());
    }
    // Who can come encrypted must.
    const session::Exposure exposure =
        options.allowsOpenNetwork && options.encryption() == Encryption::Off
            ? session::Exposure::OpenNetwork
            : session::Exposure::Encrypted;
    if (const auto listening = server->m_server.listen(address, options.listen.port, exposure);
        !listening) {
        return tl::unexpected(listening.error());
    }
    return server;
}

Result<void> Server::open()
{
    const QString folder = m_options.dataDirectory;
    // First, as it makes the folder and keeps other servers out of it.
    auto rooms = session::ServerRooms::open(folder.toStdString(), m_clock, m_rng);
    if (!rooms) {
        return tl::unexpected(rooms.error());
    }
    m_rooms = std::move(*rooms);
    auto invitations =
        session::Invitations::open(folder + QLatin1String("/invitations.json"), m_clock, m_rng);
    if (!invitations) {
        return tl::unexpected(invitations.error());
    }
    m_invitations = std::move(*invitations);
    auto audit = session::AuditLog::open(folder + QLatin1String("/audit.log"), m_clock);
    if (!audit) {
        return tl::unexpected(audit.error());
    }
    m_audit = std::move(*audit);
    m_server.entrance().set(m_options.isOpen ? session::Admission::Everybody
                                             : session::Admission::Invited,
                            m_invitations.get(), m_audit.get());
    m_commands = std::make_unique<OperatorCommands>(
        *m_invitations, *m_audit,
        [this](const QString &room, const QString &host) { return addressOf(room, host); });
    m_roomCommands = std::make_unique<RoomCommands>(*m_rooms, *m_audit);
    m_control = std::make_unique<ControlSocket>(
        [this](const QJsonObject &request, const ControlReply &reply) {
            if (!m_roomCommands->answer(request, reply)) {
                reply.send(m_commands->answer(request));
            }
        });
    return m_control->listen(controlSocketIn(folder));
}

Result<void> Server::reload(ServerOptions wanted)
{
    keepWhatTakesARestart(wanted, m_options);
    m_options = std::move(wanted);
    if (const auto opened = m_audit->reopen(); !opened) {
        return opened;
    }
    return apply();
}

Result<void> Server::apply()
{
    m_server.setTrustedNames({m_options.trustedHosts, m_options.trustedOrigins});
    QList<net::Network> proxies;
    for (const QString &name : std::as_const(m_options.trustedProxies)) {
        proxies.append(*net::networkFrom(name));
    }
    m_server.setTrustedProxies(proxies);
    using Loopback = net::HandshakeLimits::Loopback;
    const Loopback loopback = m_options.limitsThisMachine ? Loopback::Counted : Loopback::Exempt;
    m_server.entrance().setLoopback(loopback);
    m_server.setUserLimits(m_options.users);
    m_server.setNewRoomLimits({m_options.newRoomsPerMinute, loopback});
    m_rooms->setMostRooms(static_cast<std::size_t>(m_options.rooms));
    m_rooms->setRules(
        {{}, m_invitations.get(), m_audit.get(), m_options.documentBytes, m_options.guestsPerRoom});
    m_server.setHandshakeLimits({m_options.handshakesPerMinute, loopback});
    m_server.entrance().setBadTokensPerMinute(m_options.badTokensPerMinute);
    if (m_options.encryption() == Encryption::Off) {
        return {};
    }
    const Result<net::Certificate> certificate =
        m_options.encryption() == Encryption::SelfMade
            ? net::ownCertificate(m_options.dataDirectory + QLatin1String("/certificate.pem"))
            : net::readCertificate(m_options.certificateFile, m_options.keyFile);
    if (!certificate) {
        return tl::unexpected(certificate.error());
    }
    m_fingerprint = certificate->pin();
    return m_server.setCertificate(*certificate);
}

Result<net::RoomAddress> Server::addressOf(const QString &room, const QString &host) const
{
    const QHostAddress own = m_server.address();
    const bool isAny = own == QHostAddress(QHostAddress::Any) ||
                       own == QHostAddress(QHostAddress::AnyIPv4) ||
                       own == QHostAddress(QHostAddress::AnyIPv6);
    net::RoomAddress address;
    address.host = isAny ? QSysInfo::machineHostName() : own.toString();
    address.port = m_server.port();
    address.room = room;
    if (!host.isEmpty()) {
        // Read as the link that it becomes a part of.
        const auto read =
            net::parseRoomAddress(QLatin1String("cowrite://") + host + QLatin1String("/r/x"));
        if (!read) {
            return fail(ErrorCode::Malformed, "“" + host.toStdString() + "” is not a host.");
        }
        address.host = read->host;
        address.port = host.contains(QRegularExpression(QStringLiteral(":\\d+$")))
                           ? read->port
                           : m_server.port();
    }
    address.encrypted = m_server.isEncrypting();
    address.fingerprint = m_fingerprint;
    return address;
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
