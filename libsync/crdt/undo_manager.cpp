#include "libsync/crdt/undo_manager.h"

#include "libsync/crdt/redoer.h"
#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// Calls `visit` for each struct in the set, split so that none reaches beyond it.
template <class Visit>
void forEachStruct(Store &store, const DeleteSet &set, const std::vector<ClientId> &order,
                   Visit visit)
{
    for (const ClientId clientId : order) {
        const std::uint32_t client = store.findClient(clientId);
        const DeleteSet::Ranges *ranges = set.find(clientId);
        if (client == LocalId::kNoClient || ranges == nullptr) {
            continue;
        }
        for (const ClockRange &range : *ranges) {
            const Clock end = std::min(range.end(), store.stateOf(client));
            for (Clock clock = range.clock; clock < end;) {
                Item *item = store.findStart({client, clock});
                if (item->end() > end && !item->isGc()) {
                    store.split(item, end - item->id.clock);
                }
                clock = item->end();
                visit(item);
            }
        }
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

/// Keeps the item, and what it is in, from being collected; or no longer.
void setKeep(Item *item, bool keep)
{
    while (item != nullptr && !item->isGc() && item->is(Item::Keep) != keep) {
        item->flags ^= Item::Keep;
        item = branchOf(item)->item;
    }
}

} // namespace

UndoManager::UndoManager(Doc &doc, std::vector<SharedType> scope, Options options,
                         const cowrite::Clock &clock)
    : m_doc(doc),
      m_scope(std::move(scope)),
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

void UndoManager::clear()
{
    forget(m_undoStack);
    forget(m_redoStack);
}

bool UndoManager::pop(Mode mode)
{
    if (m_doc.inTransaction()) {
        return false;
    }
    auto &stack = mode == Mode::Undoing ? m_undoStack : m_redoStack;
    std::optional<UndoStep> done;
    m_ownModes.push_back(mode);
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
        stepPopped.emit(*done, mode == Mode::Undoing ? StepKind::Undo : StepKind::Redo);
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

    bool changed = Redoer(store, toRedo, [&](Id id) {
                       return step.insertions.contains(id) || deletedByAnyStep(id);
                   }).run([](Item *item) { setKeep(item, true); });
    // Backwards, so that children go before the types they are in.
    for (auto item = toDelete.rbegin(); item != toDelete.rend(); ++item) {
        store.remove(*item);
        changed = true;
    }
    return changed;
}

void UndoManager::onTransaction(const Transaction &transaction)
{
    Mode mode = Mode::Capturing;
    if (transaction.origin() == origin() && !m_ownModes.empty()) {
        mode = m_ownModes.front();
        m_ownModes.pop_front();
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
        forget(m_redoStack);
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

    Store &store = m_doc.store();
    for (const auto &[clientId, ranges] : transaction.deletions()) {
        const StructList &structs = store.clients[store.findClient(clientId)].structs;
        for (const ClockRange &range : ranges) {
            for (auto at = structs.find(range.clock);; at = structs.next(at)) {
                Item *item = structs.at(at);
                if (item->id.clock >= range.end()) {
                    break;
                }
                if (!item->isGc() && item->deleted() && inScope(branchOf(item))) {
                    setKeep(item, true);
                }
                if (structs.isLast(at)) {
                    break;
                }
            }
        }
    }
    auto &signal = joins ? stepUpdated : stepAdded;
    signal.emit(stack.back(), undoing ? StepKind::Redo : StepKind::Undo);
}

bool UndoManager::isTracked(const Transaction &transaction) const
{
    const auto &tracked = m_options.trackedOrigins;
    if (transaction.origin() != origin() &&
        std::find(tracked.begin(), tracked.end(), transaction.origin()) == tracked.end()) {
        return false;
    }
    const std::vector<SharedType> changed = transaction.changedTypes();
    return std::any_of(changed.begin(), changed.end(),
                       [&](const SharedType &type) { return inScope(type.branch()); });
}

bool UndoManager::inScope(const Branch *branch) const
{
    return std::any_of(m_scope.begin(), m_scope.end(),
                       [&](const SharedType &type) { return isWithin(type.branch(), branch); });
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
