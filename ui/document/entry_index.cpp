#include "ui/document/entry_index.h"

#include <algorithm>

namespace cowrite::ui {

using session::HistoryEntry;
using session::Moment;

EntryIndex::EntryIndex(QList<HistoryEntry> entries) : m_entries(std::move(entries))
{
    std::sort(m_entries.begin(), m_entries.end(),
              [](const HistoryEntry &a, const HistoryEntry &b) { return a.after < b.after; });
}

const HistoryEntry *EntryIndex::entryOf(Moment moment, const session::Author &author) const
{
    // Entries of one author do not overlap, so the first of theirs that ends from here on is it.
    const auto from =
        std::partition_point(m_entries.begin(), m_entries.end(),
                             [moment](const HistoryEntry &entry) { return entry.after < moment; });
    const auto found = std::find_if(
        from, m_entries.end(), [&](const HistoryEntry &entry) { return entry.author == author; });
    return found != m_entries.end() && found->before < moment ? &*found : nullptr;
}

Moment EntryIndex::endAfter(Moment moment) const
{
    const auto next =
        std::partition_point(m_entries.begin(), m_entries.end(),
                             [moment](const HistoryEntry &entry) { return entry.after <= moment; });
    return next != m_entries.end() ? next->after : moment;
}

Moment EntryIndex::endBefore(Moment moment) const
{
    const auto next =
        std::partition_point(m_entries.begin(), m_entries.end(),
                             [moment](const HistoryEntry &entry) { return entry.after < moment; });
    return next != m_entries.begin() ? std::prev(next)->after : 0;
}

} // namespace cowrite::ui
