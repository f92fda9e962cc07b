#include "libsync/crdt/content_keeper.h"

#include "libsync/crdt/each_struct.h"
#include "libsync/crdt/keep_item.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

/// What is in both of them, which are normalised.
DeleteSet commonPart(const DeleteSet &a, const DeleteSet &b)
{
    DeleteSet common;
    for (const auto &[client, ranges] : a) {
        const DeleteSet::Ranges others = b.find(client);
        auto other = others.begin();
        for (const ClockRange &range : ranges) {
            while (other != others.end() && other->end() <= range.clock) {
                ++other;
            }
            for (auto next = other; next != others.end() && next->clock < range.end(); ++next) {
                const Clock from = std::max(range.clock, next->clock);
                common.add(client, {from, std::min(range.end(), next->end()) - from});
            }
        }
    }
    return common;
}

} // namespace

ContentKeeper::ContentKeeper(Doc &doc, DeleteSet units)
    : m_units(std::move(units)),
      m_subscription(doc.afterTransaction.connect(
          [this](const Transaction &transaction) { onTransaction(transaction); }))
{}

/// Before the transaction's garbage is collected.
void ContentKeeper::onTransaction(const Transaction &transaction) const
{
    const DeleteSet kept = commonPart(m_units, transaction.deletions());
    if (kept.empty()) {
        return;
    }
    Doc &doc = transaction.doc();
    doc.transact([&] {
        for (const auto &[client, ranges] : kept) {
            forEachStruct(doc.store(), client, ranges, [](Item *item) {
                if (item->deleted()) {
                    setKeep(item, true);
                }
            });
        }
    });
}

} // namespace cowrite::crdt
