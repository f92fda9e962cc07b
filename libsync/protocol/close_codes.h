#pragma once

#include <cstdint>
#include <string_view>

namespace cowrite::protocol {

/// Every WebSocket close code that Cowrite sends or understands. 4205 to 4408 mean what they mean
/// to Hocuspocus (yjs-compat 7.6); a y-websocket client does not come back after 4400 to 4499.
enum class CloseCode : std::uint16_t {
    Normal = 1000,
    GoingAway = 1001,    ///< the server stops, or the window closes
    TooBig = 1009,       ///< a message beyond limits::kMaxMessageBytes
    Reset = 4205,        ///< connect again and synchronise from the start
    Malformed = 4400,    ///< bytes that break the protocol or the rules of an update
    Unauthorized = 4401, ///< no invitation, or one that is not valid here
    Forbidden = 4403,    ///< a valid invitation without this right
    Timeout = 4408,      ///< nothing was heard for too long
    Deleted = 4410,      ///< the document was deleted on the server
    Full = 4413,         ///< the document is as large as the server lets it be
    TooMany = 4429,      ///< a limit on rate or number was exceeded
};

/// True if a client that was closed with `code` by its server must not reconnect by itself: 4400 to
/// 4499 (yjs-compat 7.4). Only for codes that the other side sent; after closing by its own
/// decision (Close effect of a client) a client always reconnects.
[[nodiscard]] bool isFinal(std::uint16_t code);

/// A few words for logs and for the reason of a close frame, for instance "malformed message".
[[nodiscard]] std::string_view describe(CloseCode code);

} // namespace cowrite::protocol
