#pragma once

#include "libsync/session/replica/secret_store.h"

#include <QObject>

namespace cowrite::desktop {

/// The keyring of the desktop (Secret Service or KWallet), by QtKeychain. It is not asked before
/// there is a secret, and whoever has locked it is asked to open it by their desktop.
class Keyring : public QObject, public session::SecretStore {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &name, std::function<void(const Result<QString> &)> done) override;
    void write(const QString &name, const QString &secret,
               std::function<void(const Result<void> &)> done) override;
    void remove(const QString &name) override;
};

} // namespace cowrite::desktop
