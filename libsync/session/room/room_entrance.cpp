#include "libsync/session/room/room_entrance.h"

#include "libsync/base/limits.h"
#include "libsync/net/address.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace cowrite::session {

namespace {

constexpr char kPrefix[] = "/rooms/";
/// A message, its escapes, and a name.
constexpr std::size_t kMaxPostBytes = limits::kMaxChatMessageBytes * 6 + 4096;
constexpr qsizetype kMaxNameLength = 200;

net::HttpReply sentence(int status, const char *text)
{
    return {status, QByteArray(text) + '\n'};
}

net::HttpReply refusal(WebRefusal why)
{
    if (why == WebRefusal::Gone) {
        return sentence(404, "There is no shared document at this address.");
    }
    net::HttpReply reply =
        sentence(401, "This takes an invitation that is good for this document.");
    reply.headers.emplaceBack("WWW-Authenticate", "Bearer");
    return reply;
}

Result<ChatPost> readPost(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    const QJsonObject object = json.object();
    const QJsonValue name = object.value(QStringLiteral("name"));
    const QJsonValue text = object.value(QStringLiteral("text"));
    const QJsonValue author = object.value(QStringLiteral("author"));
    if (!json.isObject() || !name.isString() || !text.isString() ||
        !(author.isUndefined() || author.isString()) || name.toString().size() > kMaxNameLength ||
        author.toString().size() > kMaxNameLength) {
        return fail(ErrorCode::Malformed,
                    "Send JSON: {\"name\": \"who says it\", \"text\": \"what\"}.");
    }
    ChatPost post;
    post.author.name = name.toString().trimmed();
    post.author.userId = author.toString();
    post.text = text.toString();
    return post;
}

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::LimitExceeded:
        return 413;
    case ErrorCode::WrongKind:
        return 409;
    case ErrorCode::Malformed:
    case ErrorCode::OutOfRange:
        return 400;
    default:
        return 503;
    }
}

net::HttpReply refusal(const Error &error)
{
    return {statusOf(error.code), QByteArray::fromStdString(error.message) + '\n'};
}

} // namespace

std::optional<net::Verdict> RoomEntrance::route(const net::Request &request) const
{
    const net::RequestHead &head = request.head;
    if (!head.path.startsWith(kPrefix)) {
        return std::nullopt;
    }
    const QList<QByteArray> names = head.path.mid(sizeof(kPrefix) - 1).split('/');
    const QString room = QString::fromLatin1(names.first());
    const QByteArray below = names.value(1);
    if (net::isRoomName(room) && names.size() == 2 && below == "knock" && m_rooms.knock) {
        return m_rooms.knock(room, request);
    }
    if (!net::isRoomName(room) || names.size() != 2 || !m_rooms.follow || !m_rooms.say ||
        (below != "events" && below != "chat")) {
        return sentence(404, "There is nothing at this address.");
    }
    const auto access = m_rooms.judge(room, tokenOf(head), request.peer);
    if (!access) {
        return refusal(access.error());
    }
    if (below == "events") {
        return events(room, head, access->visitor);
    }
    if (head.method != "POST") {
        net::HttpReply reply = sentence(405, "Messages are sent by POST.");
        reply.headers.emplaceBack("Allow", "POST");
        return reply;
    }
    if (!protocol::mayEdit(access->visitor.access)) {
        return sentence(403, "This invitation is for reading only.");
    }
    return chat(room);
}

net::Verdict RoomEntrance::events(const QString &room, const net::RequestHead &head,
                                  const Visitor &visitor) const
{
    return net::StreamEvents{
        [this, room, visitor, lastEventId = head.header("Last-Event-ID")](
            net::EventStream *stream) { m_rooms.follow(room, lastEventId, visitor, stream); },
        {}};
}

net::Verdict RoomEntrance::chat(const QString &room) const
{
    return net::AnswerLater{
        kMaxPostBytes, [this, room](const QByteArray &body, const net::Answer &answer) {
            const Result<ChatPost> post = readPost(body);
            if (!post) {
                answer(refusal(post.error()));
                return;
            }
            m_rooms.say(room, *post, [answer](const Result<QString> &id) {
                answer(id ? net::HttpReply{201, "{\"id\":\"" + id->toLatin1() + "\"}\n",
                                           "application/json"}
                          : refusal(id.error()));
            });
        }};
}

} // namespace cowrite::session
