#pragma once

#include "libsync/crdt/delete_set.h"
#include "libsync/crdt/update.h"

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cowrite::crdt {

/// A struct that waits for others.
struct PendingStruct {
    /// Clients and names are those of the PendingStore, where a struct of an update has an index of
    /// text or content there is none.
    WireStruct wire;
    std::u16string text;
    std::unique_ptr<Content> content;

    /// What it costs to keep, content and all.
    std::size_t bytes() const;
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
    /// What all structs cost to keep, with the names that they use or used.
    std::size_t bytes() const { return m_bytes; }
    /// Of the structs and the deletions: grows when something waits that did not before.
    std::uint64_t unitCount() const;

    /// Structs of one client of an update, in the order of their clocks.
    struct Section {
        ClientId client = 0;
        std::span<const WireStruct> structs;
    };
    /// Takes what an update leaves waiting, by descending client; Skips are left out and contents
    /// move. Merged with what waits already as Yjs does it; without an overlap in O(log n) each.
    void add(Update &update, const std::vector<Section> &sections);
    /// Forgets the units of `client` below `clock`: they came from elsewhere, maybe collected,
    /// which needs nothing else to be integrated.
    void dropBelow(ClientId client, Clock clock);
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
    PendingStruct take(Update &update, const WireStruct &wire);
    void cutFront(PendingStruct &pending, ClientId client, Clock units);
    /// The two lists that are merged.
    enum class List : std::uint8_t { Waiting, Incoming };
    List add(Update &update, const Section &section, List ahead);
    List merge(ClientId client, std::vector<PendingStruct> &structs,
               std::vector<PendingStruct> incoming, List ahead);
    std::uint32_t internClient(ClientId client);
    TableIndex internName(const std::string &name);
    void clearStructs();

    Clients m_clients;
    std::map<ClientId, Clock> m_missing;
    /// Whom and what the structs refer to, by index.
    std::vector<ClientId> m_clientIds;
    std::map<ClientId, std::uint32_t> m_clientIndex;
    std::vector<std::string> m_names;
    std::map<std::string, TableIndex> m_nameIndex;
    std::size_t m_count = 0;
    std::size_t m_bytes = 0;
    std::uint64_t m_units = 0; ///< Of the structs.
};

} // namespace cowrite::crdt
