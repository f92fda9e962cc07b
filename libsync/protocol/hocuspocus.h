#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// The frames of Hocuspocus, to and from bytes (yjs-compat 7.6). Each says at its beginning which
/// document it is about, so that many share one socket. Its sync, awareness and query messages are
/// those of y-websocket (messages.h) and go on as they are.
namespace cowrite::protocol::hocuspocus {

enum class Type : std::uint64_t {
    Sync = 0,
    Awareness = 1,
    Auth = 2,
    QueryAwareness = 3,
    SyncReply = 4, ///< only between servers
    Stateless = 5,
    BroadcastStateless = 6, ///< only between servers
    Close = 7,
    SyncStatus = 8,
    Ping = 9, ///< with Pong the only ones without a document: the whole frame is this byte
    Pong = 10,
};

/// Longer addresses are those of no document.
inline constexpr std::size_t kMaxAddressBytes = 1024;
/// A token, and the payload of a stateless message, in UTF-8.
inline constexpr std::size_t kMaxTokenBytes = 4096;
inline constexpr std::size_t kMaxStatelessBytes = std::size_t{64} << 10;

/// What may be done with a document.
enum class Scope { ReadOnly, ReadWrite };

/// A message of y-websocket, whole: for a SyncMachine, or from one.
struct Wrapped {
    ByteView message;
};
/// Client: "let me in". Providers since 4.0 say their version as well.
struct Token {
    std::string token;
    bool saysVersion = false;
};
/// Server: "send your token again".
struct TokenRequest {};
struct PermissionDenied {
    std::string reason;
};
struct Authenticated {
    Scope scope = Scope::ReadWrite;
};
/// Words of applications, which we pass on.
struct Stateless {
    std::string payload;
};
/// This document is done with; the socket stays. Servers give a reason, clients an empty one.
struct Close {
    std::string reason;
};
/// Server: what became of one document-changing message.
struct SyncStatus {
    bool isApplied = false;
};
struct Ping {};
struct Pong {};
/// What a newer version may say, and what only servers say to each other.
struct Unknown {
    std::uint64_t type = 0;
};

using Message = std::variant<Wrapped, Token, TokenRequest, PermissionDenied, Authenticated,
                             Stateless, Close, SyncStatus, Ping, Pong, Unknown>;

/// A message and the document that it is about, by the address that answers go to: the name, and
/// for providers that ask for it a NUL and their session. Views point into the frame.
struct Frame {
    std::string_view address;
    Message message;
};

/// Errors, with the byte offset: Malformed; WrongKind if there is no address, as in what clients of
/// y-websocket say first: the peer does not speak Hocuspocus at all.
[[nodiscard]] Result<Frame> readFrame(ByteView frame);

/// Whether a client that says this first speaks Hocuspocus: it is a token, whole. What clients of
/// y-websocket say first is none.
[[nodiscard]] bool isFirstWord(ByteView frame);

/// The name of the document in an address.
[[nodiscard]] std::string_view documentOf(std::string_view address);

/// Writes one frame; for Ping and Pong the address does not matter. Unknown cannot be written.
[[nodiscard]] Bytes writeFrame(std::string_view address, const Message &message);

} // namespace cowrite::protocol::hocuspocus
