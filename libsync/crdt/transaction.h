#pragma once

#include "libsync/crdt/delete_set.h"
#include "libsync/crdt/origin.h"
#include "libsync/crdt/shared_type.h"

#include <vector>

namespace cowrite::crdt {

/// The clocks one client gained in a transaction: [before, after).
struct ClientAdvance {
    ClientId client = 0;
    Clock before = 0;
    Clock after = 0;
};

/// A finished transaction as its observers see it: what changed, by whom. Valid during the call.
class Transaction {
public:
    [[nodiscard]] Doc &doc() const { return *m_doc; }
    [[nodiscard]] Origin origin() const { return m_origin; }
    /// False if an update was applied in it.
    [[nodiscard]] bool isLocal() const { return m_local; }
    /// Clients whose clock moved, by descending client id.
    [[nodiscard]] const std::vector<ClientAdvance> &advances() const { return m_advances; }
    /// What was deleted, normalised; on units inserted in this transaction as well.
    [[nodiscard]] const DeleteSet &deletions() const { return m_deletions; }
    /// Clients in the order in which something of theirs was first deleted; undo re-creates in it.
    [[nodiscard]] const std::vector<ClientId> &deletionOrder() const { return m_deletionOrder; }
    [[nodiscard]] bool changedDocument() const
    {
        return !m_advances.empty() || !m_deletions.empty();
    }
    /// The clock `client` had before; `otherwise` if it did not move.
    [[nodiscard]] Clock clockBefore(ClientId client, Clock otherwise) const;
    /// True if the unit was inserted, or deleted, by this transaction (yjs-compat 5.7).
    [[nodiscard]] bool adds(Id id) const;
    [[nodiscard]] bool deletes(Id id) const { return m_deletions.contains(id); }
    /// Types changed in this transaction that still live, roots and older types only.
    [[nodiscard]] const std::vector<SharedType> &changedTypes() const { return m_changed; }

private:
    friend class Doc;
    friend struct Store;
    friend struct ClosedTransaction;
    /// Makes it new and keeps its memory.
    void clear();

    Doc *m_doc = nullptr;
    Origin m_origin;
    bool m_local = true;
    std::vector<ClientAdvance> m_advances;
    DeleteSet m_deletions;
    std::vector<ClientId> m_deletionOrder;
    std::vector<SharedType> m_changed;
};

} // namespace cowrite::crdt
