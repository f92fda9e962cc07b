#include "libsync/session/replica/link_secrets.h"

#include "libsync/session/replica/secret_store.h"

namespace cowrite::session {

namespace {

tl::unexpected<Error> noKeyring()
{
    return fail(ErrorCode::Unsupported, "This computer has no keyring.");
}

} // namespace

void LinkSecrets::setStore(SecretStore *store, const QString &owner)
{
    m_store = store;
    m_owner = owner;
}

/// An invitation is for a room of a server, whatever its certificate.
QString LinkSecrets::nameOf(const net::RoomAddress &address) const
{
    const QString base = address.base.isEmpty() ? QString() : address.base + u'/';
    return m_owner + u' ' + address.server() + u'/' + base + address.room;
}

void LinkSecrets::keep(const net::RoomAddress &address)
{
    if (const QString secret = address.secret(); !secret.isEmpty()) {
        m_known->insert(nameOf(address), secret);
    }
}

net::RoomAddress LinkSecrets::complete(net::RoomAddress address) const
{
    if (address.secret().isEmpty()) {
        address.setSecret(m_known->value(nameOf(address)));
    }
    return address;
}

void LinkSecrets::store(const net::RoomAddress &address,
                        std::function<void(const Result<void> &)> done) const
{
    if (m_store == nullptr) {
        done(noKeyring());
        return;
    }
    m_store->write(nameOf(address), complete(address).secret(), std::move(done));
}

void LinkSecrets::fetch(const net::RoomAddress &address,
                        std::function<void(const Result<void> &)> done)
{
    if (m_store == nullptr) {
        done(noKeyring());
        return;
    }
    const QString name = nameOf(address);
    m_store->read(name,
                  [known = m_known, name, done = std::move(done)](const Result<QString> &secret) {
                      // A link that was opened in the meantime is newer than the keyring.
                      if (secret && !known->contains(name)) {
                          known->insert(name, *secret);
                      }
                      done(secret ? Result<void>() : tl::unexpected(secret.error()));
                  });
}

void LinkSecrets::forget(const net::RoomAddress &address)
{
    m_known->remove(nameOf(address));
    if (m_store != nullptr) {
        m_store->remove(nameOf(address));
    }
}

} // namespace cowrite::session
