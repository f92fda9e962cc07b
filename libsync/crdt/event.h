#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/crdt/transaction.h"

#include <map>
#include <string>

namespace cowrite::crdt {

/// What happened to one key of a map (yjs-compat 5.7).
struct KeyChange {
    enum class Action { Add, Update, Delete };
    Action action = Action::Add;
    /// The value before; undefined for Add.
    Value oldValue;

    friend bool operator==(const KeyChange &, const KeyChange &) = default;
};

/// What one transaction did to one shared type. Reading it never changes the document.
/// Delta and keys are computed on first use and kept.
class Event {
public:
    Event(SharedType target, const Transaction &transaction, std::vector<const std::string *> keys);

    SharedType target() const { return m_target; }
    const Transaction &transaction() const { return *m_transaction; }
    /// From the observed type down to the target; empty when they are the same.
    Path path(const SharedType &observed) const;
    /// Changes of the list or text; a trailing plain retain is left out.
    const Delta &delta() const;
    const std::map<std::string, KeyChange> &keys() const;

private:
    SharedType m_target;
    const Transaction *m_transaction;
    std::vector<const std::string *> m_changedKeys;
    mutable std::optional<Delta> m_delta;
    mutable std::optional<std::map<std::string, KeyChange>> m_keys;
};

} // namespace cowrite::crdt
