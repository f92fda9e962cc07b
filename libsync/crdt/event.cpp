#include "libsync/crdt/event.h"

#include "libsync/crdt/attribute_map.h"
#include "libsync/crdt/store.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace cowrite::crdt {

namespace {

/// What happened to a run of units in the transaction.
enum class Fate {
    Kept, ///< Was there, still is.
    Added,
    Removed, ///< Was there until now.
    Absent,  ///< Not there before, not there after.
};

/// Calls `visit(from, length, fate)` for the runs of an item: one that was typed on in place holds
/// old and new units.
template <class Visit>
void visitRuns(const Store &store, const Item *item, const Transaction &transaction, Visit visit)
{
    const Id id = store.toId(item->id);
    const Clock before = transaction.clockBefore(id.client, item->end());
    const Clock old = std::clamp(before, item->id.clock, item->end()) - item->id.clock;
    if (old > 0) {
        const bool removed = item->deleted() && transaction.deletes(id);
        visit(0U, old, removed ? Fate::Removed : item->deleted() ? Fate::Absent : Fate::Kept);
    }
    if (old < item->length) {
        visit(old, item->length - old, item->deleted() ? Fate::Absent : Fate::Added);
    }
}

/// Structs that a transaction may have changed for them to be looked up one by one.
constexpr std::size_t kFewStructs = 64;

/// Collects the items of a list that a transaction changed.
class ChangedItems {
public:
    ChangedItems(Branch *branch, const Transaction &transaction) : m_branch(branch)
    {
        for (const ClientAdvance &advance : transaction.advances()) {
            add(advance.client, {advance.before, advance.after - advance.before});
        }
        for (const auto &[client, ranges] : transaction.deletions()) {
            for (const ClockRange &range : ranges) {
                add(client, range);
            }
        }
    }
    /// In document order; nothing if the transaction changed so much that it is better to walk.
    std::optional<std::vector<const Item *>> take()
    {
        if (m_seen > kFewStructs) {
            return std::nullopt;
        }
        std::sort(m_items.begin(), m_items.end(), [this](const Item *a, const Item *b) {
            return m_branch->sequence.isBefore(a, b);
        });
        m_items.erase(std::unique(m_items.begin(), m_items.end()), m_items.end());
        return std::move(m_items);
    }

private:
    void add(ClientId clientId, ClockRange range)
    {
        const Store &store = *m_branch->store;
        const std::uint32_t client = store.findClient(clientId);
        for (Clock clock = range.clock; clock < range.end() && m_seen <= kFewStructs; ++m_seen) {
            const Item *item = store.find({client, clock});
            clock = item->end();
            if (!item->isGc() && !item->is(Item::Keyed) &&
                Sequence::treeOf(item)->owner() == m_branch) {
                m_items.push_back(item);
            }
        }
    }

    Branch *m_branch;
    std::vector<const Item *> m_items;
    std::size_t m_seen = 0;
};

/// Goes through a list in order: calls `visit(item, from, length, fate)` for runs of units, and
/// `keep(length)` for visible units that were there and still are, of whatever items. Every run is
/// visited if `everyRun`, or if much has changed; else only those of changed items.
template <class Visit, class Keep>
void forEachChange(Branch *branch, const Transaction &transaction, bool everyRun, Visit visit,
                   Keep keep)
{
    Sequence &sequence = branch->sequence;
    const auto visitItem = [&](const Item *item) {
        visitRuns(*branch->store, item, transaction,
                  [&](Clock from, Clock length, Fate fate) { visit(item, from, length, fate); });
    };
    const auto few = everyRun ? std::nullopt : ChangedItems(branch, transaction).take();
    if (!few) {
        for (const Item *item = sequence.first(); item != nullptr; item = item->right) {
            visitItem(item);
        }
        return;
    }
    std::uint32_t end = 0; // of what was visited
    for (const Item *item : *few) {
        const std::uint32_t start = sequence.offsetOf(item);
        keep(start - end);
        visitItem(item);
        end = start + item->visibleLength();
    }
}

void dropTrailingRetain(Delta &delta)
{
    while (!delta.empty() && delta.back().kind == DeltaOp::Kind::Retain &&
           delta.back().attributes.empty()) {
        delta.pop_back();
    }
}

Delta listDelta(Branch *branch, const Transaction &transaction)
{
    Delta delta;
    const auto last = [&](DeltaOp::Kind kind) -> DeltaOp & {
        if (delta.empty() || delta.back().kind != kind) {
            delta.emplace_back();
            delta.back().kind = kind;
        }
        return delta.back();
    };
    const auto keep = [&](std::uint32_t length) {
        if (length > 0) {
            last(DeltaOp::Kind::Retain).length += length;
        }
    };
    const auto visit = [&](const Item *item, Clock from, Clock length, Fate fate) {
        if (fate == Fate::Removed) {
            last(DeltaOp::Kind::Delete).length += length;
        } else if (fate == Fate::Kept) {
            keep(item->countable() ? length : 0);
        } else if (fate == Fate::Added && item->countable()) {
            DeltaOp &op = last(DeltaOp::Kind::Insert);
            op.length += length;
            for (Clock i = 0; i < length; ++i) {
                op.values.push_back(valueAt(item, from + i));
            }
        }
    };
    forEachChange(branch, transaction, false, visit, keep);
    dropTrailingRetain(delta);
    return delta;
}

/// Goes through a text once and collects the delta of a transaction (yjs-compat 5.2.6). Yjs deletes
/// redundant formats while it does this; here reading changes nothing (yjs-compat 5.2.5).
class TextDelta {
public:
    Delta run(Branch *branch, const Transaction &transaction)
    {
        const auto visit = [&](const Item *item, Clock from, Clock length, Fate fate) {
            if (item->kind == ContentKind::Format) {
                onFormat(item->format(), fate);
            } else {
                onContent(item, from, length, fate);
            }
        };
        // What is in force at a place is known only to who has seen all formats before it.
        forEachChange(branch, transaction, branch->hasFormatting || branch->hasUnshown, visit,
                      [&](std::uint32_t length) { keep(length); });
        flush();
        dropTrailingRetain(m_delta);
        return std::move(m_delta);
    }

private:
    void keep(std::uint32_t length)
    {
        if (length > 0) {
            expect(DeltaOp::Kind::Retain).length += length;
        }
    }

    void onContent(const Item *item, Clock from, Clock length, Fate fate)
    {
        const bool isText = item->kind == ContentKind::String;
        if (!isShownInText(item->kind)) {
            return;
        }
        switch (fate) {
        case Fate::Kept:
            keep(length);
            break;
        case Fate::Removed:
            expect(DeltaOp::Kind::Delete).length += length;
            break;
        case Fate::Added:
            if (isText) {
                expect(DeltaOp::Kind::Insert).text.append(item->payload.text + from, length);
            } else {
                flush();
                expect(DeltaOp::Kind::Insert).values = {valueAt(item, 0)};
            }
            m_op.length += length;
            if (!isText) {
                flush();
            }
            break;
        case Fate::Absent:
            break;
        }
    }

    void onFormat(const FormatContent &format, Fate fate)
    {
        const auto &[key, value] = format;
        const Any current = m_current.get(key);
        switch (fate) {
        case Fate::Added:
            if (!lib0::equalFlat(current, value)) {
                flushRetain();
                if (lib0::equalFlat(value, m_old.get(key))) {
                    m_changed.erase(key);
                } else {
                    m_changed.set(key, value);
                }
            }
            break;
        case Fate::Removed:
            m_old.set(key, value);
            if (!lib0::equalFlat(current, value)) {
                flushRetain();
                m_changed.set(key, current);
            }
            break;
        case Fate::Kept:
            m_old.set(key, value);
            if (const Any *changed = m_changed.find(key);
                changed != nullptr && !lib0::equalFlat(*changed, value)) {
                flushRetain();
                if (value.isNull()) {
                    m_changed.erase(key);
                } else {
                    m_changed.set(key, value);
                }
            }
            break;
        case Fate::Absent:
            return;
        }
        if (fate != Fate::Removed) {
            if (m_op.kind == DeltaOp::Kind::Insert) {
                flush();
            }
            m_current.apply(format);
        }
    }

    /// The op under way, of this kind.
    DeltaOp &expect(DeltaOp::Kind kind)
    {
        if (m_op.kind != kind) {
            flush();
            m_op.kind = kind;
        }
        return m_op;
    }
    void flushRetain()
    {
        if (m_op.kind == DeltaOp::Kind::Retain) {
            flush();
        }
    }
    void flush()
    {
        if (m_op.length > 0) {
            if (m_op.kind == DeltaOp::Kind::Insert) {
                m_op.attributes = m_current.entries();
            } else if (m_op.kind == DeltaOp::Kind::Retain) {
                m_op.attributes = m_changed.entries();
            }
            m_delta.push_back(std::move(m_op));
        }
        m_op = {};
    }

    Delta m_delta;
    DeltaOp m_op;
    AttributeMap m_current; ///< In force in the new text.
    AttributeMap m_old;     ///< In force in the old text.
    AttributeMap m_changed; ///< What a retained run has to change.
};

/// The last element a map item holds, if any.
Value lastValue(const Item *item)
{
    return item != nullptr ? valueAt(item, item->length - 1) : Value();
}

/// What the transaction did to one key, if anything: a value that came and went is nothing.
std::optional<KeyChange> changeOf(const KeyChain *chain, const Transaction &transaction)
{
    const Item *item = chain != nullptr ? chain->last : nullptr;
    if (item == nullptr) {
        return std::nullopt;
    }
    const Store &store = *chain->parent->store;
    const auto adds = [&](const Item *i) { return transaction.adds(store.toId(i->id)); };
    const auto deletes = [&](const Item *i) {
        return i != nullptr && transaction.deletes(store.toId(i->lastId()));
    };
    using Action = KeyChange::Action;
    if (!adds(item)) {
        return deletes(item) ? std::optional(KeyChange{Action::Delete, lastValue(item)})
                             : std::nullopt;
    }
    const Item *before = item->left;
    while (before != nullptr && adds(before)) {
        before = before->left;
    }
    if (!deletes(before)) {
        return deletes(item) ? std::nullopt : std::optional(KeyChange{Action::Add, Value()});
    }
    return KeyChange{deletes(item) ? Action::Delete : Action::Update, lastValue(before)};
}

} // namespace

Event::Event(SharedType target, const Transaction &transaction,
             const std::vector<const std::string *> &changed)
    : m_target(target), m_observed(target), m_transaction(&transaction)
{
    Branch *branch = target.branch();
    for (const std::string *key : changed) {
        if (key == nullptr) {
            m_childListChanged = true;
        } else if (m_keysChanged.insert(*key).second) {
            if (const auto change = changeOf(branch->findChain(key), transaction)) {
                m_keys.emplace(*key, *change);
            }
        }
    }
    if (m_childListChanged) {
        const bool isText = branch->kind == TypeKind::Text || branch->kind == TypeKind::XmlText;
        m_delta = isText ? TextDelta().run(branch, transaction) : listDelta(branch, transaction);
    }
}

Path Event::path() const
{
    return pathBetween(m_observed.branch(), m_target.branch());
}

Event Event::seenFrom(SharedType observed) const
{
    Event event = *this;
    event.m_observed = observed;
    return event;
}

} // namespace cowrite::crdt
