#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/origin.h"
#include "libsync/protocol/awareness_codec.h"

#include <chrono>
#include <map>
#include <span>

namespace cowrite::protocol {

/// The own state is announced again when it is this old, so that others know we still live.
inline constexpr std::chrono::seconds kAwarenessRenewal{15};
/// Another's state that was not renewed for this long is dropped.
inline constexpr std::chrono::seconds kAwarenessTimeout{30};
/// A clock this far beyond the known one is refused: it would silence its client for ever.
inline constexpr std::uint64_t kMaxAwarenessClockStep = std::uint64_t{1} << 31;
/// States of one document, and their JSON text together: all of them fit into one message.
inline constexpr std::size_t kMaxAwarenessStates = kMaxAwarenessEntries;
inline constexpr std::size_t kMaxAwarenessTotalBytes = std::size_t{8} << 20;
/// Clocks remembered of clients that are gone; the longest gone are forgotten first.
inline constexpr std::size_t kMaxRememberedClocks = 10'000;

/// Which clients an awareness update concerned, as Yjs reports it: a client that was here before
/// and comes back is `updated`, not `added`.
struct AwarenessChange {
    std::vector<crdt::ClientId> added;
    std::vector<crdt::ClientId> updated;
    std::vector<crdt::ClientId> removed;

    [[nodiscard]] bool empty() const { return added.empty() && updated.empty() && removed.empty(); }
    /// All of them, in this order.
    [[nodiscard]] std::vector<crdt::ClientId> clients() const;
};

/// A client's presence as it is known here.
struct AwarenessState {
    std::uint64_t clock = 0;
    lib0::Any state;
    std::string json;
    /// When its clock last moved.
    std::chrono::steady_clock::time_point lastSeen;
};

enum class KeepClocks { Yes, No };

/// Who is here, with what they say about themselves (yjs-compat 7.2). Stricter than Yjs in two
/// points: the own clock starts at 1, because peers ignore an unknown client at 0; and nobody else
/// can set the own state. Runs on the steady clock, so that no wall clock makes ghosts.
class Awareness {
public:
    using States = std::map<crdt::ClientId, AwarenessState>;

    /// `own` is the client id of the document. There is no own state until one is set.
    Awareness(crdt::ClientId own, const Clock &clock);

    [[nodiscard]] crdt::ClientId clientId() const { return m_own; }
    /// Goes on under another client id: the old one goes offline, the new one gets the own state.
    void setClientId(crdt::ClientId own);

    /// Sets what others see of this client, or takes it away; always announces, even if equal.
    /// Errors: Unsupported if it cannot be written as JSON, LimitExceeded beyond
    /// kMaxAwarenessStateBytes; the old state stays then.
    [[nodiscard]] Result<void> setLocalState(std::optional<lib0::Any> state);
    /// Sets one member of the own state and leaves the others, also those that other programs'
    /// rules put there; undefined removes it. Nothing happens without an own state, or if the
    /// member has this value already. Errors as setLocalState().
    [[nodiscard]] Result<void> setLocalField(std::string_view key, lib0::Any value);
    /// Null when there is none.
    [[nodiscard]] const lib0::Any *localState() const;
    /// Announces the own state again under a higher clock. Nothing happens without one.
    void renew();

    /// The present states of all clients, the own one included, by ascending client id.
    [[nodiscard]] const States &states() const { return m_states; }
    /// The highest clock known of a client, also of one that is gone; 0 if there is none.
    [[nodiscard]] std::uint64_t knownClock(crdt::ClientId client) const;

    /// Takes what a peer sent. Checks everything first: on error nothing has changed.
    /// Errors: those of decodeAwarenessUpdate(), and LimitExceeded for a clock beyond
    /// kMaxAwarenessClockStep or for more states than the bounds above allow.
    [[nodiscard]] Result<AwarenessChange> apply(ByteView update, crdt::Origin origin);
    [[nodiscard]] Result<AwarenessChange> apply(const std::vector<AwarenessEntry> &entries,
                                                crdt::Origin origin);
    /// Drops the states of these clients, whose connection has ended; the own clock rises then.
    /// KeepClocks::No forgets their clocks too: only right if no old message of theirs can still
    /// come, and then they are seen at once when the connection is back.
    void removeStates(std::span<const crdt::ClientId> clients, crdt::Origin origin,
                      KeepClocks keepClocks = KeepClocks::Yes);

    /// An awareness update with these clients' states; who has none is announced as offline.
    /// Clients that were never heard of are left out.
    [[nodiscard]] Bytes encode(std::span<const crdt::ClientId> clients) const;
    /// All present states.
    [[nodiscard]] Bytes encodeAll() const;
    /// Says that this client goes, as y-websocket does before it disconnects: null under the
    /// present clock. The state itself stays, for the next connection.
    [[nodiscard]] Bytes encodeGoodbye() const;

    /// Renews the own state and drops the dead; call at or after nextDeadline().
    void tick();
    /// When tick() has something to do next; time_point::max() if never.
    [[nodiscard]] std::chrono::steady_clock::time_point nextDeadline() const;

    /// Something really differs (deep equality). The origin is that of apply() or removeStates(),
    /// empty for own changes and timeouts.
    Signal<const AwarenessChange &, crdt::Origin> changed;
    /// Something was announced, renewals included: what has to be passed on to the other
    /// connections. Comes after `changed`.
    Signal<const AwarenessChange &, crdt::Origin> updated;

private:
    /// Outlives the state: an old message must not bring back who is gone.
    struct Meta {
        std::uint64_t clock = 0;
        std::chrono::steady_clock::time_point lastSeen;
    };
    struct Changes {
        AwarenessChange all;
        AwarenessChange real;
    };

    [[nodiscard]] Result<void> check(const std::vector<AwarenessEntry> &entries) const;
    [[nodiscard]] bool isNews(const AwarenessEntry &entry) const;
    void applyOther(const AwarenessEntry &entry, Changes &changes);
    /// True if the own state has to be announced again.
    [[nodiscard]] bool applyOwn(const AwarenessEntry &entry);
    void setState(crdt::ClientId client, std::uint64_t clock, lib0::Any state, std::string json);
    void eraseState(crdt::ClientId client);
    void touch(crdt::ClientId client, std::uint64_t clock);
    void forgetOldClocks();
    void announce(const Changes &changes, crdt::Origin origin);

    crdt::ClientId m_own;
    const Clock &m_clock;
    States m_states;
    std::map<crdt::ClientId, Meta> m_metas;
    std::size_t m_totalBytes = 0;
};

} // namespace cowrite::protocol
