#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/crdt/transaction.h"

#include <map>
#include <set>
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
/// Computed when its transaction's edits end, if the type has observers: what they do then does not
/// show in it.
class Event {
public:
    /// For the engine: `changed` are interned keys, and null for the list; they may repeat.
    Event(SharedType target, const Transaction &transaction,
          const std::vector<const std::string *> &changed);

    [[nodiscard]] SharedType target() const { return m_target; }
    [[nodiscard]] const Transaction &transaction() const { return *m_transaction; }
    /// From the type whose observer is called down to the target, as things stand at that moment;
    /// empty when they are the same.
    [[nodiscard]] Path path() const;
    /// Changes of the list or text; a trailing plain retain is left out.
    [[nodiscard]] const Delta &delta() const { return m_delta; }
    [[nodiscard]] const std::map<std::string, KeyChange> &keys() const { return m_keys; }
    /// Whether the list or text was written to, if only to be as before at the end.
    [[nodiscard]] bool childListChanged() const { return m_childListChanged; }
    /// The keys, or attributes, that were written to, if only to be as before at the end.
    [[nodiscard]] const std::set<std::string> &keysChanged() const { return m_keysChanged; }

    /// For the engine: the same event for deep observers of `observed`.
    [[nodiscard]] Event seenFrom(SharedType observed) const;

private:
    SharedType m_target;
    SharedType m_observed;
    const Transaction *m_transaction;
    Delta m_delta;
    std::map<std::string, KeyChange> m_keys;
    bool m_childListChanged = false;
    std::set<std::string> m_keysChanged;
};

} // namespace cowrite::crdt
