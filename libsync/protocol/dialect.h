#pragma once

#include "libsync/base/bytes.h"
#include "libsync/protocol/hocuspocus.h"
#include "libsync/protocol/messages.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cowrite::protocol {

/// The words that a server uses (yjs-compat 7). A SyncMachine always speaks y-websocket; a
/// Translator stands between it and the others.
enum class Dialect { YWebsocket, Hocuspocus, YSweet, Jupyter };

/// `y-websocket`, `hocuspocus`, `y-sweet`, `jupyter`.
[[nodiscard]] std::string_view toString(Dialect dialect);
[[nodiscard]] std::optional<Dialect> dialectFromString(std::string_view text);

/// The client's end of a connection in another dialect than y-websocket: what the sync machine says
/// goes in by say(), what the server says by hear(), and what is to be done comes out. One for each
/// connection.
class Translator {
public:
    /// Send this as one binary WebSocket message.
    struct Send {
        Bytes frame;
    };
    /// A message for the sync machine, whose acknowledgements are on as acknowledgements() says.
    struct Hear {
        Bytes message;
    };
    /// The server lets us in, or has changed its mind about what we may do.
    struct Admitted {
        hocuspocus::Scope scope = hocuspocus::Scope::ReadWrite;
    };
    struct Denied {
        std::string reason;
    };
    /// The server has closed the document, or does not speak this dialect (any more); connect
    /// again.
    struct Ended {
        std::string reason;
        bool isOtherDialect = false;
    };
    using Effect = std::variant<Send, Hear, Admitted, Denied, Ended>;
    using Effects = std::vector<Effect>;

    virtual ~Translator() = default;

    /// What is said before all else.
    [[nodiscard]] virtual Effects opened() { return {}; }
    [[nodiscard]] virtual Effects say(ByteView message) = 0;
    [[nodiscard]] virtual Effects hear(ByteView frame) = 0;
    [[nodiscard]] virtual Acknowledgements acknowledgements() const = 0;
};

/// `document` is how the server calls it, `token` what lets us in; both matter to Hocuspocus only.
/// Null for YWebsocket.
[[nodiscard]] std::unique_ptr<Translator> makeTranslator(Dialect dialect, std::string document,
                                                         std::string token);

/// The dialect of a server, YWebsocket or Hocuspocus, by the first frame that it sent in answer to
/// a step 1 in the one and the token for `document` in the other.
[[nodiscard]] Dialect dialectOfAnswer(ByteView frame, std::string_view document);

} // namespace cowrite::protocol
