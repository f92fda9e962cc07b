#include "libsync/crdt/undo_manager.h"

#include "libsync/crdt/each_struct.h"
#include "libsync/crdt/keep_item.h"
#include "libsync/crdt/redoer.h"
#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// Calls `visit` for each struct in the set, client by client in this order.
template <class Visit>
void forEachStruct(Store &store, const DeleteSet &set, const std::vector<ClientId> &order,
                   Visit visit)
{
    for (const ClientId client : order) {
        forEachStruct(store, client, set.find(client), visit);
    }
}

std::vector<ClientId> clientsOf(const DeleteSet &set)
{
    std::vector<ClientId> clients;
    for (const auto &[client, ranges] : set) {
        clients.push_back(client);
    }
    return clients;
}

} // namespace

UndoManager::UndoManager(Doc &doc, std::vector<SharedType> scope, Options options,
                         const cowrite::Clock &clock)
    : UndoManager(doc, std::move(options), clock)
{
    m_scope = std::move(scope);
}

UndoManager::UndoManager(Doc &doc, Options options, const cowrite::Clock &clock)
    : m_doc(doc),
      m_options(std::move(options)),
      m_clock(clock),
      m_subscription(doc.afterTransaction.connect(
          [this](const Transaction &transaction) { onTransaction(transaction); }))
{}

UndoManager::~UndoManager() = default;

bool UndoManager::undo()
{
    return pop(Mode::Undoing);
}

bool UndoManager::redo()
{
    return pop(Mode::Redoing);
}

void UndoManager::stopCapturing()
{
    m_lastCapture.reset();
}

void UndoManager::clear(Stacks which)
{
    const bool undo = which != Stacks::Redo;
    const bool redo = which != Stacks::Undo;
    if (!(undo && canUndo()) && !(redo && canRedo())) {
        return;
    }
    if (undo) {
        forget(m_undoStack);
    }
    if (redo) {
        forget(m_redoStack);
    }
    cleared.emit(which);
}

void UndoManager::restore(std::deque<UndoStep> undo, std::deque<UndoStep> redo)
{
    stopCapturing();
    m_undoStack = std::move(undo);
    m_redoStack = std::move(redo);
}

void UndoManager::addToScope(const SharedType &type)
{
    if (m_scope && std::find(m_scope->begin(), m_scope->end(), type) == m_scope->end()) {
        m_scope->push_back(type);
    }
}

void UndoManager::addTrackedOrigin(Origin origin)
{
    if (!isTrackedOrigin(origin)) {
        m_options.trackedOrigins.push_back(origin);
    }
}

void UndoManager::removeTrackedOrigin(Origin origin)
{
    std::erase(m_options.trackedOrigins, origin);
}

bool UndoManager::pop(Mode mode)
{
    if (m_doc.inTransaction()) {
        return false;
    }
    auto &stack = mode == Mode::Undoing ? m_undoStack : m_redoStack;
    std::optional<UndoStep> done;
    m_ownModes.push_back(mode);
    m_ownChanges.clear();
    m_doc.transact(
        [&] {
            while (!stack.empty() && !done) {
                UndoStep step = std::move(stack.back());
                stack.pop_back();
                if (reverse(step)) {
                    done = std::move(step);
                }
            }
        },
        origin());
    if (done) {
        const StepKind kind = mode == Mode::Undoing ? StepKind::Undo : StepKind::Redo;
        stepPopped.emit(*done, {kind, origin(), m_ownChanges});
    }
    return done.has_value();
}

/// Deletes what the step inserted and re-creates what it deleted (yjs-compat 6). True if anything
/// changed.
bool UndoManager::reverse(const UndoStep &step)
{
    Store &store = m_doc.store();
    std::vector<Item *> toDelete;
    forEachStruct(store, step.insertions, clientsOf(step.insertions), [&](Item *item) {
        if (item->isGc()) {
            return;
        }
        if (item->is(Item::Redone)) {
            Clock offset = 0;
            item = store.newestCopy(item->id, &offset);
            if (item->isGc()) {
                return;
            }
            if (offset > 0) {
                item = store.split(item, offset);
            }
        }
        if (!item->deleted() && inScope(branchOf(item))) {
            toDelete.push_back(item);
        }
    });
    std::vector<Item *> toRedo;
    forEachStruct(store, step.deletions, step.deletionOrder, [&](Item *item) {
        // What the step itself had inserted was only there in between.
        if (!item->isGc() && inScope(branchOf(item)) &&
            !step.insertions.contains(store.toId(item->id))) {
            toRedo.push_back(item);
        }
    });

    const auto goesAway = [&](Id id) {
        return m_options.ignoreRemoteMapChanges || step.insertions.contains(id) ||
               deletedByAnyStep(id);
    };
    bool changed = Redoer(store, toRedo, goesAway).run([](Item *item) { setKeep(item, true); });
    // Backwards, so that children go before the types they are in.
    for (auto item = toDelete.rbegin(); item != toDelete.rend(); ++item) {
        if (mayDelete(*item)) {
            store.remove(*item);
            changed = true;
        }
    }
    return changed;
}

void UndoManager::onTransaction(const Transaction &transaction)
{
    Mode mode = Mode::Capturing;
    if (transaction.origin() == origin() && !m_ownModes.empty()) {
        mode = m_ownModes.front();
        m_ownModes.pop_front();
        m_ownChanges = transaction.changedTypes();
    }
    if (!isTracked(transaction)) {
        return;
    }
    const bool undoing = mode == Mode::Undoing;
    const bool capturing = mode == Mode::Capturing;
    auto &stack = undoing ? m_redoStack : m_undoStack;
    if (undoing) {
        stopCapturing();
    } else if (capturing) {
        clear(Stacks::Redo);
    }

    UndoStep step;
    for (const ClientAdvance &advance : transaction.advances()) {
        step.insertions.add(advance.client, {advance.before, advance.after - advance.before});
    }
    step.deletions = transaction.deletions();
    step.deletionOrder = transaction.deletionOrder();

    const auto now = m_clock.steadyNow();
    const bool joins = capturing && m_lastCapture && !stack.empty() &&
                       now - *m_lastCapture < m_options.captureTimeout;
    if (joins) {
        UndoStep &top = stack.back();
        top.insertions.add(step.insertions);
        top.insertions.normalize();
        top.deletions.add(step.deletions);
        top.deletions.normalize();
        for (const ClientId client : step.deletionOrder) {
            if (std::find(top.deletionOrder.begin(), top.deletionOrder.end(), client) ==
                top.deletionOrder.end()) {
                top.deletionOrder.push_back(client);
            }
        }
    } else {
        stack.push_back(std::move(step));
    }
    if (capturing) {
        m_lastCapture = now;
    }

    keepDeletions(transaction);
    auto &signal = joins ? stepUpdated : stepAdded;
    signal.emit(stack.back(), {undoing ? StepKind::Redo : StepKind::Undo, transaction.origin(),
                               transaction.changedTypes()});
}

/// What a step deleted must not be collected while the step may bring it back.
void UndoManager::keepDeletions(const Transaction &transaction)
{
    Store &store = m_doc.store();
    for (const auto &[clientId, ranges] : transaction.deletions()) {
        const StructList &structs = store.clients[store.findClient(clientId)].structs;
        for (const ClockRange &range : ranges) {
            structs.forEach(range.clock, range.end(), [&](Item *item) {
                if (!item->isGc() && item->deleted() && inScope(branchOf(item))) {
                    setKeep(item, true);
                }
            });
        }
    }
}

bool UndoManager::isTracked(const Transaction &transaction) const
{
    if (transaction.origin() != origin() && !isTrackedOrigin(transaction.origin())) {
        return false;
    }
    if (m_options.captureTransaction && !m_options.captureTransaction(transaction)) {
        return false;
    }
    if (!m_scope) {
        // Yjs makes steps of transactions that did nothing, and forgets what could be redone.
        return transaction.changedDocument();
    }
    const std::vector<SharedType> &changed = transaction.changedTypes();
    return std::any_of(changed.begin(), changed.end(),
                       [&](const SharedType &type) { return inScope(type.branch()); });
}

bool UndoManager::isTrackedOrigin(Origin origin) const
{
    const auto &origins = m_options.trackedOrigins;
    const auto &types = m_options.trackedOriginTypes;
    return std::find(origins.begin(), origins.end(), origin) != origins.end() ||
           std::find(types.begin(), types.end(), origin.type()) != types.end();
}

bool UndoManager::mayDelete(const Item *item) const
{
    if (!m_options.deleteFilter) {
        return true;
    }
    UndoDeletion deletion{
        m_doc.store().toId(item->id), item->length, SharedType(branchOf(item)), {}, {}};
    if (const KeyChain *chain = chainOf(item)) {
        deletion.key = *chain->key;
    }
    if (item->kind == ContentKind::Type) {
        deletion.type = SharedType(item->payload.branch);
    }
    return m_options.deleteFilter(deletion);
}

bool UndoManager::inScope(const Branch *branch) const
{
    return !m_scope || std::any_of(m_scope->begin(), m_scope->end(), [&](const SharedType &type) {
        return isWithin(type.branch(), branch);
    });
}

bool UndoManager::deletedByAnyStep(Id id) const
{
    const auto deletes = [&](const UndoStep &step) { return step.deletions.contains(id); };
    return std::any_of(m_undoStack.begin(), m_undoStack.end(), deletes) ||
           std::any_of(m_redoStack.begin(), m_redoStack.end(), deletes);
}

void UndoManager::forget(std::deque<UndoStep> &steps)
{
    if (steps.empty()) {
        return;
    }
    m_doc.transact([&] {
        for (const UndoStep &step : steps) {
            forEachStruct(m_doc.store(), step.deletions, step.deletionOrder, [&](Item *item) {
                if (!item->isGc() && inScope(branchOf(item))) {
                    setKeep(item, false);
                }
            });
        }
    });
    steps.clear();
}

} // namespace cowrite::crdt
