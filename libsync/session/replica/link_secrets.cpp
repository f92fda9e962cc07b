#include "libsync/session/replica/link_secrets.h"

namespace cowrite::session {

namespace {

/// An invitation is for a room of a server, whatever its certificate.
QString keyOf(const net::RoomAddress &address)
{
    return address.server() + u'/' + address.room;
}

} // namespace

void LinkSecrets::keep(const net::RoomAddress &address)
{
    if (!address.token.isEmpty()) {
        m_tokens.insert(keyOf(address), address.token);
    }
}

net::RoomAddress LinkSecrets::complete(net::RoomAddress address) const
{
    if (address.token.isEmpty() && address.form != net::RoomAddress::Form::Plain) {
        address.token = m_tokens.value(keyOf(address));
    }
    return address;
}

} // namespace cowrite::session
