#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/doc.h"

namespace cowrite::crdt {

/// Keeps the content of some units when they are deleted, whoever does that: for a document that
/// is read from where it is stored, and in which undoing shall bring them back. What was kept stays
/// so when this object is gone; UndoManager::clear() gives it up.
class ContentKeeper {
public:
    /// `units` must be normalised; `doc` outlives this object.
    ContentKeeper(Doc &doc, DeleteSet units);

private:
    void onTransaction(const Transaction &transaction) const;

    DeleteSet m_units;
    Subscription m_subscription;
};

} // namespace cowrite::crdt
