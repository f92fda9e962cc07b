#include "tests/gui/desktop_services.h"

#include <QDBusMessage>
#include <QDBusServiceWatcher>

namespace cowrite::guitest {

namespace {

const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

void offer(QDBusConnection bus, const QString &service, const QString &path, QObject &object)
{
    bus.registerObject(path, &object,
                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals |
                           QDBusConnection::ExportAllProperties);
    bus.registerService(service);
}

} // namespace

// ---------------------------------------------------------------- portal

FakePortal::FakePortal(const QDBusConnection &bus) : m_bus(bus)
{
    offer(bus, QStringLiteral("org.freedesktop.portal.Desktop"), kPortalPath, *this);
}

void FakePortal::setColorScheme(uint value)
{
    m_colorScheme = value;
    const auto tell = [this](const QString &key, uint now) {
        QDBusMessage message = QDBusMessage::createSignal(
            kPortalPath, QStringLiteral("org.freedesktop.portal.Settings"),
            QStringLiteral("SettingChanged"));
        message << kGroup << key << QVariant::fromValue(QDBusVariant(now));
        m_bus.send(message);
    };
    tell(QStringLiteral("contrast"), 1);
    tell(kKey, value);
}

QDBusVariant FakePortal::Read(const QString &group, const QString &key) const
{
    // Wrapped twice, as the real one has it.
    return QDBusVariant(
        QVariant::fromValue(QDBusVariant(group == kGroup && key == kKey ? m_colorScheme : 0U)));
}

// ---------------------------------------------------------------- notifications

FakeNotifications::FakeNotifications(QDBusConnection bus)
{
    offer(bus, QStringLiteral("org.freedesktop.Notifications"),
          QStringLiteral("/org/freedesktop/Notifications"), *this);
}

void FakeNotifications::click()
{
    Q_EMIT ActionInvoked(static_cast<uint>(m_shown.size()), QStringLiteral("default"));
}

QStringList FakeNotifications::GetCapabilities() const
{
    return {QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
}

uint FakeNotifications::Notify(const QString &, uint, const QString &, const QString &title,
                               const QString &text, const QStringList &, const QVariantMap &, int)
{
    m_shown.append({title, text});
    return static_cast<uint>(m_shown.size());
}

// ---------------------------------------------------------------- tray

FakeTray::FakeTray(const QDBusConnection &bus) : m_bus(bus)
{
    offer(bus, QStringLiteral("org.kde.StatusNotifierWatcher"),
          QStringLiteral("/StatusNotifierWatcher"), *this);
}

void FakeTray::RegisterStatusNotifierItem(const QString &service)
{
    m_icons.append(service);
    auto *watcher =
        new QDBusServiceWatcher(service, m_bus, QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this, watcher](const QString &gone) {
                m_icons.removeAll(gone);
                watcher->deleteLater();
            });
}

} // namespace cowrite::guitest
