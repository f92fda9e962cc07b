#pragma once

namespace cowrite::net {

/// The sub-protocol of peers that understand acknowledgements (architecture.md, "Durability").
inline constexpr char kCowriteProtocol[] = "cowrite.v1";

/// An invitation's token travels as one more offered sub-protocol, behind this prefix, because a
/// browser can set no other header of a WebSocket. It is never agreed to, so never echoed.
inline constexpr char kTokenProtocolPrefix[] = "cowrite.token.";

} // namespace cowrite::net
