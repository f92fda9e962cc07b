#pragma once

#include "libsync/session/history/history.h"

#include <QList>

namespace cowrite::ui {

/// The entries of a history by the moments they cover.
class EntryIndex {
public:
    EntryIndex() = default;
    /// In any order.
    explicit EntryIndex(QList<session::HistoryEntry> entries);

    /// The latest last.
    [[nodiscard]] const QList<session::HistoryEntry> &all() const { return m_entries; }
    /// The one that the edit before `moment` belongs to, which is by this author; null if there is
    /// none. Valid until the entries change.
    [[nodiscard]] const session::HistoryEntry *entryOf(session::Moment moment,
                                                       const session::Author &author) const;
    /// The end of the first entry that ends after `moment`; `moment` itself after the last.
    [[nodiscard]] session::Moment endAfter(session::Moment moment) const;
    /// The end of the last entry that ends before `moment`; 0 before the first.
    [[nodiscard]] session::Moment endBefore(session::Moment moment) const;

private:
    QList<session::HistoryEntry> m_entries;
};

} // namespace cowrite::ui
