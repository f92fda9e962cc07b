#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace cowrite::guitest {

/// The desktop's portal, as far as it says whether the desktop is dark.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(const QDBusConnection &bus);

    /// 0: no preference, 1: dark, 2: light.
    void setColorScheme(uint value);

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &key) const;

private:
    QDBusConnection m_bus;
    uint m_colorScheme = 0;
};

/// The desktop's notifications.
class FakeNotifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        QString title;
        QString text;
    };

    explicit FakeNotifications(QDBusConnection bus);

    [[nodiscard]] const QList<Shown> &shown() const { return m_shown; }
    /// As a person who clicks the last one.
    void click();

public Q_SLOTS:
    QStringList GetCapabilities() const;
    uint Notify(const QString &program, uint replaced, const QString &icon, const QString &title,
                const QString &text, const QStringList &actions, const QVariantMap &hints,
                int time);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);

private:
    QList<Shown> m_shown;
};

/// The desktop's tray, which counts the icons in it.
class FakeTray : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ isThere)
    Q_PROPERTY(int ProtocolVersion READ version)

public:
    explicit FakeTray(const QDBusConnection &bus);

    [[nodiscard]] qsizetype icons() const { return m_icons.size(); }
    [[nodiscard]] bool isThere() const { return true; }
    [[nodiscard]] int version() const { return 0; }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service);

private:
    QDBusConnection m_bus;
    QStringList m_icons;
};

} // namespace cowrite::guitest
