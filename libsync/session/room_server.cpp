#include "libsync/session/room_server.h"

#include "libsync/net/address.h"
#include "libsync/session/channel_guest.h"

namespace cowrite::session {

namespace {

/// The room a path names, or empty if it is no room's. Never decoded: a room name has no
/// characters that need it.
QString roomOf(const QByteArray &path)
{
    const QByteArray name = path.startsWith("/r/") ? path.mid(3) : path.mid(1);
    const QString room = QString::fromLatin1(name);
    return net::isRoomName(room) ? room : QString();
}

} // namespace

RoomServer::RoomServer(RoomPolicy policy, const Clock &clock, net::ListenerOptions options,
                       QObject *parent)
    : QObject(parent),
      m_policy(std::move(policy)),
      m_web([this](const QString &room, const QByteArray &) { return accessTo(room); }),
      m_hocuspocus({[this](const QString &room, const std::string &) {
                        using protocol::hocuspocus::Scope;
                        return m_policy.admits(room) ? std::optional(Scope::ReadWrite)
                                                     : std::nullopt;
                    },
                    [this](const QString &room, std::unique_ptr<GuestConnection> guest) {
                        m_policy.enter(room, std::move(guest));
                    }},
                   clock),
      m_rooms({[this](const QString &room, const QByteArray &) { return accessTo(room); },
               m_policy.follow, m_policy.say}),
      m_status([this] { return figures(); }, nullptr),
      m_lag(clock),
      m_handshakes(clock),
      m_listener([this](const net::Request &request) { return admit(request); }, options)
{}

Result<void> RoomServer::listen(const QHostAddress &address, quint16 port, Exposure exposure)
{
    if (exposure == Exposure::Encrypted && !address.isLoopback() && !isEncrypting()) {
        return fail(ErrorCode::Denied,
                    "What is sent to " + address.toString().toStdString() +
                        " could be read on the way. Use encryption, listen on 127.0.0.1, or allow "
                        "the open network explicitly.");
    }
    m_listener.setPlainPeers(exposure == Exposure::OpenNetwork ? net::PlainPeers::Everybody
                                                               : net::PlainPeers::OnThisMachine);
    Result<void> listening = m_listener.listen(address, port);
    if (listening) {
        m_lag.start();
    }
    return listening;
}

Figures RoomServer::figures() const
{
    Figures figures = m_policy.figures();
    figures.eventReaders += m_status.readerCount();
    figures.lag = m_lag.lag();
    return figures;
}

void RoomServer::close()
{
    m_lag.stop();
    m_listener.close();
}

tl::expected<WebAccess, WebRefusal> RoomServer::accessTo(const QString &room) const
{
    if (!m_policy.admits(room)) {
        return tl::unexpected(WebRefusal::Gone);
    }
    return WebAccess{"edit"};
}

net::Verdict RoomServer::admit(const net::Request &request)
{
    net::Verdict verdict = route(request);
    if (std::holds_alternative<net::Upgrade>(verdict) ||
        std::holds_alternative<net::StreamEvents>(verdict)) {
        if (const auto wait = m_handshakes.take(request.peer)) {
            return net::HttpReply{
                429,
                "Too many connections from this address. Try again a little later.\n",
                "text/plain; charset=utf-8",
                {{"Retry-After", QByteArray::number(static_cast<qint64>(wait->count()))}}};
        }
    }
    return verdict;
}

net::Verdict RoomServer::route(const net::Request &request)
{
    std::optional<net::Verdict> answer = m_web.route(request);
    if (!answer) {
        answer = m_rooms.route(request);
    }
    if (!answer) {
        answer = m_status.route(request);
    }
    if (answer) {
        return *std::move(answer);
    }
    const QByteArray &path = request.head.path;
    if (path == "/healthz") {
        return net::HttpReply{200, "ok\n"};
    }
    if (path == "/" && request.head.wantsWebSocket()) {
        return net::Upgrade{
            [this](net::WebSocketChannel *channel) { m_hocuspocus.accept(channel); }};
    }
    if (path == "/") {
        return net::HttpReply{404, "This is a Cowrite server. Open a shared document with its "
                                   "whole address.\n"};
    }
    const QString room = roomOf(path);
    if (room.isEmpty()) {
        return net::HttpReply{400, "This is not the address of a shared document.\n"};
    }
    if (!m_policy.admits(room)) {
        return net::HttpReply{404, "There is no shared document at this address.\n"};
    }
    return net::Upgrade{[this, room](net::WebSocketChannel *channel) {
        m_policy.enter(room, std::make_unique<ChannelGuest>(channel));
    }};
}

} // namespace cowrite::session
