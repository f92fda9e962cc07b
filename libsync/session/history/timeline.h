#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/crdt/text_run.h"
#include "libsync/session/document/moment.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cowrite::session {

/// Who wrote something, as far as an update and its row in the log tell.
struct Writer {
    std::string user;          ///< the author of the row; empty if it has none
    crdt::ClientId client = 0; ///< whose clocks they are; 0 if the edit only deleted

    friend auto operator<=>(const Writer &, const Writer &) = default;
};

/// One update that changed the text.
struct TimelineEdit {
    std::chrono::system_clock::time_point time;
    std::uint32_t writer = 0;   ///< index, see Timeline::writers(); of several, who wrote most
    std::uint32_t deleter = 0;  ///< the same, unless several wrote: then nobody can tell
    std::uint32_t inserted = 0; ///< how much longer it made the text, in UTF-16 units
    std::uint32_t deleted = 0;  ///< and how much shorter
};

/// A run of units that came, and perhaps went, in one edit. The runs of a timeline, in document
/// order, are the text at every moment: those that had come and not gone.
struct TimelineRun {
    static constexpr Moment kNever = std::numeric_limits<Moment>::max();

    std::uint32_t offset = 0; ///< of its units in Timeline::text()
    std::uint32_t length = 0;
    std::uint32_t writer = 0; ///< index, see Timeline::writers()
    Moment inserted = 0;      ///< there from this moment on
    Moment deleted = kNever;  ///< not there any more from this moment on

    [[nodiscard]] bool isThereAt(Moment moment) const
    {
        return inserted <= moment && moment < deleted;
    }
};

/// A unit that came, or went, in one edit: names that edit in every replica.
struct EditName {
    crdt::Id unit;
    bool isDeletion = false;
};

/// All that was ever written into one root text, by the edits that did it. Made of the updates of
/// a document in the order in which they came here; it keeps what they delete.
///
/// Used by one thread at a time.
class Timeline {
public:
    /// Of the root text `root`.
    explicit Timeline(std::string root);

    /// Adds the next update (V1) by `user`, who may be unknown (empty). It is an edit if it changes
    /// the text. Errors of codec::applyUpdate(): then nothing is added. WrongKind if the root is
    /// no text.
    Result<void> add(ByteView update, std::chrono::system_clock::time_point time,
                     const std::string &user);

    /// The moment after the last edit.
    [[nodiscard]] Moment now() const { return static_cast<Moment>(m_edits.size()); }
    [[nodiscard]] const std::vector<Writer> &writers() const { return m_writers; }
    /// The edit that led to `moment`, in [1, now()].
    [[nodiscard]] const TimelineEdit &editBefore(Moment moment) const
    {
        return m_edits[moment - 1];
    }

    /// In document order; made anew after an edit, which takes some milliseconds for 100,000 runs.
    [[nodiscard]] const std::vector<TimelineRun> &runs();
    /// The units of all runs(), U+FFFC for each embed and nested type.
    [[nodiscard]] std::u16string_view text() const { return m_text; }

    /// The last edit that wrote what is left in [from, to) of the text as it is now; its writer.
    struct LastEdit {
        Moment moment = 0;
        std::uint32_t writer = 0;
    };
    [[nodiscard]] std::optional<LastEdit> lastEditIn(std::uint32_t from, std::uint32_t to) const;

    /// A name for the edit that led to `moment`, in [1, now()].
    [[nodiscard]] std::optional<EditName> nameOf(Moment moment) const;
    /// The moment after the edit with this name; nothing if it did not come here.
    [[nodiscard]] std::optional<Moment> find(const EditName &edit);

private:
    /// Units of one client to which the same happened.
    struct Span {
        crdt::Clock clock = 0;
        crdt::Clock length = 0;
        Moment moment = 0;

        [[nodiscard]] bool contains(crdt::Clock at) const { return at - clock < length; }
    };
    /// What happened to the units of one client.
    struct Client {
        std::vector<Span> insertions; ///< ascending by clock, and so by moment
        std::vector<Span> deletions;  ///< by clock once sorted; they do not overlap
        bool isSorted = true;
    };

    void onTransaction(const crdt::Transaction &transaction);
    [[nodiscard]] std::uint32_t writerIndex(const std::string &user, crdt::ClientId client);
    static void sortDeletions(Client &client);
    void makeRuns();
    void addRuns(const crdt::TextRun &run, const Client &client);

    SystemRng m_rng;
    std::string m_root;
    crdt::Doc m_doc;
    Result<crdt::Text> m_content;
    Subscription m_subscription;
    std::vector<TimelineEdit> m_edits;
    std::vector<Writer> m_writers;
    std::map<Writer, std::uint32_t> m_writerIndexes;
    std::uint32_t m_lastWriter = 0;
    std::unordered_map<crdt::ClientId, Client> m_clients;
    /// Of the update that is being added.
    std::chrono::system_clock::time_point m_time;
    const std::string *m_user = nullptr;

    std::vector<TimelineRun> m_runs;
    std::u16string m_text;
    bool m_runsAreOld = true;
    std::uint32_t m_length = 0; ///< of the text as it is
};

} // namespace cowrite::session
