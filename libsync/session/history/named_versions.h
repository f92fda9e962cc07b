#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/session/history/timeline.h"

#include <QString>

#include <chrono>
#include <string>
#include <vector>

namespace cowrite::session {

/// A moment that somebody gave a name, as it lies in the document.
struct VersionRecord {
    std::string id;
    QString name;
    std::string user; ///< who gave it
    std::chrono::system_clock::time_point time;
    /// The last edit of that moment. Logs differ in how far they cut history into edits, and in the
    /// order of what was written at once; this means the same for all of them.
    EditName edit;
};

/// The named versions of a document: its root `versions`, a map from an id to a map with `name`,
/// `author` (a user id), `time` (milliseconds since the epoch), and the edit: `client` and `clock`
/// of a unit, and `change`, which is `insert` or `delete`.
class NamedVersions {
public:
    /// `doc` outlives this. Changes are made with `origin`.
    NamedVersions(crdt::Doc &doc, crdt::Origin origin);

    /// Those that are whole, of many the newest thousand; others are left out.
    [[nodiscard]] std::vector<VersionRecord> all() const;
    /// Errors: WrongKind if the document has another kind of `versions`; LimitExceeded for a name
    /// beyond limits.h.
    Result<void> add(const QString &name, const EditName &edit, const std::string &user,
                     const Clock &clock, Rng &rng);
    /// Nothing happens if there is none with this id.
    void remove(const std::string &id);

    /// all() gives something else. From within a transaction.
    Signal<> changed;

private:
    crdt::Doc &m_doc;
    crdt::Origin m_origin;
    Subscription m_subscription;
};

} // namespace cowrite::session
