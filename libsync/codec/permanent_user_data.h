#pragma once

#include "libsync/base/error.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/doc.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cowrite::codec {

/// Which user wrote and deleted what, as Yjs's PermanentUserData keeps it in a document
/// (yjs-compat 4.7): a map from a description of each user to `ids`, the client ids that were his,
/// and `ds`, what he deleted. Every peer may write there, so it is no proof of anything. What is
/// no such entry is left alone and ignored.
class PermanentUserData {
public:
    using Filter = std::function<bool(const crdt::Transaction &)>;

    /// Reads `users` and follows it; Yjs keeps it as the root "users" of the document. Lives no
    /// longer than its document.
    explicit PermanentUserData(const crdt::Map &users);
    PermanentUserData(const PermanentUserData &) = delete;
    PermanentUserData &operator=(const PermanentUserData &) = delete;

    /// Notes that `client` is `user`. From now on whatever a local transaction of `doc` deletes is
    /// noted as deleted by `user`, in a transaction that follows, unless `filter` says false. If a
    /// peer overwrites the entry of the user, it gets back what it lacks then. The errors are those
    /// of Map::set().
    [[nodiscard]] Result<void> setUserMapping(crdt::Doc &doc, crdt::ClientId client,
                                              const std::string &user, Filter filter = {});

    /// Whose client id it is, if anybody's.
    [[nodiscard]] std::optional<std::string> userOfClient(crdt::ClientId client) const;
    /// Who deleted the unit; of several the first by name.
    [[nodiscard]] std::optional<std::string> userWhoDeleted(crdt::Id unit) const;

private:
    struct Lists {
        crdt::Array ids;
        crdt::Array deletions;
    };

    [[nodiscard]] std::optional<Lists> listsOf(const std::string &user) const;
    [[nodiscard]] Result<Lists> makeLists(const std::string &user);
    void read(const std::string &user);
    void readIds(const std::string &user, const std::vector<crdt::Value> &ids);
    void readDeletions(const std::string &user, const std::vector<crdt::Value> &sets);
    void onEvent(const crdt::Event &event);
    [[nodiscard]] Result<void> note(const std::string &user,
                                    const std::set<crdt::ClientId> &clients,
                                    const crdt::DeleteSet &deletions);
    void restore(const std::string &user);

    crdt::Map m_users;
    std::map<crdt::ClientId, std::string> m_clients;
    std::map<std::string, crdt::DeleteSet> m_deletions;
    std::set<std::string> m_ownUsers; ///< Those of setUserMapping().
    std::vector<Subscription> m_subscriptions;
};

} // namespace cowrite::codec
