#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QDBusMessage;
class QDBusPendingCallWatcher;

namespace cowrite::desktop {

/// Tells a person something outside of the window, by the desktop's own notifications
/// (org.freedesktop.Notifications). Where there are none, nothing is told.
class Notifications : public QObject {
    Q_OBJECT

public:
    explicit Notifications(const QDBusConnection &bus);

    /// Shows `title` and `text` as they are; `clicked` is called if the person clicks there.
    void show(const QString &title, const QString &text, std::function<void()> clicked);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onActivationToken(uint id, const QString &token);
    void onClosed(uint id, uint reason);

private:
    void call(const QDBusMessage &message,
              std::function<void(const QDBusPendingCallWatcher &)> done);
    void send(const QString &title, const QString &text, std::function<void()> clicked);

    QDBusConnection m_bus;
    /// What the desktop's can do; nothing before it was asked.
    std::optional<QStringList> m_capabilities;
    QHash<uint, std::function<void()>> m_clicked;
};

} // namespace cowrite::desktop
