#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/state_vector.h"
#include "libsync/lib0/decoder.h"
#include "libsync/protocol/access.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// The messages of a y-websocket connection, to and from bytes (yjs-compat 7.1 to 7.3). This is the
/// only place that knows the framing; the state machine deals in the structs below.
namespace cowrite::protocol {

enum class Channel : std::uint64_t {
    Sync = 0,
    Awareness = 1,
    Auth = 2,
    QueryAwareness = 3,
    /// Ours: only where acknowledgements are on (architecture.md, Durability).
    Acknowledgement = 100,
    /// Ours, as the last one.
    Access = 101,
    /// Ours, as the last one: programs in a browser cannot send the pings of a WebSocket.
    Echo = 102,
};

/// What a server says about the document-changing messages that it got.
enum class Acknowledgements {
    Off,        ///< nothing
    Received,   ///< which it has processed: Hocuspocus and y-sweet, as their dialects translate it
    Negotiated, ///< which are on its disk: both ends agreed on the sub-protocol `cowrite.v1`
};

/// The sub-protocol whose negotiation turns acknowledgements on.
inline constexpr std::string_view kSubprotocol = "cowrite.v1";

/// Messages in one frame. Others send one or two; each may cost an answer, so there is a bound.
inline constexpr std::size_t kMaxMessagesPerFrame = 256;

/// "This is what I have": an encoded state vector.
struct SyncStep1 {
    ByteView stateVector;
};
/// The answer: an update with all that the other side lacks.
struct SyncStep2 {
    ByteView update;
};
/// One more change.
struct SyncUpdate {
    ByteView update;
};
/// An encoded awareness update (awareness_codec.h).
struct AwarenessMessage {
    ByteView update;
};
struct QueryAwareness {};
struct PermissionDenied {
    std::string reason;
};
/// How many document-changing messages (step 2 and update) of this connection are on the
/// server's disk, or have been processed; see Acknowledgements.
struct Acknowledgement {
    std::uint64_t count = 0;
};
/// What the client may do in the document from now on.
struct AccessMessage {
    Access access = Access::View;
};
/// A server answers a guest with the same number: so long takes a round trip.
struct Echo {
    std::uint64_t number = 0;
};
/// A channel we do not know. Its payload has no length, so it takes the rest of the frame.
struct UnknownChannel {
    std::uint64_t channel = 0;
};

using Message =
    std::variant<SyncStep1, SyncStep2, SyncUpdate, AwarenessMessage, QueryAwareness,
                 PermissionDenied, Acknowledgement, AccessMessage, Echo, UnknownChannel>;

/// Reads the messages of one frame one after the other; views in them point into the frame.
class MessageReader {
public:
    /// Without acknowledgements the channels of ours count as unknown.
    MessageReader(ByteView frame, Acknowledgements acknowledgements);

    /// The next message, or nothing at the end of the frame. After an error there is nothing more.
    /// Errors, with the byte offset: Malformed; Unsupported for an unknown kind of sync or auth
    /// message or of access (Yjs drops that frame and goes on); LimitExceeded beyond
    /// kMaxMessagesPerFrame.
    [[nodiscard]] Result<std::optional<Message>> next();

private:
    [[nodiscard]] Message readOne(Channel channel);
    [[nodiscard]] Message readSync();
    [[nodiscard]] Message readAuth();
    [[nodiscard]] Message readAccess();

    lib0::Decoder m_decoder;
    Acknowledgements m_acknowledgements;
    std::size_t m_count = 0;
    /// y-sweet appends bytes to a query that are no message (yjs-compat 7.8).
    bool m_sawQuery = false;
    bool m_ended = false;
};

[[nodiscard]] Bytes encodeSyncStep1(const crdt::StateVector &stateVector);
[[nodiscard]] Bytes encodeSyncStep2(ByteView update);
[[nodiscard]] Bytes encodeSyncUpdate(ByteView update);
[[nodiscard]] Bytes encodeAwarenessMessage(ByteView awarenessUpdate);
[[nodiscard]] Bytes encodeQueryAwareness();
[[nodiscard]] Bytes encodePermissionDenied(std::string_view reason);
[[nodiscard]] Bytes encodeAcknowledgement(std::uint64_t count);
[[nodiscard]] Bytes encodeAccess(Access access);
[[nodiscard]] Bytes encodeEcho(std::uint64_t number);

} // namespace cowrite::protocol
