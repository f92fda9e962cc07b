#include "libsync/session/history/history_entries.h"

#include "libsync/session/document/date_time.h"

#include <algorithm>
#include <limits>

namespace cowrite::session {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

} // namespace

std::size_t HistoryEntries::authorIndex(const Author &author)
{
    // The last one first: mostly the same person goes on.
    const auto found = std::find(m_authors.rbegin(), m_authors.rend(), author);
    if (found != m_authors.rend()) {
        return static_cast<std::size_t>(m_authors.rend() - found) - 1;
    }
    m_authors.push_back(author);
    m_latestOf.push_back(kNone);
    return m_authors.size() - 1;
}

void HistoryEntries::add(const Edit &edit, const Author &author)
{
    const std::size_t index = authorIndex(author);
    std::size_t &latest = m_latestOf[index];
    if (latest != kNone) {
        Entry &entry = m_entries[latest];
        if (edit.time - entry.ended < kPause && edit.time - entry.begun < kLongest) {
            entry.after = edit.moment;
            entry.ended = std::max(entry.ended, edit.time);
            entry.inserted += edit.inserted;
            entry.deleted += edit.deleted;
            return;
        }
    }
    latest = m_entries.size();
    m_entries.push_back(
        {edit.moment - 1, edit.moment, edit.time, edit.time, edit.inserted, edit.deleted, index});
}

void HistoryEntries::clear()
{
    *this = {};
}

QList<HistoryEntry> HistoryEntries::latestFirst() const
{
    std::vector<const Entry *> order;
    order.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        order.push_back(&entry);
    }
    std::sort(order.begin(), order.end(),
              [](const Entry *a, const Entry *b) { return a->after > b->after; });
    QList<HistoryEntry> entries;
    entries.reserve(static_cast<qsizetype>(order.size()));
    for (const Entry *entry : order) {
        entries.append({entry->before, entry->after, m_authors[entry->author],
                        toDateTime(entry->begun), toDateTime(entry->ended), entry->inserted,
                        entry->deleted});
    }
    return entries;
}

} // namespace cowrite::session
