#include "libsync/crdt/event.h"

#include "libsync/crdt/attribute_map.h"
#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// What happened to a run of units in the transaction.
enum class Fate {
    Kept, ///< Was there, still is.
    Added,
    Removed, ///< Was there until now.
    Absent,  ///< Not there before, not there after.
};

/// Calls `visit(item, from, length, fate)` for every run of every item in order. An item that was
/// typed on in place holds old and new units, so one item can be two runs.
template <class Visit>
void forEachRun(const Branch *branch, const Transaction &transaction, Visit visit)
{
    const Store &store = *branch->store;
    for (const Item *item = branch->sequence.first(); item != nullptr; item = item->right) {
        const Id id = store.toId(item->id);
        const Clock before = transaction.clockBefore(id.client, item->end());
        const Clock old = std::clamp(before, item->id.clock, item->end()) - item->id.clock;
        if (old > 0) {
            const bool removed = item->deleted() && transaction.deletes(id);
            visit(item, 0U, old,
                  removed           ? Fate::Removed
                  : item->deleted() ? Fate::Absent
                                    : Fate::Kept);
        }
        if (old < item->length) {
            visit(item, old, item->length - old, item->deleted() ? Fate::Absent : Fate::Added);
        }
    }
}

void dropTrailingRetain(Delta &delta)
{
    while (!delta.empty() && delta.back().kind == DeltaOp::Kind::Retain &&
           delta.back().attributes.empty()) {
        delta.pop_back();
    }
}

Delta listDelta(const Branch *branch, const Transaction &transaction)
{
    Delta delta;
    const auto last = [&](DeltaOp::Kind kind) -> DeltaOp & {
        if (delta.empty() || delta.back().kind != kind) {
            delta.emplace_back();
            delta.back().kind = kind;
        }
        return delta.back();
    };
    forEachRun(branch, transaction, [&](const Item *item, Clock from, Clock length, Fate fate) {
        if (fate == Fate::Removed) {
            last(DeltaOp::Kind::Delete).length += length;
        } else if (fate == Fate::Kept) {
            if (item->countable()) {
                last(DeltaOp::Kind::Retain).length += length;
            }
        } else if (fate == Fate::Added && item->countable()) {
            DeltaOp &op = last(DeltaOp::Kind::Insert);
            op.length += length;
            for (Clock i = 0; i < length; ++i) {
                op.values.push_back(valueAt(item, from + i));
            }
        }
    });
    dropTrailingRetain(delta);
    return delta;
}

/// Walks a text once and collects the delta of a transaction (yjs-compat 5.2.6). Yjs deletes
/// redundant formats while it does this; here reading changes nothing (yjs-compat 5.2.5).
class TextDelta {
public:
    Delta run(const Branch *branch, const Transaction &transaction)
    {
        forEachRun(branch, transaction, [&](const Item *item, Clock from, Clock length, Fate fate) {
            if (item->kind == ContentKind::Format) {
                onFormat(item->format(), fate);
            } else {
                onContent(item, from, length, fate);
            }
        });
        flush();
        dropTrailingRetain(m_delta);
        return std::move(m_delta);
    }

private:
    void onContent(const Item *item, Clock from, Clock length, Fate fate)
    {
        const bool isText = item->kind == ContentKind::String;
        if (!isText && item->kind != ContentKind::Embed && item->kind != ContentKind::Type) {
            return;
        }
        switch (fate) {
        case Fate::Kept:
            expect(DeltaOp::Kind::Retain).length += length;
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
    const Branch *branch = target.branch();
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
