#include "libsync/session/admission/web_entrance.h"

#include "libsync/net/address.h"

#include <algorithm>
#include <utility>

namespace cowrite::session {

namespace {

constexpr char kCookie[] = "cowrite";
/// A fingerprint, a dot and a token.
constexpr std::size_t kMaxFragmentBytes = 2048;
/// The invitation itself ends earlier, or is withdrawn; without this the browser forgets it with
/// its last window.
constexpr char kCookieSeconds[] = "2592000";

constexpr char kAddressPrefix[] = "/r/";
constexpr char kBearer[] = "Bearer ";
/// The query by which the page says that it came over TLS, as it may have from a proxy.
constexpr char kOverTls[] = "https";

bool isFragment(const QByteArray &text)
{
    return text.size() <= static_cast<qsizetype>(kMaxFragmentBytes) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

QByteArray tokenIn(const QByteArray &fragment)
{
    const qsizetype dot = fragment.indexOf('.');
    return dot < 0 ? QByteArray() : fragment.mid(dot + 1);
}

QByteArray reasonOf(WebRefusal refusal)
{
    switch (refusal) {
    case WebRefusal::Gone:
        return "gone";
    case WebRefusal::Missing:
        return "missing";
    case WebRefusal::Invalid:
        return "invalid";
    case WebRefusal::Expired:
        return "expired";
    case WebRefusal::Revoked:
        return "revoked";
    }
    return "invalid";
}

/// Neither member needs escaping.
net::HttpReply json(int status, const char *name, const QByteArray &value)
{
    return {status, QByteArray("{\"") + name + "\":\"" + value + "\"}\n", "application/json"};
}

/// `host:port` as the browser has it. What it leaves out, the default of its own scheme, is another
/// one in links for the app.
QByteArray hostAndPort(const QByteArray &host, bool encrypted)
{
    const bool hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    return hasPort ? host : host + (encrypted ? ":443" : ":80");
}

/// The link for the app: the same address under another scheme, with the end that the cookie keeps.
net::HttpReply openInApp(const QString &room, const net::Request &request)
{
    const net::RequestHead &head = request.head;
    QByteArray end = head.cookie(kCookie);
    if (!isFragment(end)) {
        end.clear();
    }
    const bool isPinned = !end.isEmpty() && !end.startsWith('.');
    const bool encrypted = request.isEncrypted || head.query == kOverTls;
    const QByteArray host = head.header("Host");
    // Without a fingerprint only the page's own scheme says that authorities vouch for the server.
    const QByteArray server = encrypted && !isPinned ? "cowrite:https://" + host
                                                     : "cowrite://" + hostAndPort(host, encrypted);
    net::HttpReply reply{303, {}};
    reply.headers = {{"Location", server + kAddressPrefix + room.toLatin1() +
                                      (end.isEmpty() ? QByteArray() : '#' + end)},
                     {"Referrer-Policy", "no-referrer"}};
    return reply;
}

} // namespace

WebEntrance::WebEntrance(Judge judge, WebPage page)
    : m_judge(std::move(judge)), m_page(std::move(page))
{}

std::optional<net::Verdict> WebEntrance::route(const net::Request &request) const
{
    const net::RequestHead &head = request.head;
    const bool isPost = head.method == "POST";
    if (!isPost && head.path.startsWith("/assets/")) {
        return m_page.asset(head);
    }
    if (!head.path.startsWith(kAddressPrefix)) {
        return std::nullopt;
    }
    const QList<QByteArray> names = head.path.mid(sizeof(kAddressPrefix) - 1).split('/');
    const QString room = QString::fromLatin1(names.first());
    if (!net::isRoomName(room) || names.size() > 2) {
        return std::nullopt;
    }
    const QByteArray below = names.value(1);
    if (!isPost && below.isEmpty() && wantsPage(head)) {
        return m_page.document(head);
    }
    if (!isPost && below == "open") {
        return openInApp(room, request);
    }
    if (below != "session") {
        return std::nullopt;
    }
    if (!isPost) {
        return answer(room, {}, request);
    }
    return net::AnswerLater{kMaxFragmentBytes,
                            [this, room, request](const QByteArray &body, const net::Answer &done) {
                                done(answer(room, body.trimmed(), request));
                            }};
}

net::HttpReply WebEntrance::answer(const QString &room, const QByteArray &fragment,
                                   const net::Request &request) const
{
    const bool isNew = !fragment.isEmpty();
    if (isNew && !isFragment(fragment)) {
        return json(401, "reason", reasonOf(WebRefusal::Invalid));
    }
    const auto access =
        m_judge(room, isNew ? tokenIn(fragment) : tokenOf(request.head), request.peer);
    if (!access) {
        return json(access.error() == WebRefusal::Gone ? 404 : 401, "reason",
                    reasonOf(access.error()));
    }
    net::HttpReply reply = json(200, "role", access->role);
    if (isNew) {
        reply.headers.append(QPair<QByteArray, QByteArray>{
            "Set-Cookie", QByteArray(kCookie) + '=' + fragment + "; Path=" + kAddressPrefix +
                              room.toLatin1() + "; Max-Age=" + kCookieSeconds +
                              "; HttpOnly; SameSite=Strict" +
                              (request.isEncrypted ? QByteArray("; Secure") : QByteArray())});
    }
    return reply;
}

QByteArray tokenOf(const net::RequestHead &head)
{
    if (const QByteArray offered = head.offeredToken(); !offered.isEmpty()) {
        return offered;
    }
    const QByteArray authorization = head.header("Authorization");
    return authorization.startsWith(kBearer) ? authorization.mid(sizeof(kBearer) - 1).trimmed()
                                             : tokenIn(head.cookie(kCookie));
}

} // namespace cowrite::session
