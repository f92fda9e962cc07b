#include "app/desktop/color_scheme.h"

#include <QApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QEventLoop>
#include <QTimer>

namespace cowrite::desktop {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

/// Ours lies over it: taken away for a moment.
QPalette systemPalette()
{
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const QPalette system = QApplication::palette();
    QApplication::setPalette(ours);
    return system;
}

} // namespace

ColorScheme::ColorScheme(const QDBusConnection &bus)
    : m_shown(ui::Theme::matching(systemPalette()).kind)
{
    qApp->installEventFilter(this);
    ask(bus);
}

void ColorScheme::ask(QDBusConnection bus)
{
    if (!bus.isConnected()) {
        m_isAnswered = true;
        return;
    }
    qRegisterMetaType<QDBusVariant>(); // before a slot that takes one is connected by its name
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage message =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    message.setArguments({kGroup, kKey});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        m_isAnswered = true;
        if (!reply.isError()) {
            setPreference(reply.value().variant());
        }
        watcher->deleteLater();
    });
}

ui::Theme ColorScheme::theme() const
{
    return m_shown == ui::Theme::Kind::Dark ? ui::Theme::dark() : ui::Theme::light();
}

void ColorScheme::waitForAnswer(std::chrono::milliseconds longest)
{
    QEventLoop loop;
    QTimer::singleShot(longest, &loop, &QEventLoop::quit);
    const auto *watcher = findChild<QDBusPendingCallWatcher *>();
    if (!m_isAnswered && watcher != nullptr) {
        connect(watcher, &QDBusPendingCallWatcher::finished, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    }
}

void ColorScheme::onSettingChanged(const QString &group, const QString &key,
                                   const QDBusVariant &value)
{
    if (group == kGroup && key == kKey) {
        setPreference(value.variant());
    }
}

void ColorScheme::setPreference(const QVariant &value)
{
    QVariant inner = value;
    // Read() wraps it twice.
    while (inner.userType() == qMetaTypeId<QDBusVariant>()) {
        inner = inner.value<QDBusVariant>().variant();
    }
    const uint number = inner.toUInt();
    m_preference = number == 1   ? Preference::Dark
                   : number == 2 ? Preference::Light
                                 : Preference::None;
    update();
}

void ColorScheme::update()
{
    const ui::Theme::Kind kind = m_preference == Preference::Dark ? ui::Theme::Kind::Dark
                                 : m_preference == Preference::Light
                                     ? ui::Theme::Kind::Light
                                     : ui::Theme::matching(systemPalette()).kind;
    if (kind != m_shown) {
        m_shown = kind;
        Q_EMIT changed();
    }
}

bool ColorScheme::eventFilter(QObject *object, QEvent *event)
{
    // The system's palette is another one. It comes to every window.
    if (event->type() == QEvent::ThemeChange && m_preference == Preference::None) {
        QMetaObject::invokeMethod(this, &ColorScheme::update, Qt::QueuedConnection);
    }
    return QObject::eventFilter(object, event);
}

} // namespace cowrite::desktop
