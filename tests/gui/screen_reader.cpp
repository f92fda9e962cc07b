#include "tests/gui/screen_reader.h"

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>

namespace cowrite::guitest {

namespace {

constexpr char kAccessible[] = "org.a11y.atspi.Accessible";
constexpr char kText[] = "org.a11y.atspi.Text";
constexpr char kProperties[] = "org.freedesktop.DBus.Properties";
const QString kEvents = QStringLiteral("org.a11y.atspi.Event.Object");
const ScreenReader::Item kStatus{QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus")};
const ScreenReader::Item kRegistry{QStringLiteral("org.a11y.atspi.Registry"),
                                   QStringLiteral("/org/a11y/atspi/registry")};
const ScreenReader::Item kDesktop{QStringLiteral("org.a11y.atspi.Registry"),
                                  QStringLiteral("/org/a11y/atspi/accessible/root")};

QDBusMessage call(const QDBusConnection &bus, const ScreenReader::Item &item, const char *interface,
                  const char *method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        item.service, item.path, QLatin1String(interface), QLatin1String(method));
    message.setArguments(arguments);
    return bus.call(message);
}

} // namespace

QString ScreenReader::start(const QDBusConnection &session)
{
    const QDBusReply<QString> address = call(session, kStatus, "org.a11y.Bus", "GetAddress", {});
    if (!address.isValid()) {
        return QStringLiteral("at-spi2-core is missing; ./dev setup installs it (%1)")
            .arg(address.error().message());
    }
    call(session, kStatus, kProperties, "Set",
         {QStringLiteral("org.a11y.Status"), QStringLiteral("IsEnabled"),
          QVariant::fromValue(QDBusVariant(true))});
    m_bus = QDBusConnection::connectToBus(address.value(), QStringLiteral("screen reader"));
    // Programs tell what somebody has asked for.
    const QDBusMessage registered = call(m_bus, kRegistry, "org.a11y.atspi.Registry",
                                         "RegisterEvent", {QStringLiteral("object:")});
    if (registered.type() == QDBusMessage::ErrorMessage) {
        return registered.errorMessage();
    }
    m_bus.connect({}, {}, kEvents, QStringLiteral("PropertyChange"), this,
                  SLOT(onPropertyChange(QDBusMessage)));
    m_bus.connect({}, {}, kEvents, QStringLiteral("Announcement"), this,
                  SLOT(onAnnouncement(QDBusMessage)));
    return {};
}

void ScreenReader::onPropertyChange(const QDBusMessage &message)
{
    if (message.arguments().value(0).toString() == QLatin1String("accessible-description")) {
        const Item item{message.service(), message.path()};
        m_told.append(property(item, kAccessible, "Description").toString());
    }
}

void ScreenReader::onAnnouncement(const QDBusMessage &message)
{
    m_told.append(message.arguments().value(3).value<QDBusVariant>().variant().toString());
}

std::optional<ScreenReader::Item> ScreenReader::find(const QString &role, const QString &name) const
{
    return findIn(kDesktop, role, name);
}

std::optional<ScreenReader::Item> ScreenReader::findIn(const Item &item, const QString &role,
                                                       const QString &name) const
{
    const QList<Item> all = children(item);
    for (const Item &child : all) {
        if (nameOf(child) == name && ask(child, kAccessible, "GetRoleName").toString() == role) {
            return child;
        }
        if (const auto found = findIn(child, role, name)) {
            return found;
        }
    }
    return std::nullopt;
}

QString ScreenReader::text(const Item &item) const
{
    return ask(item, kText, "GetText", {0, -1}).toString();
}

int ScreenReader::caret(const Item &item) const
{
    const QVariant offset = property(item, kText, "CaretOffset");
    return offset.isValid() ? offset.toInt() : -1;
}

QStringList ScreenReader::childNames(const Item &item) const
{
    QStringList names;
    const QList<Item> all = children(item);
    for (const Item &child : all) {
        names.append(nameOf(child));
    }
    return names;
}

QVariant ScreenReader::ask(const Item &item, const char *interface, const char *method,
                           const QVariantList &arguments) const
{
    return call(m_bus, item, interface, method, arguments).arguments().value(0);
}

QVariant ScreenReader::property(const Item &item, const char *interface, const char *name) const
{
    return ask(item, kProperties, "Get", {QLatin1String(interface), QLatin1String(name)})
        .value<QDBusVariant>()
        .variant();
}

QString ScreenReader::nameOf(const Item &item) const
{
    return property(item, kAccessible, "Name").toString();
}

QList<ScreenReader::Item> ScreenReader::children(const Item &item) const
{
    QList<Item> all;
    const QVariant answer = ask(item, kAccessible, "GetChildren");
    if (!answer.canConvert<QDBusArgument>()) {
        return all;
    }
    const auto list = answer.value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        Item child;
        QDBusObjectPath path;
        list.beginStructure();
        list >> child.service >> path;
        list.endStructure();
        child.path = path.path();
        all.append(child);
    }
    list.endArray();
    return all;
}

} // namespace cowrite::guitest
