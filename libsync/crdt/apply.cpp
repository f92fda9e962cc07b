#include "libsync/crdt/store.h"

#include "libsync/base/limits.h"

#include <algorithm>
#include <span>

namespace cowrite::crdt {

Result<void> Store::apply(Update &&update, Origin origin)
{
    if (roots.size() + update.names.size() > limits::kMaxRoots) {
        const std::size_t added = newRoots(update);
        if (added > 0 && roots.size() + added > limits::kMaxRoots) {
            return fail(ErrorCode::LimitExceeded,
                        "The update names more root types than a document may have.");
        }
    }

    const std::size_t free = newFreeStructs(update);
    if (free > limits::kFreeStructs - freeStructs) {
        return fail(ErrorCode::LimitExceeded,
                    "The update makes far more of its few bytes than a document may hold.");
    }
    freeStructs += free;

    begin(origin);
    open.local = false;
    const std::uint64_t waitedBefore = pending.unitCount();
    bool tooMany = !integrator.run(update);
    applyDeletions(update.deletions);
    if (pending.unitCount() > waitedBefore) {
        ++pending.revision;
    }
    // What waited may be complete now. Each round integrates something, so this ends.
    for (;;) {
        if (!pending.deletions.empty()) {
            applyDeletions(std::exchange(pending.deletions, {}));
        }
        const bool ready =
            std::any_of(pending.missing().begin(), pending.missing().end(), [&](const auto &entry) {
                const std::uint32_t client = findClient(entry.first);
                return client != LocalId::kNoClient && stateOf(client) > entry.second;
            });
        if (!ready) {
            break;
        }
        Update waiting = pending.take();
        tooMany = !integrator.run(waiting) || tooMany;
    }
    if (pending.structCount() > 0) {
        for (const OpenTransaction::Touched &touched : open.touched) {
            pending.dropBelow(clientIdOf(touched.client), stateOf(touched.client));
        }
    }
    tooMany = tooMany || pending.deletions.rangeCount() > limits::kMaxPendingStructs;
    if (tooMany) {
        pending.clear();
    }
    commit();
    if (tooMany) {
        return fail(ErrorCode::LimitExceeded,
                    "Too many changes wait for earlier ones; they were dropped.");
    }
    return {};
}

std::size_t Store::newRoots(const Update &update) const
{
    std::set<std::string_view> names;
    for (const WireStruct &wire : update.structs) {
        if (wire.parentKind == ParentKind::Root) {
            names.insert(update.names[wire.parent.clock]);
        }
    }
    return static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(),
                      [&](std::string_view name) { return findRoot(name) == nullptr; }));
}

std::size_t Store::newFreeStructs(const Update &update) const
{
    if (update.freeStructs == 0) {
        return 0;
    }
    std::size_t added = 0;
    for (const WireSection &section : update.sections) {
        const std::uint32_t client = findClient(update.clients[section.client]);
        const Clock state = client == LocalId::kNoClient ? 0 : stateOf(client);
        const auto structs = std::span(update.structs).subspan(section.first, section.count);
        const auto first =
            std::partition_point(structs.begin(), structs.end(),
                                 [state](const WireStruct &wire) { return wire.end() <= state; });
        added += static_cast<std::size_t>(structs.end() - first);
    }
    return std::min(added, update.freeStructs);
}

/// Deletes what is known and keeps the rest as pending (yjs-compat 3.5).
void Store::applyDeletions(const DeleteSet &deletions)
{
    for (const auto &[clientId, ranges] : deletions) {
        const std::uint32_t client = findClient(clientId);
        const Clock state = client == LocalId::kNoClient ? 0 : stateOf(client);
        for (const ClockRange &range : ranges) {
            const Clock known = std::min(range.end(), state);
            for (Clock clock = range.clock; clock < known;) {
                Item *item = find({client, clock});
                if (!item->deleted()) {
                    if (shrink(item, clock - item->id.clock, known - clock)) {
                        clock = known;
                        continue;
                    }
                    if (item->id.clock < clock) {
                        item = split(item, clock - item->id.clock);
                    }
                    if (item->end() > known) {
                        split(item, known - item->id.clock);
                    }
                    remove(item);
                }
                clock = item->end();
            }
            if (range.end() > known) {
                const Clock from = std::max(range.clock, state);
                pending.deletions.add(clientId, {from, range.end() - from});
            }
        }
    }
    pending.deletions.normalize();
}

} // namespace cowrite::crdt
