#include "app/desktop/avahi_daemon.h"

#include <QByteArrayList>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>

#include <utility>

namespace cowrite::desktop {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Avahi");
/// Names are resolved within five seconds, or not at all.
constexpr int kPatience = 20'000;

/// AvahiServerState of avahi-common/defs.h.
constexpr int kServerRegistering = 1;
constexpr int kServerRunning = 2;
constexpr int kServerCollision = 3;

QDBusMessage methodCall(const QString &path, const QString &interface, const QString &method,
                        const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        kService, path, kService + QLatin1Char('.') + interface, method);
    message.setAutoStartService(false); // whoever runs none has their reasons
    message.setArguments(arguments);
    return message;
}

} // namespace

AvahiDaemon::AvahiDaemon(const QDBusConnection &bus, QObject *parent) : QObject(parent), m_bus(bus)
{
    qDBusRegisterMetaType<QByteArrayList>(); // the TXT records
    auto *watcher =
        new QDBusServiceWatcher(kService, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) { onOwner(owner); });
    listen(serverPath(), server(), QStringLiteral("StateChanged"), this,
           SLOT(onServerState(int, QString)));
    ask();
}

QString AvahiDaemon::serverPath()
{
    return QStringLiteral("/");
}

QString AvahiDaemon::server()
{
    return QStringLiteral("Server");
}

void AvahiDaemon::call(const QString &path, const QString &interface, const QString &method,
                       const QVariantList &arguments, QObject *context,
                       std::function<void(const QDBusMessage &)> done) const
{
    auto *watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(methodCall(path, interface, method, arguments), kPatience), context);
    connect(watcher, &QDBusPendingCallWatcher::finished, context,
            [watcher, done = std::move(done)] {
                watcher->deleteLater();
                done(watcher->reply());
            });
}

void AvahiDaemon::send(const QString &path, const QString &interface, const QString &method) const
{
    m_bus.call(methodCall(path, interface, method, {}), QDBus::NoBlock);
}

void AvahiDaemon::listen(const QString &path, const QString &interface, const QString &signal,
                         QObject *receiver, const char *slot) const
{
    // Without the name of the service, for which Qt would ask the bus and wait. Who else may be on
    // the system bus of this computer may be on its network as well.
    QDBusConnection(m_bus).connect({}, path, kService + QLatin1Char('.') + interface, signal,
                                   receiver, slot);
}

void AvahiDaemon::onOwner(const QString &owner)
{
    setState(State::Absent);
    if (!owner.isEmpty()) {
        ask();
    }
}

void AvahiDaemon::ask()
{
    call(serverPath(), server(), QStringLiteral("GetState"), {}, this,
         [this](const QDBusMessage &reply) {
             if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty()) {
                 onServerState(reply.arguments().first().toInt(), {});
             }
         });
}

void AvahiDaemon::onServerState(int state, const QString &)
{
    switch (state) {
    case kServerRunning:
        setState(State::Running);
        break;
    case kServerRegistering:
    case kServerCollision:
        setState(State::Starting);
        break;
    default:
        setState(State::Absent);
    }
}

void AvahiDaemon::setState(State state)
{
    if (std::exchange(m_state, state) != state) {
        Q_EMIT stateChanged();
    }
}

} // namespace cowrite::desktop
