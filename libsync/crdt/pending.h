#pragma once

#include "libsync/crdt/delete_set.h"
#include "libsync/crdt/update.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace cowrite::crdt {

/// A struct that waits for others, with everything it needs in itself.
struct PendingStruct {
    Clock clock = 0;
    Clock length = 0;
    ContentKind kind = ContentKind::Gc;
    std::optional<Id> origin;
    std::optional<Id> rightOrigin;
    std::optional<Id> parentItem;
    std::optional<std::string> parentRoot;
    std::optional<std::string> key;
    std::u16string text;
    std::optional<Content> content;

    Clock end() const { return clock + length; }
};

/// What arrived before its dependencies (yjs-compat 3.4), indexed by client and clock, so that a
/// flood of structs from far ahead costs O(log n) each.
class PendingStore {
public:
    using Structs = std::map<Clock, PendingStruct>;
    using Clients = std::map<ClientId, Structs, std::greater<>>;

    bool empty() const { return m_clients.empty() && deletions.empty(); }
    const Clients &clients() const { return m_clients; }
    std::size_t structCount() const { return m_count; }
    /// Of the structs and the deletions: grows when something waits that did not before.
    std::uint64_t unitCount() const;

    /// Takes structs of one client from an update, in the order of their clocks; Skips are left
    /// out. Merged with what waits already as Yjs does it; without an overlap in O(log n) each.
    void add(const Update &update, ClientId client, std::span<const WireStruct> wires);
    /// Integration needs `client` to be past `clock`.
    void waitFor(ClientId client, Clock clock);

    /// Clients whose next clock, when past the mapped value, makes another try worthwhile.
    const std::map<ClientId, Clock> &missing() const { return m_missing; }
    /// Everything that waits.
    Update toUpdate() const;
    /// The structs that wait, and forgets them; deletions stay.
    Update take();
    /// Forgets everything but the revision.
    void clear();

    DeleteSet deletions;
    std::uint64_t revision = 0; ///< See Doc::pendingRevision().

private:
    Clients m_clients;
    std::map<ClientId, Clock> m_missing;
    std::size_t m_count = 0;
    std::uint64_t m_units = 0; ///< Of the structs.
};

} // namespace cowrite::crdt
