#pragma once

#include "libsync/net/request_head.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QPair>

#include <cstddef>
#include <functional>
#include <variant>

namespace cowrite::net {

class EventStream;
class WebSocketChannel;

/// Who asks for what, and how they came.
struct Request {
    RequestHead head;
    /// Whom a router sees is who is behind trusted proxies.
    QHostAddress peer;
    bool isEncrypted = false;
};

/// An answer without an upgrade. The connection is closed after it.
struct HttpReply {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "text/plain; charset=utf-8";
    /// Beside Content-Type, Content-Length, Connection, X-Content-Type-Options and, unless it is
    /// among these, Cache-Control: no-store. Without line breaks.
    QList<QPair<QByteArray, QByteArray>> headers = {};
};

enum class ReplyBody {
    Sent,
    LeftOut, ///< it answers HEAD
    Endless, ///< it comes later, and ends with the connection
};

/// The bytes of `reply` as HTTP/1.1 has them.
[[nodiscard]] QByteArray toBytes(const HttpReply &reply, ReplyBody body);

/// Gives the answer. May be called after the asker has gone, and only the first call counts. On the
/// thread of the listener.
using Answer = std::function<void(const HttpReply &)>;

/// Go on as a WebSocket. `enter` takes the open channel over at once.
struct Upgrade {
    std::function<void(WebSocketChannel *channel)> enter;
};

/// Wait for the body, then work out the answer, at once or later. A body of more than
/// `maxBodyBytes`, or without a Content-Length, is refused before it is read. A request without a
/// body has an empty one.
struct AnswerLater {
    std::size_t maxBodyBytes = 0;
    std::function<void(const QByteArray &body, const Answer &answer)> work;
};

/// Go on as a stream of server-sent events. `begin` takes the open stream over at once.
struct StreamEvents {
    std::function<void(EventStream *stream)> begin;
    QList<QPair<QByteArray, QByteArray>> headers = {};
};

/// What becomes of a request, decided from its head alone.
using Verdict = std::variant<HttpReply, Upgrade, AnswerLater, StreamEvents>;

} // namespace cowrite::net
