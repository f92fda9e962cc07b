#pragma once

#include "libsync/base/error.h"
#include "libsync/net/request_head.h"

#include <QHostAddress>
#include <QStringList>

namespace cowrite::net {

/// What a server is called, and whose pages may connect, beyond what goes without saying.
struct TrustedNames {
    /// Names people reach this server by, in lower case, without a port.
    QStringList hosts;
    /// Pages of elsewhere that may connect, as a browser names them: `https://notes.example.org`.
    QStringList origins;
};

/// Whether a browser may have been tricked into sending this request. Any web page can open a
/// WebSocket to any address, so (reliability.md, "Faults"):
/// - the host a browser believes to talk to must be this machine: a name of its own, a trusted one
///   or an address, or a name that was rebound to us could pass as the same origin;
/// - an Origin, which only browsers send, must be that host, a trusted one, or on loopback when we
///   are.
/// Error Denied with a sentence.
///
/// @param boundTo what the server listens on.
[[nodiscard]] Result<void> checkOrigin(const RequestHead &head, const QHostAddress &boundTo,
                                       const TrustedNames &trusted = {});

} // namespace cowrite::net
