#pragma once

#include "libsync/net/request_head.h"

#include <QHostAddress>
#include <QList>
#include <QPair>

#include <optional>

namespace cowrite::net {

/// An address and the bits of it that count.
using Network = QPair<QHostAddress, int>;

/// Reads `127.0.0.1`, `::1` or `10.0.0.0/8`.
[[nodiscard]] std::optional<Network> networkFrom(const QString &text);

/// Who sends a request that came from `peer`: if that is a trusted proxy, the last address in
/// X-Forwarded-For that is no trusted proxy itself. What anybody else says there counts for
/// nothing: they can say what they like.
[[nodiscard]] QHostAddress senderOf(const RequestHead &head, const QHostAddress &peer,
                                    const QList<Network> &trustedProxies);

} // namespace cowrite::net
