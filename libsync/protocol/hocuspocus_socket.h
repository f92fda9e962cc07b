#pragma once

#include "libsync/base/clock.h"
#include "libsync/protocol/close_codes.h"
#include "libsync/protocol/hocuspocus.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cowrite::protocol {

/// The server's end of one socket that speaks Hocuspocus: which documents it may reach, what waits
/// until that is decided, and the frames around what the rooms say. It reads no socket and no
/// timer; its owner carries out the effects, in order, after every call.
///
/// Documents are told apart by address (hocuspocus::Frame). A document is asked for by a token, let
/// in or denied by the owner, and from then on its messages go to and come from its room's
/// SyncMachine, which must greet WhenAsked and have Acknowledgements::Negotiated.
class HocuspocusSocket {
public:
    /// The bounds of what waits for admission, over all documents of the socket. They are those of
    /// Hocuspocus 4, with less memory: an honest client sends a question and its presence first.
    static constexpr std::size_t kMaxWaitingBytes = std::size_t{1} << 20;
    static constexpr std::size_t kMaxWaitingMessages = 1'000;
    /// Documents of one socket that were not let in, and all of them.
    static constexpr std::size_t kMaxWaitingDocuments = 100;
    static constexpr std::size_t kMaxDocuments = 1'000;
    /// A socket without any document, from its beginning or since the last was closed. Nothing that
    /// the client sends meanwhile counts.
    static constexpr std::chrono::seconds kDocumentDeadline{60};
    /// How often a client without documents hears from us; it reconnects after 30 s.
    static constexpr std::chrono::seconds kPingInterval{20};

    /// Send this as one binary WebSocket message.
    struct Send {
        Bytes frame;
    };
    /// Close the socket; nothing follows.
    struct CloseSocket {
        CloseCode code = CloseCode::Normal;
        std::string reason;
    };
    /// Decide, with admit() or deny(). For a document that is open already the client has renewed
    /// its token.
    struct Ask {
        std::string address;
        std::string token;
    };
    /// Bring the document into its room, as a guest.
    struct Enter {
        std::string address;
    };
    /// A message for the room.
    struct Deliver {
        std::string address;
        Bytes message;
    };
    /// The client has left the document.
    struct Leave {
        std::string address;
    };
    /// Pass on to the others in this document.
    struct Relay {
        std::string address;
        std::string payload;
    };
    using Effect = std::variant<Send, CloseSocket, Ask, Enter, Deliver, Leave, Relay>;

    /// `clock` outlives the socket. It is open from here on.
    explicit HocuspocusSocket(const Clock &clock);

    // Inputs. Those that name an address do nothing if there is no such document any more.

    void receive(ByteView frame);
    /// The document is open, or goes on with this scope.
    void admit(std::string_view address, hocuspocus::Scope scope);
    /// A document that was open is closed. The client may come with another token.
    void deny(std::string_view address, std::string_view reason);
    /// The room says this to the guest. Acknowledgements become one SyncStatus for each message.
    void send(std::string_view address, ByteView message);
    /// The room did not take a document-changing message. `addsNothing`: because there was nothing
    /// in it.
    void refused(std::string_view address, bool addsNothing);
    /// The room closes the guest. The provider would take the others' documents for open but never
    /// ask for this one again; so unless it lacks the right to be here, the whole socket is closed
    /// and comes back.
    void dismiss(std::string_view address, CloseCode code, std::string_view reason);
    /// Somebody else in this document (a name, not an address) said so.
    void relay(std::string_view document, std::string_view exceptAddress, std::string_view payload);
    /// Call at or after nextDeadline().
    void tick();

    // Outputs

    [[nodiscard]] std::vector<Effect> takeEffects();
    /// time_point::max() once it is closed.
    [[nodiscard]] std::chrono::steady_clock::time_point nextDeadline() const;

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    enum class State {
        Waiting, ///< for a token
        Asked,   ///< for the owner
        Denied,  ///< what comes is dropped, until there is another token
        Open,
    };
    struct Document {
        State state = State::Waiting;
        hocuspocus::Scope scope = hocuspocus::Scope::ReadWrite;
        std::vector<Bytes> waiting;
        std::uint64_t acknowledged = 0;
    };
    using Documents = std::map<std::string, Document, std::less<>>;

    void onFrame(const hocuspocus::Frame &frame);
    void onMessage(const std::string &address, Document &document,
                   const hocuspocus::Message &message);
    void onToken(const std::string &address, Document &document, const hocuspocus::Token &token);
    void hold(Document &document, ByteView message);
    void erase(Documents::iterator document);
    [[nodiscard]] Documents::iterator findOpen(std::string_view address);
    void write(std::string_view address, const hocuspocus::Message &message);
    void close(CloseCode code, std::string_view reason = {});

    const Clock &m_clock;
    Documents m_documents;
    std::vector<Effect> m_effects;
    std::size_t m_openDocuments = 0;
    std::size_t m_waitingBytes = 0;
    std::size_t m_waitingMessages = 0;
    TimePoint m_withoutDocumentsSince;
    TimePoint m_lastSent;
    /// Providers before 4.0 break when they are pinged.
    bool m_understandsPing = false;
    bool m_isClosed = false;
};

} // namespace cowrite::protocol
