#pragma once

#include "libsync/base/error.h"
#include "libsync/net/request_head.h"

#include <QHostAddress>

namespace cowrite::net {

/// Whether a browser may have been tricked into sending this request. Any web page can open a
/// WebSocket to any address, so (reliability.md, "Faults"):
/// - the host a browser believes to talk to must be this machine: a name of its own or an address,
///   or a name that was rebound to us could pass as the same origin;
/// - an Origin, which only browsers send, must be that host, or on loopback when we are.
/// Error Denied with a sentence.
///
/// @param boundTo what the server listens on.
[[nodiscard]] Result<void> checkOrigin(const RequestHead &head, const QHostAddress &boundTo);

} // namespace cowrite::net
