#pragma once

#include "libsync/base/error.h"
#include "libsync/net/verdict.h"
#include "libsync/session/admission/visitor.h"
#include "libsync/session/admission/web_page.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <functional>
#include <optional>

namespace cowrite::session {

/// What the bearer of an invitation may do in a room, in the words of the page: `view`, `comment`
/// or `edit`.
struct WebAccess {
    QByteArray role;
    Visitor visitor = {};
};

/// Why a link does not open a document.
enum class WebRefusal {
    Gone,    ///< there is no such room
    Missing, ///< the room needs an invitation
    Invalid, ///< it is none of this server's, or for another room
    Expired,
    Revoked,
};

/// How a browser comes in, below the address of a room `/r/<room>`:
/// - a request for HTML gets the page, whoever asks: it holds nothing of the document;
/// - the page sends the end of its link (`fingerprint.token`) to `POST …/session` and gets a cookie
///   that no script can read, which the upgrade to a WebSocket then accepts;
/// - `GET …/session` says what the cookie allows; both answer in JSON, `{"role":"edit"}` or
///   `{"reason":"expired"}`;
/// - `GET …/open` leads to the link for the app, token included, without a script seeing it;
///   `…/open?https` if the page came over TLS, which a proxy in front of this server keeps from it.
class WebEntrance {
public:
    /// What `token` (base64url, empty for none), shown by somebody at `peer`, allows in `room`,
    /// whose name is well-formed.
    using Judge = std::function<tl::expected<WebAccess, WebRefusal>(
        const QString &room, const QByteArray &token, const QHostAddress &peer)>;

    explicit WebEntrance(Judge judge, WebPage page = WebPage());

    /// The answer to what only browsers ask; nothing for everything else.
    [[nodiscard]] std::optional<net::Verdict> route(const net::Request &request) const;

private:
    [[nodiscard]] net::HttpReply answer(const QString &room, const QByteArray &fragment,
                                        const net::Request &request) const;

    Judge m_judge;
    WebPage m_page;
};

/// The token that a request came with: beside its sub-protocols, as the bearer's authorization, or
/// in the page's cookie; base64url, empty for none.
[[nodiscard]] QByteArray tokenOf(const net::RequestHead &head);

} // namespace cowrite::session
