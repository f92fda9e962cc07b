#pragma once

#include "libsync/session/replica/secret_store.h"

#include <QHash>

namespace cowrite {

/// A keyring that is always open, and ends with the test.
class MemorySecrets final : public session::SecretStore {
public:
    void read(const QString &name, std::function<void(const Result<QString> &)> done) override
    {
        const auto secret = m_secrets.constFind(name);
        done(secret == m_secrets.constEnd()
                 ? Result<QString>(fail(ErrorCode::NotFound, "There is no such secret."))
                 : Result<QString>(*secret));
    }
    void write(const QString &name, const QString &secret,
               std::function<void(const Result<void> &)> done) override
    {
        m_secrets.insert(name, secret);
        done({});
    }
    void remove(const QString &name) override { m_secrets.remove(name); }

private:
    QHash<QString, QString> m_secrets;
};

} // namespace cowrite
