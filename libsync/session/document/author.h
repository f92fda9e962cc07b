#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/id.h"
#include "libsync/session/document/identity.h"

#include <QString>

#include <functional>
#include <string>
#include <unordered_map>

namespace cowrite::crdt {
class Doc;
}
namespace cowrite::protocol {
class Awareness;
}

namespace cowrite::session {

/// Who wrote something, as the document names them.
struct Author {
    QString userId; ///< empty if nobody knows who it was
    QString name;   ///< never empty
    QString color;  ///< `#rrggbb`

    friend bool operator==(const Author &, const Author &) = default;
};

/// Who wrote what in a document: what its root `users` says of users and client ids (product.md),
/// and of those who are not in it what they say of themselves while they are here. Writes nothing.
class Authors {
public:
    /// `doc` and `awareness` outlive this; `self` is the person of this profile.
    Authors(crdt::Doc &doc, const protocol::Awareness &awareness, std::function<Identity()> self);

    /// Who wrote with this client id (0 for none). `user` is who brought it, empty if unknown:
    /// that counts where the document does not know the client.
    [[nodiscard]] Author find(crdt::ClientId client, const std::string &user) const;

    /// `users` has changed: everybody may have another name. From within a transaction.
    Signal<> changed;

private:
    void read() const;
    [[nodiscard]] Author byUser(const std::string &user) const;

    crdt::Doc &m_doc;
    const protocol::Awareness &m_awareness;
    std::function<Identity()> m_self;
    Subscription m_subscription;
    mutable bool m_isRead = false;
    mutable std::unordered_map<crdt::ClientId, std::string> m_userOfClient;
    mutable std::unordered_map<std::string, Author> m_users;
};

} // namespace cowrite::session
