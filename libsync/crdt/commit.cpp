#include "libsync/crdt/store.h"

#include "libsync/base/check.h"
#include "libsync/crdt/event.h"

#include <algorithm>

namespace cowrite::crdt {

void Store::begin(Origin origin)
{
    if (depth++ > 0) {
        return;
    }
    open.serial = ++lastSerial;
    open.origin = origin;
    open.local = true;
    open.structural = false;
    open.observed = hasObservers();
    open.touched.clear();
    open.deleted.clear();
    open.mergeCandidates.clear();
    open.changed.clear();
}

/// Notes the clock a client had before this transaction; called before its clock moves.
void Store::touch(std::uint32_t client)
{
    ClientRecord &record = clients[client];
    if (record.touchedBy == open.serial) {
        return;
    }
    record.touchedBy = open.serial;
    open.touched.push_back({client, record.nextClock, 0});
}

/// A type counts as changed if it is a root or older than the transaction (yjs-compat 3.6).
void Store::noteChange(Branch *branch, const std::string *key)
{
    if (!open.observed || branch->collected) {
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
    if (record.touchedBy != open.serial) {
        return record.nextClock;
    }
    for (const OpenTransaction::Touched &touched : open.touched) {
        if (touched.client == client) {
            return touched.before;
        }
    }
    COWRITE_CHECK(!"a touched client is listed");
    return 0;
}

/// Transactions that observers start queue up behind the one they observe (yjs-compat 3.6 step 10).
void Store::commit()
{
    COWRITE_CHECK(depth > 0);
    if (--depth > 0) {
        return;
    }
    for (OpenTransaction::Touched &touched : open.touched) {
        touched.after = stateOf(touched.client);
    }
    const bool watched = open.observed || doc->committed.hasSubscribers();
    if (!watched && !finishing) {
        settle(open);
        return;
    }
    finished.push_back(std::exchange(open, {}));
    if (finishing) {
        return;
    }
    finishing = true;
    while (!finished.empty()) {
        OpenTransaction next = std::move(finished.front());
        finished.pop_front();
        finish(next);
    }
    finishing = false;
}

void Store::finish(OpenTransaction &done)
{
    const Transaction transaction = close(done);
    if (!done.changed.empty()) {
        callObservers(transaction, done.changed);
    }
    doc->afterTransaction.emit(transaction);
    settle(done);
    doc->committed.emit(transaction);
}

/// Drops what was deleted and joins what can be joined (yjs-compat 3.6 step 7).
void Store::settle(OpenTransaction &done)
{
    using Deleted = OpenTransaction::Deleted;
    if (done.structural) {
        std::sort(done.deleted.begin(), done.deleted.end(), [](const Deleted &a, const Deleted &b) {
            return a.id.client != b.id.client ? a.id.client < b.id.client : a.id.clock < b.id.clock;
        });
        const auto joins = [](Deleted &a, const Deleted &b) {
            if (b.id != a.id.at(a.length)) {
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
    // Somebody else writes under our id: leave it to them (yjs-compat 2.1).
    const auto isOwn = [&](const OpenTransaction::Touched &touched) {
        return clientIdOf(touched.client) == clientId;
    };
    if (!done.local && std::any_of(done.touched.begin(), done.touched.end(), isOwn)) {
        drawClientId();
    }
}

/// Turns what was noted while edits ran into what observers read.
Transaction Store::close(const OpenTransaction &done) const
{
    Transaction transaction;
    transaction.m_doc = doc;
    transaction.m_origin = done.origin;
    transaction.m_local = done.local;
    for (const OpenTransaction::Touched &touched : done.touched) {
        transaction.m_advances.push_back(
            {clientIdOf(touched.client), touched.before, touched.after});
    }
    std::sort(transaction.m_advances.begin(), transaction.m_advances.end(),
              [](const auto &a, const auto &b) { return a.client > b.client; });
    for (const OpenTransaction::Deleted &deleted : done.deleted) {
        const ClientId client = clientIdOf(deleted.id.client);
        const std::size_t known = transaction.m_deletions.clientCount();
        transaction.m_deletions.add(client, {deleted.id.clock, deleted.length});
        if (transaction.m_deletions.clientCount() > known) {
            transaction.m_deletionOrder.push_back(client);
        }
    }
    transaction.m_deletions.normalize();
    for (const OpenTransaction::Changed &change : done.changed) {
        auto &changed = transaction.m_changed;
        if (!change.branch->isDeleted() &&
            std::find(changed.begin(), changed.end(), change.branch) == changed.end()) {
            changed.push_back(change.branch);
        }
    }
    return transaction;
}

namespace {

/// One call of the deep observers of `branch`: events below it, shallow ones first.
struct DeepCall {
    Branch *branch;
    std::vector<std::pair<std::size_t, const Event *>> events; ///< With their depth below.
};

} // namespace

void Store::callObservers(const Transaction &transaction,
                          const std::vector<OpenTransaction::Changed> &changed)
{
    std::vector<Event> events;
    events.reserve(transaction.m_changed.size());
    for (Branch *branch : transaction.m_changed) {
        std::vector<const std::string *> keys;
        for (const OpenTransaction::Changed &change : changed) {
            if (change.branch == branch && change.key != nullptr &&
                std::find(keys.begin(), keys.end(), change.key) == keys.end()) {
                keys.push_back(change.key);
            }
        }
        events.emplace_back(SharedType(branch), transaction, std::move(keys));
    }
    for (const Event &event : events) {
        if (const auto &observers = event.target().branch()->observers) {
            observers->own.emit(event);
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
            ordered.push_back(*event);
        }
        call.branch->observers->deep.emit(ordered);
    }
}

} // namespace cowrite::crdt
