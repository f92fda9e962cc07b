#pragma once

#include "libsync/base/error.h"
#include "libsync/net/address.h"

#include <QHash>
#include <QString>

#include <functional>
#include <memory>

namespace cowrite::session {

class SecretStore;

/// What lets this profile into the rooms that it joined (net::RoomAddress::secret()). It is never
/// in the database, which has the address without it: a run of the program knows it, and the next
/// one has it from the keyring.
class LinkSecrets {
public:
    /// `store` outlives this object; null where nothing is to outlive the program. `owner` tells
    /// the secrets of this profile from those of others in the same keyring.
    void setStore(SecretStore *store, const QString &owner);

    /// Knows the secret of `address` from now on, if it has one, for the room it names.
    void keep(const net::RoomAddress &address);
    /// `address` with the secret that is known for its room, if it has none of its own.
    [[nodiscard]] net::RoomAddress complete(net::RoomAddress address) const;

    /// Puts what is known for this room into the keyring. Errors, each a sentence: those of
    /// SecretStore::write(); Unsupported also where there is no store.
    void store(const net::RoomAddress &address,
               std::function<void(const Result<void> &)> done) const;
    /// Looks for the secret of this room in the keyring; complete() has it then. Errors as
    /// SecretStore::read(), Unsupported also where there is no store.
    void fetch(const net::RoomAddress &address, std::function<void(const Result<void> &)> done);
    /// Nobody needs it any more, here or in the keyring.
    void forget(const net::RoomAddress &address);

private:
    [[nodiscard]] QString nameOf(const net::RoomAddress &address) const;

    /// Shared with what the keyring is to answer, which may be later than this object lives.
    std::shared_ptr<QHash<QString, QString>> m_known = std::make_shared<QHash<QString, QString>>();
    SecretStore *m_store = nullptr;
    QString m_owner;
};

} // namespace cowrite::session
