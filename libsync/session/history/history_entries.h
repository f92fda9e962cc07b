#pragma once

#include "libsync/session/document/author.h"
#include "libsync/session/document/moment.h"

#include <QDateTime>
#include <QList>

#include <chrono>
#include <vector>

namespace cowrite::session {

/// What one person wrote without a long pause. Entries of people who write at once overlap.
struct HistoryEntry {
    Moment before = 0; ///< its first edit comes right after
    Moment after = 0;  ///< its last edit comes right before
    Author author;
    QDateTime begun;
    QDateTime ended;
    quint32 inserted = 0; ///< in UTF-16 units, what was deleted again included
    quint32 deleted = 0;

    friend bool operator==(const HistoryEntry &, const HistoryEntry &) = default;
};

/// Groups edits into entries, as they come.
class HistoryEntries {
public:
    /// Who stops for this long begins a new entry.
    static constexpr std::chrono::minutes kPause{5};
    /// Nobody's work of a day is one entry.
    static constexpr std::chrono::hours kLongest{1};

    struct Edit {
        Moment moment = 0; ///< the one after it
        std::chrono::system_clock::time_point time;
        quint32 inserted = 0;
        quint32 deleted = 0;
    };

    /// Edits come in their order. Their times may jump with the clock: the order is that of the
    /// edits all the same.
    void add(const Edit &edit, const Author &author);
    void clear();
    /// The one with the latest edit first.
    [[nodiscard]] QList<HistoryEntry> latestFirst() const;

private:
    struct Entry {
        Moment before = 0;
        Moment after = 0;
        std::chrono::system_clock::time_point begun;
        std::chrono::system_clock::time_point ended;
        quint32 inserted = 0;
        quint32 deleted = 0;
        std::size_t author = 0;
    };

    [[nodiscard]] std::size_t authorIndex(const Author &author);

    std::vector<Entry> m_entries;
    std::vector<Author> m_authors;
    std::vector<std::size_t> m_latestOf; ///< by author: an index of m_entries, or kNone
};

} // namespace cowrite::session
