#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace cowrite::guitest {

/// A session bus of its own, for the life of the object, that starts no service but the
/// accessibility bus.
class PrivateBus {
public:
    ~PrivateBus();

    /// Sets DBUS_SESSION_BUS_ADDRESS for this process and its children. Empty, or what is missing.
    QString start();
    /// A connection to it under this name.
    [[nodiscard]] QDBusConnection connection(const QString &name) const;

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

} // namespace cowrite::guitest
