#include "libsync/session/server/room_server.h"

#include "libsync/net/address.h"
#include "libsync/session/room/channel_guest.h"

#include <algorithm>

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

WebRefusal webRefusalOf(InvitationProblem problem)
{
    switch (problem) {
    case InvitationProblem::Missing:
        return WebRefusal::Missing;
    case InvitationProblem::Expired:
        return WebRefusal::Expired;
    case InvitationProblem::Withdrawn:
        return WebRefusal::Revoked;
    case InvitationProblem::Unreadable:
    case InvitationProblem::Forged:
    case InvitationProblem::NotYet:
    case InvitationProblem::OtherRoom:
        break;
    }
    return WebRefusal::Invalid;
}

/// Of one address. Whoever has many documents joins them one after the other.
constexpr int kNewRoomsPerMinute = 60;

net::HttpReply refusalOf(Crowd crowd)
{
    const char *const sentence =
        crowd == Crowd::Everybody ? "This server has as many visitors as it bears.\n"
        : crowd == Crowd::Address ? "There are too many connections from this address.\n"
                                  : "There are too many connections with this invitation.\n";
    return {429, sentence, "text/plain; charset=utf-8", {{"Retry-After", "30"}}};
}

} // namespace

RoomServer::RoomServer(RoomPolicy policy, const Clock &clock, net::ListenerOptions options,
                       QObject *parent)
    : QObject(parent),
      m_policy(std::move(policy)),
      m_entrance(clock),
      m_users(clock),
      m_streams(m_entrance),
      m_web([this](const QString &room, const QByteArray &token, const QHostAddress &peer) {
          return accessTo(room, token, peer);
      }),
      m_hocuspocus(
          {[this](const QString &room, const std::string &token,
                  const QHostAddress &peer) -> std::optional<Visitor> {
               const auto visitor = m_entrance.judge(room, QByteArray::fromStdString(token), peer);
               return visitor && !refusal(room, *visitor) ? std::optional(*visitor) : std::nullopt;
           },
           [this](const QString &room, std::unique_ptr<GuestConnection> guest) {
               m_policy.enter(room, std::move(guest));
           }},
          clock),
      m_rooms({[this](const QString &room, const QByteArray &token, const QHostAddress &peer) {
                   return accessTo(room, token, peer);
               },
               follower(), m_policy.say, m_policy.knock}),
      m_status([this] { return figures(); },
               [this](const net::Request &request) { return isAdministrator(request); }),
      m_lag(clock),
      m_handshakes(clock),
      m_newRooms(clock, {kNewRoomsPerMinute}),
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

tl::expected<WebAccess, WebRefusal>
RoomServer::accessTo(const QString &room, const QByteArray &token, const QHostAddress &peer)
{
    const auto visitor = m_entrance.judge(room, token, peer);
    if (!visitor) {
        return tl::unexpected(webRefusalOf(visitor.error().problem));
    }
    if (refusal(room, *visitor)) {
        return tl::unexpected(WebRefusal::Gone);
    }
    const auto access = std::min(visitor->access, protocol::Access::Edit);
    return WebAccess{QByteArray::fromStdString(std::string(protocol::toString(access))), *visitor};
}

RoomEntrance::Rooms::Follow RoomServer::follower()
{
    if (!m_policy.follow) {
        return nullptr;
    }
    return [this](const QString &room, const QByteArray &lastEventId, const Visitor &visitor,
                  net::EventStream *stream) {
        m_streams.watch(stream, visitor);
        // It has a seat for as long as it is there.
        connect(stream, &QObject::destroyed, stream, [seat = m_users.seat(visitor)] {});
        m_policy.follow(room, lastEventId, stream);
    };
}

bool RoomServer::isAdministrator(const net::Request &request)
{
    const QByteArray token = tokenOf(request.head);
    if (token.isEmpty()) {
        return false;
    }
    const auto visitor = m_entrance.judge({}, token, request.peer);
    return visitor && visitor->access == protocol::Access::Admin;
}

std::optional<net::HttpReply> RoomServer::refusal(const QString &room, const Visitor &visitor)
{
    switch (m_policy.answerFor(room)) {
    case RoomAnswer::Known:
        return std::nullopt;
    case RoomAnswer::New:
        if (visitor.isLimited) {
            if (const auto wait = m_newRooms.take(QHostAddress(visitor.address))) {
                return net::HttpReply{
                    429,
                    "Too many new documents from this address. Try again a little later.\n",
                    "text/plain; charset=utf-8",
                    {{"Retry-After", QByteArray::number(static_cast<qint64>(wait->count()))}}};
            }
        }
        return std::nullopt;
    case RoomAnswer::Missing:
        return net::HttpReply{404, "There is no shared document at this address.\n"};
    case RoomAnswer::NoMore:
        break;
    }
    return net::HttpReply{507, "This server keeps as many documents as it may.\n"};
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
    if (std::holds_alternative<net::StreamEvents>(verdict)) {
        if (const auto crowd = m_users.crowding(m_entrance.stranger(request.peer))) {
            return refusalOf(*crowd);
        }
    }
    return verdict;
}

net::Verdict RoomServer::route(const net::Request &request)
{
    if (hasTokenInQuery(request.head.query)) {
        return net::HttpReply{400, "An invitation does not belong into the query of an address, "
                                   "where logs keep it. Send it as a sub-protocol: "
                                   "cowrite.token. and the token.\n"};
    }
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
        return upgrade(m_entrance.stranger(request.peer),
                       [this](net::WebSocketChannel *channel) { m_hocuspocus.accept(channel); });
    }
    if (path == "/") {
        return net::HttpReply{404, "This is a Cowrite server. Open a shared document with its "
                                   "whole address.\n"};
    }
    const QString room = roomOf(path);
    if (room.isEmpty()) {
        return net::HttpReply{400, "This is not the address of a shared document.\n"};
    }
    const auto visitor = m_entrance.judge(room, tokenOf(request.head), request.peer);
    if (!visitor) {
        return replyTo(visitor.error());
    }
    if (auto refused = refusal(room, *visitor)) {
        return *std::move(refused);
    }
    return upgrade(*visitor, [this, room, visitor = *visitor](net::WebSocketChannel *channel) {
        auto guest = std::make_unique<ChannelGuest>(channel, m_hocuspocus.entrance());
        guest->setVisitor(visitor);
        m_policy.enter(room, std::move(guest));
    });
}

net::Verdict RoomServer::upgrade(const Visitor &visitor,
                                 std::function<void(net::WebSocketChannel *)> enter)
{
    if (const auto crowd = m_users.crowding(visitor)) {
        return refusalOf(*crowd);
    }
    return net::Upgrade{[this, visitor, enter = std::move(enter)](net::WebSocketChannel *channel) {
        channel->setPeerAddress(QHostAddress(visitor.address));
        channel->setAllowance(m_users.seat(visitor));
        connect(channel, &net::WebSocketChannel::overran, this, [this, channel, visitor] {
            m_entrance.noteFlood(visitor);
            channel->close(static_cast<int>(protocol::CloseCode::TooMany),
                           QStringLiteral("Too much was sent at once. Connect again to go on."));
        });
        enter(channel);
    }};
}

} // namespace cowrite::session
