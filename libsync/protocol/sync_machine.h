#pragma once

#include "libsync/base/clock.h"
#include "libsync/crdt/doc.h"
#include "libsync/protocol/awareness.h"
#include "libsync/protocol/client_owners.h"
#include "libsync/protocol/edit_ledger.h"
#include "libsync/protocol/effects.h"
#include "libsync/protocol/messages.h"

#include <chrono>
#include <deque>
#include <optional>
#include <set>
#include <span>

namespace cowrite::protocol {

/// A client speaks to servers of any make and keeps a connection that brings nonsense, as Yjs does;
/// a server closes it (reliability.md).
enum class Role { Client, Server };

/// When a server asks a client what it has.
enum class Greeting {
    AtOnce,    ///< as the first thing it says, as servers of y-websocket do
    WhenAsked, ///< each time that it is asked the same, just before it answers (yjs-compat 7.6)
};

/// A server that sent nothing for this long sends an empty message: clients of y-websocket
/// reconnect after 30 s without one, and pings do not count (yjs-compat 7.4).
inline constexpr std::chrono::seconds kKeepalive{20};
/// A client that heard nothing for this long reconnects (yjs-compat 7.4).
inline constexpr std::chrono::seconds kWatchdog{30};
/// How soon the state vectors are compared again after something did not fit; doubles up to the
/// second one, since "a gap is healed within 30 s" (reliability.md).
inline constexpr std::chrono::seconds kResyncDelay{5};
inline constexpr std::chrono::seconds kMaxResyncDelay{25};
/// A gap that so many comparisons did not heal is not healed by asking this peer.
inline constexpr int kMaxResyncs = 6;
/// A server that does not say what is on its disk is asked for a sign that it has processed the
/// edits: so long after the last one, or after the first one when they never pause.
inline constexpr std::chrono::seconds kProbeDelay{3};
inline constexpr std::chrono::seconds kMaxProbeDelay{15};

/// One connection of one document: what is said on it, and when. It reads no socket and no timer:
/// inputs are the calls below, outputs are effects, which the owner takes and carries out after
/// every call. Inputs may come while another input is being handled (from observers of the document
/// or of awareness); effects keep the order in which they arose.
///
/// It changes the document and awareness with origin(), and ignores changes of that origin when the
/// owner passes all changes to all connections.
class SyncMachine {
public:
    /// What a connection works on; everything outlives the machine.
    struct Context {
        Role role = Role::Client;
        crdt::Doc &doc;
        Awareness &awareness;
        const Clock &clock;
        /// Client: told how far the own edits have got. May be null.
        EditLedger *ledger = nullptr;
        /// Server: the room's, shared by its connections. Null: no client id is protected.
        ClientOwners *owners = nullptr;
    };

    explicit SyncMachine(const Context &context);
    ~SyncMachine();
    SyncMachine(const SyncMachine &) = delete;
    SyncMachine &operator=(const SyncMachine &) = delete;

    [[nodiscard]] crdt::Origin origin() const { return crdt::Origin::of(this); }
    [[nodiscard]] Role role() const { return m_context.role; }

    // Inputs

    /// The socket is open and the sub-protocol known. Also after closed(), for a new connection.
    /// `greeting` is for servers.
    void opened(Acknowledgements acknowledgements, Greeting greeting = Greeting::AtOnce);
    /// One binary message came.
    void receive(ByteView frame);
    /// The document changed by `update` in a transaction of this origin. Ignored while closed:
    /// the next connection begins with comparing state vectors.
    void localUpdate(ByteView update, crdt::Origin origin);
    /// Server: whether the peer is told now of changes, by whoever encodes them once for many
    /// peers instead of calling localUpdate() and awarenessChanged(). All but those of origin() are
    /// for it. It counts as sent.
    [[nodiscard]] bool takesShared();
    /// Awareness::updated fired.
    void awarenessChanged(const AwarenessChange &change, crdt::Origin origin);
    /// Server: everything that came up to the peer's document-changing message `index` (from 1) is
    /// on this computer's disk. Call it once for each commit of the log, with the last index.
    void persisted(std::uint64_t index);
    /// Server: what the peer may do; without this call, edit. Also while the connection is open:
    /// then the peer is told, and one that may edit from now on is closed with Reset, as what it
    /// wrote in the meantime is between its messages and ours. Client: as a server of another make
    /// has said in its own dialect; after opened(), which lets edit.
    void setAccess(Access access);
    /// Call at or after nextDeadline().
    void tick();
    /// The owner is about to close the connection by its own decision: tells the peer that this
    /// client goes.
    void leaving();
    /// The socket is gone, whoever closed it. Drops the presence that came over it.
    void closed();

    // Outputs

    /// The effects since the last call, in order.
    [[nodiscard]] Effects takeEffects();
    /// time_point::max() if nothing is due.
    [[nodiscard]] std::chrono::steady_clock::time_point nextDeadline() const;

    [[nodiscard]] bool isOpen() const { return m_open; }
    /// The peer's first step 2 of this connection has been applied.
    [[nodiscard]] bool isSynced() const { return m_open && m_synced; }
    [[nodiscard]] Acknowledgements acknowledgements() const { return m_acknowledgements; }
    /// What the client may do. A client knows it from its server: until that has said it, what
    /// it said on the last connection; servers of other makes say nothing, and let edit.
    [[nodiscard]] Access access() const { return m_access; }
    /// Document-changing messages sent on this connection whose arrival is not confirmed, by an
    /// acknowledgement or, without those, by the answer to a later question.
    [[nodiscard]] std::uint64_t unacknowledgedCount() const
    {
        return m_sentCount - m_confirmedCount;
    }
    [[nodiscard]] bool hasUnacknowledged() const { return unacknowledgedCount() > 0; }
    /// Clients whose presence came over this connection, and goes with it.
    [[nodiscard]] std::vector<crdt::ClientId> ownedClients() const;

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// A document-changing message under way, and the edits that are on the server once it is.
    struct SentMessage {
        std::uint64_t index = 0;
        std::uint64_t edit = 0;
        TimePoint sentAt;
    };

    /// What of one frame is answered at its end, once, however often it was asked.
    struct Questions {
        std::optional<crdt::StateVector> stateVector;
        bool awareness = false;
        std::optional<std::uint64_t> echo;
    };

    void handle(const Message &message, Questions &questions);
    void onStep1(const SyncStep1 &message, Questions &questions);
    void onUpdate(ByteView update, bool isStep2);
    void onAwareness(ByteView update);
    void onAcknowledgement(std::uint64_t count);
    void onAccess(Access access);
    void refuseUpdate(ByteView update, bool isStep2);
    [[nodiscard]] bool addsNothing(ByteView update, bool isStep2);
    void answer(const Questions &questions);
    /// `onLimit`: the close code if the error is that a limit was exceeded.
    void onBadInput(const Error &error, CloseCode onLimit);
    [[nodiscard]] bool mayApply(const AwarenessEntry &entry, bool &forged);

    void send(Bytes frame);
    void sendStep1();
    void sendDocumentMessage(Bytes frame);
    void close(CloseCode code);
    void confirm(std::uint64_t count);
    void updateResync();
    void resync();
    /// When to ask a server without acknowledgements; time_point::max() if there is no reason to.
    [[nodiscard]] TimePoint probeAt() const;

    Context m_context;
    Acknowledgements m_acknowledgements = Acknowledgements::Off;
    Greeting m_greeting = Greeting::AtOnce;
    Access m_access = Access::Edit;
    /// The first step 2 of this connection was refused.
    bool m_refusedStep2 = false;
    Effects m_effects;
    bool m_open = false;
    bool m_synced = false;
    /// Our step 2 of this connection is sent: from here on, messages carry edits without a gap.
    bool m_answered = false;
    TimePoint m_lastSent{};
    TimePoint m_lastReceived{};

    /// Document-changing messages: received and acknowledged (server), sent and confirmed (client).
    std::uint64_t m_receivedCount = 0;
    std::uint64_t m_acknowledgedCount = 0;
    std::uint64_t m_sentCount = 0;
    std::uint64_t m_confirmedCount = 0;
    std::deque<SentMessage> m_underWay;
    /// For each step 1 that was not answered yet: m_sentCount when it was sent. A peer handles
    /// messages in order, so its answer shows that it has handled all before the question.
    std::deque<std::uint64_t> m_openQuestions;

    /// A message could not be read: something may be missing that nothing points to.
    bool m_missedMessage = false;
    std::optional<TimePoint> m_resyncAt;
    std::chrono::seconds m_resyncDelay = kResyncDelay;
    int m_resyncs = 0;

    /// Client ids that came over this connection, if no owners are kept.
    std::set<crdt::ClientId> m_clients;
};

} // namespace cowrite::protocol
