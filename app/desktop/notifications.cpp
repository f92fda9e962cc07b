#include "app/desktop/notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <utility>

namespace cowrite::desktop {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kDefaultAction = QStringLiteral("default");
/// As long as the desktop thinks right.
constexpr int kUsualTime = -1;

QDBusMessage methodCall(const QString &method)
{
    return QDBusMessage::createMethodCall(kService, kPath, kService, method);
}

} // namespace

Notifications::Notifications(const QDBusConnection &bus) : m_bus(bus)
{
    m_bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                  SLOT(onActionInvoked(uint, QString)));
    m_bus.connect(kService, kPath, kService, QStringLiteral("ActivationToken"), this,
                  SLOT(onActivationToken(uint, QString)));
    m_bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                  SLOT(onClosed(uint, uint)));
}

void Notifications::call(const QDBusMessage &message,
                         std::function<void(const QDBusPendingCallWatcher &)> done)
{
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, done = std::move(done)] {
        done(*watcher);
        watcher->deleteLater();
    });
}

void Notifications::show(const QString &title, const QString &text, std::function<void()> clicked)
{
    if (m_capabilities) {
        send(title, text, std::move(clicked));
        return;
    }
    call(methodCall(QStringLiteral("GetCapabilities")),
         [this, title, text, clicked = std::move(clicked)](const QDBusPendingCallWatcher &watcher) {
             const QDBusPendingReply<QStringList> reply = watcher;
             if (!reply.isError()) {
                 m_capabilities = reply.value();
                 send(title, text, clicked);
             }
         });
}

void Notifications::send(const QString &title, const QString &text, std::function<void()> clicked)
{
    // What people write is no markup.
    const bool takesMarkup = m_capabilities->contains(QStringLiteral("body-markup"));
    QDBusMessage message = methodCall(QStringLiteral("Notify"));
    message.setArguments({QStringLiteral("Cowrite"), 0U, QStringLiteral("cowrite"), title,
                          takesMarkup ? text.toHtmlEscaped() : text,
                          QStringList{kDefaultAction, tr("Open")},
                          QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("cowrite")},
                                      {QStringLiteral("category"), QStringLiteral("im.received")}},
                          kUsualTime});
    call(message, [this, clicked = std::move(clicked)](const QDBusPendingCallWatcher &watcher) {
        const QDBusPendingReply<uint> reply = watcher;
        if (!reply.isError()) {
            m_clicked.insert(reply.value(), clicked);
        }
    });
}

void Notifications::onActionInvoked(uint id, const QString &action)
{
    if (const auto clicked = m_clicked.value(id); clicked && action == kDefaultAction) {
        clicked();
    }
}

void Notifications::onActivationToken(uint id, const QString &token)
{
    // What entitles the window to come to the front under Wayland; sent before the action.
    if (m_clicked.contains(id)) {
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }
}

void Notifications::onClosed(uint id, uint reason)
{
    Q_UNUSED(reason);
    m_clicked.remove(id);
}

} // namespace cowrite::desktop
