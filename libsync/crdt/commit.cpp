#include "libsync/crdt/store.h"

#include "libsync/base/check.h"
#include "libsync/crdt/event.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace cowrite::crdt {

namespace {

/// Entries of which the memory is kept; a larger transaction gives back what it took.
constexpr std::size_t kKeptEntries = 1024;
/// Of a transaction that changed no more types than this, they are compared one by one.
constexpr std::size_t kFewChanges = 16;

template <class Entries>
void clearKeepingFew(Entries &entries)
{
    if (entries.empty()) {
        return;
    }
    if (entries.capacity() > kKeptEntries) {
        entries = {};
    } else {
        entries.clear();
    }
}

} // namespace

void OpenTransaction::clear()
{
    serial = 0;
    origin = {};
    local = true;
    structural = false;
    observed = false;
    clearKeepingFew(touched);
    clearKeepingFew(deleted);
    clearKeepingFew(mergeCandidates);
    clearKeepingFew(changed);
    clearKeepingFew(subdocs);
}

void Transaction::clear()
{
    clearKeepingFew(m_deletions);
    clearKeepingFew(m_advances);
    clearKeepingFew(m_deletionOrder);
    clearKeepingFew(m_changed);
}

void ClosedTransaction::clear()
{
    edits.clear();
    transaction.clear();
    clearKeepingFew(events);
    if (!subdocs.empty()) {
        subdocs = {};
    }
}

void Store::beginOutermost(Origin origin)
{
    open.serial = ++lastSerial;
    open.origin = origin;
    open.observed = hasObservers();
}

/// Notes the clock a client had before this transaction; called before its clock moves.
void Store::touch(std::uint32_t client)
{
    ClientRecord &record = clients[client];
    if (record.touchedBy == open.serial) {
        return;
    }
    record.touchedBy = open.serial;
    record.clockBefore = record.nextClock;
    open.touched.push_back({client, record.nextClock});
}

/// A type counts as changed if it is a root or older than the transaction (yjs-compat 3.6).
void Store::addChange(Branch *branch, const std::string *key)
{
    if (branch->collected) {
        return;
    }
    if (branch->item != nullptr && branch->item->id.clock >= clockBefore(branch->item->id.client)) {
        return;
    }
    const OpenTransaction::Changed change{branch, key};
    if (open.changed.empty() || open.changed.back() != change) {
        open.changed.push_back(change);
    }
}

Clock Store::clockBefore(std::uint32_t client) const
{
    const ClientRecord &record = clients[client];
    return record.touchedBy == open.serial ? record.clockBefore : record.nextClock;
}

/// Transactions that observers start queue up behind the one they observe (yjs-compat 3.6 step 10).
void Store::commitOutermost()
{
    // Somebody else writes under our id: leave it to them (yjs-compat 2.1), before anybody here
    // writes more.
    const auto isOwn = [&](const OpenTransaction::Touched &touched) {
        return clientIdOf(touched.client) == clientId;
    };
    if (!open.local && std::any_of(open.touched.begin(), open.touched.end(), isOwn)) {
        drawClientId();
    }
    const bool watched = open.observed || doc->committed.hasSubscribers() || !open.subdocs.empty();
    if (!watched && !finishing) {
        settle(open);
        open.clear();
        return;
    }
    close();
    if (finishing) {
        return;
    }
    finishing = true;
    while (!finished.empty()) {
        std::unique_ptr<ClosedTransaction> next = std::move(finished.front());
        finished.pop_front();
        finish(*next);
        next->clear();
        spare = std::move(next);
    }
    finishing = false;
}

void Store::finish(ClosedTransaction &done)
{
    callObservers(done.events);
    doc->afterTransaction.emit(done.transaction);
    settle(done.edits);
    doc->committed.emit(done.transaction);
    if (!done.subdocs.empty()) {
        doc->subdocsChanged.emit(done.subdocs, done.transaction);
        for (const Subdoc &removed : done.subdocs.removed) {
            removed.record()->doc.reset();
        }
    }
}

/// Drops what was deleted and joins what can be joined (yjs-compat 3.6 step 7).
void Store::settle(OpenTransaction &done)
{
    using Deleted = OpenTransaction::Deleted;
    if (done.structural) {
        const auto isBefore = [](const Deleted &a, const Deleted &b) {
            return a.id.client != b.id.client ? a.id.client < b.id.client : a.id.clock < b.id.clock;
        };
        // A document that is loaded brings them in order.
        if (!std::is_sorted(done.deleted.begin(), done.deleted.end(), isBefore)) {
            std::sort(done.deleted.begin(), done.deleted.end(), isBefore);
        }
        const auto joins = [](Deleted &a, const Deleted &b) {
            if (b.id != a.id.at(a.length) || a.isCollected != b.isCollected) {
                return false;
            }
            a.length += b.length;
            return true;
        };
        std::size_t kept = 0;
        for (std::size_t i = 1; i < done.deleted.size(); ++i) {
            if (!joins(done.deleted[kept], done.deleted[i])) {
                done.deleted[++kept] = done.deleted[i];
            }
        }
        if (!done.deleted.empty()) {
            done.deleted.resize(kept + 1);
        }
        if (options.gc == GarbageCollection::On) {
            collectDeleted(done.deleted);
        }
        mergeAfter(done);
    }
}

/// Turns what was noted while edits ran into what observers read, and queues it for them.
void Store::close()
{
    std::unique_ptr<ClosedTransaction> closed =
        spare ? std::move(spare) : std::make_unique<ClosedTransaction>();
    Transaction &transaction = closed->transaction;
    transaction.m_doc = doc;
    transaction.m_origin = open.origin;
    transaction.m_local = open.local;
    for (const OpenTransaction::Touched &touched : open.touched) {
        transaction.m_advances.push_back(
            {clientIdOf(touched.client), touched.before, stateOf(touched.client)});
    }
    std::sort(transaction.m_advances.begin(), transaction.m_advances.end(),
              [](const auto &a, const auto &b) { return a.client > b.client; });
    for (const OpenTransaction::Deleted &deleted : open.deleted) {
        ClientRecord &client = clients[deleted.id.client];
        transaction.m_deletions.add(client.id, {deleted.id.clock, deleted.length});
        if (client.deletedBy != open.serial) {
            client.deletedBy = open.serial;
            transaction.m_deletionOrder.push_back(client.id);
        }
    }
    transaction.m_deletions.normalize();
    std::unordered_set<const Branch *> known;
    const auto isNew = [&](Branch *branch) {
        // Mostly there is one, and a set would be made for every key that is pressed.
        return open.changed.size() <= kFewChanges
                   ? std::find(transaction.m_changed.begin(), transaction.m_changed.end(),
                               SharedType(branch)) == transaction.m_changed.end()
                   : known.insert(branch).second;
    };
    for (const OpenTransaction::Changed &change : open.changed) {
        if (!change.branch->isDeleted() && isNew(change.branch)) {
            transaction.m_changed.emplace_back(change.branch);
        }
    }
    closed->events = observedEvents(transaction);
    if (!open.subdocs.empty()) {
        closed->subdocs = takeSubdocChanges(open.subdocs);
    }
    if (open.structural) {
        std::swap(closed->edits, open); // They are settled once they were observed.
    }
    open.clear();
    finished.push_back(std::move(closed));
}

namespace {

bool isObserved(const Branch *branch)
{
    if (branch->observers && branch->observers->own.hasSubscribers()) {
        return true;
    }
    for (; branch != nullptr; branch = parentOf(branch)) {
        if (branch->observers && branch->observers->deep.hasSubscribers()) {
            return true;
        }
    }
    return false;
}

/// One call of the deep observers of `branch`: events below it, shallow ones first.
struct DeepCall {
    Branch *branch;
    std::vector<std::pair<std::size_t, const Event *>> events; ///< With their depth below.
};

} // namespace

std::vector<Event> Store::observedEvents(const Transaction &transaction) const
{
    std::vector<Event> events;
    const std::vector<SharedType> &types = transaction.changedTypes();
    if (std::none_of(types.begin(), types.end(),
                     [](const SharedType &type) { return isObserved(type.branch()); })) {
        return events;
    }
    std::unordered_map<const Branch *, std::vector<const std::string *>> partsOf;
    for (const OpenTransaction::Changed &change : open.changed) {
        partsOf[change.branch].push_back(change.key);
    }
    for (const SharedType &type : types) {
        if (isObserved(type.branch())) {
            events.emplace_back(type, transaction, partsOf[type.branch()]);
        }
    }
    return events;
}

void Store::callObservers(const std::vector<Event> &events)
{
    for (const Event &event : events) {
        const Branch *branch = event.target().branch();
        if (!branch->isDeleted() && branch->observers) {
            branch->observers->own.emit(event);
        }
    }

    std::vector<DeepCall> calls;
    for (const Event &event : events) {
        if (event.target().isDeleted()) {
            continue; // An observer deleted it.
        }
        std::size_t depth = 0;
        for (Branch *above = event.target().branch(); above != nullptr;
             above = parentOf(above), ++depth) {
            if (!above->observers || !above->observers->deep.hasSubscribers()) {
                continue;
            }
            auto call = std::find_if(calls.begin(), calls.end(),
                                     [&](const DeepCall &c) { return c.branch == above; });
            if (call == calls.end()) {
                call = calls.insert(calls.end(), DeepCall{above, {}});
            }
            call->events.emplace_back(depth, &event);
        }
    }
    for (DeepCall &call : calls) {
        std::stable_sort(call.events.begin(), call.events.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        std::vector<Event> ordered;
        for (const auto &[depth, event] : call.events) {
            ordered.push_back(event->seenFrom(SharedType(call.branch)));
        }
        call.branch->observers->deep.emit(ordered);
    }
}

} // namespace cowrite::crdt
