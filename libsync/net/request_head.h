#pragma once

#include "libsync/base/error.h"

#include <QByteArray>
#include <QList>
#include <QPair>

#include <cstddef>
#include <optional>

namespace cowrite::net {

/// No honest request has a longer head: a path, a handful of headers, one token.
inline constexpr std::size_t kMaxRequestHeadBytes = 16 * 1024;

/// The first lines of an HTTP/1.1 request, as they came.
struct RequestHead {
    QByteArray method;
    /// The path as sent, percent-encoding included, without the query. Begins with a slash.
    QByteArray path;
    /// Behind the question mark, as sent; empty without one.
    QByteArray query;
    QList<QPair<QByteArray, QByteArray>> headers;
    /// With the blank line that ends it; a body begins here.
    qsizetype byteCount = 0;

    /// The trimmed value of the first header of this name, in any case; empty if there is none.
    [[nodiscard]] QByteArray header(const char *name) const;
    [[nodiscard]] int count(const char *name) const;
    /// Whether it asks to go on as a WebSocket.
    [[nodiscard]] bool wantsWebSocket() const;
    /// The token of an invitation as it was offered beside the sub-protocols, still base64url;
    /// empty if none was, or more than one.
    [[nodiscard]] QByteArray offeredToken() const;
    /// The value of the first cookie of this name; empty if there is none.
    [[nodiscard]] QByteArray cookie(const QByteArray &name) const;
};

/// Reads a request head from the beginning of `bytes`. Nothing while it is still incomplete.
/// Errors: Malformed for what is no HTTP/1.1 request (control characters, more than one Host,
/// obsolete line folding), LimitExceeded past kMaxRequestHeadBytes.
[[nodiscard]] std::optional<Result<RequestHead>> parseRequestHead(const QByteArray &bytes);

} // namespace cowrite::net
