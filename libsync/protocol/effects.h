#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/protocol/access.h"
#include "libsync/protocol/close_codes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a SyncMachine asks its owner to do. To be carried out in order.
namespace cowrite::protocol {

/// Send this as one binary WebSocket message.
struct Send {
    Bytes frame;
};

/// Close the connection; the machine takes and gives nothing more until it is opened again. The
/// owner calls closed() when that is done. After its own Close a client always reconnects.
struct Close {
    CloseCode code = CloseCode::Normal;
    /// At most 123 bytes, the room of a close frame.
    std::string reason;
};

/// The peer's first step 2 of this connection was applied: all that it had is here.
struct Synced {};

/// The peer's document-changing message number `index` (from 1) was applied; what it changed has
/// come by codec::observeUpdates() already. When the log has committed that, call persisted(index).
struct DocumentMessageReceived {
    std::uint64_t index = 0;
    /// The update itself, if a part of it waits for something that it refers to and did not wait
    /// already. No transaction carries that part, so log it as well: an acknowledgement must not
    /// promise what is only in memory.
    std::optional<Bytes> pendingUpdate;
};

/// The peer confirmed the first `count` document-changing messages that were sent to it; the
/// ledger has been told already.
struct Acknowledged {
    std::uint64_t count = 0;
};

/// The peer said that it denies the permission; it may also close.
struct PeerDenied {
    std::string reason;
};

/// Server: the peer sent a change of the document and may not; not one byte changed.
struct EditRefused {
    /// Of the update, in bytes.
    std::size_t size = 0;
    /// There was nothing in it that is not here: others answer a question so. Otherwise the peer
    /// was told, and it belongs into the audit log.
    bool addsNothing = false;
};

/// Client: the server said what may be done here; SyncMachine::access() is it already. Fires on
/// every connection to a Cowrite server, before anything else, and whenever it changes.
struct AccessChanged {
    Access access = Access::View;
};

/// Something was wrong and has been dealt with; for the log.
struct Warning {
    Error error;
};

using Effect = std::variant<Send, Close, Synced, DocumentMessageReceived, Acknowledged, PeerDenied,
                            EditRefused, AccessChanged, Warning>;
using Effects = std::vector<Effect>;

} // namespace cowrite::protocol
