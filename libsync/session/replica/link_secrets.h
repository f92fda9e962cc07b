#pragma once

#include "libsync/net/address.h"

#include <QHash>
#include <QString>

namespace cowrite::session {

/// The invitations with which this profile joined rooms. They are never in the database: there is
/// only the address without its token.
class LinkSecrets {
public:
    /// Keeps the token of `address`, if it has one, for the room it names.
    void keep(const net::RoomAddress &address);
    /// `address` with the token that is known for its room, if it has none of its own.
    [[nodiscard]] net::RoomAddress complete(net::RoomAddress address) const;

private:
    QHash<QString, QString> m_tokens;
};

} // namespace cowrite::session
