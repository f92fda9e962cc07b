#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/protocol/awareness.h"
#include "libsync/session/history/history.h"
#include "libsync/session/history/named_versions.h"
#include "libsync/session/history/timeline.h"
#include "libsync/session/log/logged_doc.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cowrite::session {

/// The inside of a History.
struct History::Private {
    /// What of a replica it needs; outlives it.
    struct Context {
        store::Log &log;
        LoggedDoc &logged;
        const protocol::Awareness &awareness;
        const Clock &clock;
        Rng &rng;
        /// The origin of changes to the named versions.
        crdt::Origin origin;
        std::function<Identity()> self;
        std::function<std::string(const crdt::Transaction &)> authorOf;
        std::function<bool()> isReadOnly;
    };

    explicit Private(Context itsContext);

    /// An update that came while the log was being read.
    struct Waiting {
        store::Seq seq = 0;
        Bytes update;
        std::chrono::system_clock::time_point time;
        std::string user;
    };

    void onRead(std::unique_ptr<Timeline> read, store::Seq lastSeq);
    void onChanged(ByteView update, store::Seq seq, const crdt::Transaction &transaction);
    /// Names the edits from `from` on in `entries`.
    void group(Moment from);
    /// Asks anew who everybody is, and groups all edits by that.
    void regroup();
    [[nodiscard]] const Author &author(std::uint32_t writer);
    /// Emits `signal` in the next turn of the event loop, once.
    void announce(bool &pending, void (History::*signal)());

    Context context;
    History *q = nullptr;
    Authors authors;
    NamedVersions named;
    QString failure;
    std::unique_ptr<Timeline> timeline; ///< none until it is read
    std::vector<Waiting> waiting;
    HistoryEntries entries;
    /// By the writer's index. Grows without moving what is named already.
    std::deque<std::optional<Author>> authorOfWriter;
    /// Tells the answers to earlier questions from that to the last one.
    int reading = 0;
    bool isExtended = false;
    bool areVersionsNew = false;
    bool areAuthorsNew = false;
    Subscription changes;
    Subscription authorChanges;
    Subscription versionChanges;
};

} // namespace cowrite::session
