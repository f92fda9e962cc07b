#include "tests/unit/desktop/fake_avahi.h"

#include <QDBusArgument>
#include <QDBusObjectPath>

#include <algorithm>

namespace cowrite::desktop {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Avahi");
const QString kType = QStringLiteral("_cowrite._tcp");

bool isSamePlace(const FakeAvahi::Service &left, const FakeAvahi::Service &right)
{
    return left.interface == right.interface && left.protocol == right.protocol &&
           left.name == right.name;
}

} // namespace

FakeAvahi::FakeAvahi(const QDBusConnection &bus) : m_bus(bus)
{
    m_bus.registerVirtualObject(QStringLiteral("/"), this, QDBusConnection::SubPath);
}

void FakeAvahi::start()
{
    m_bus.registerService(kService);
}

void FakeAvahi::stop()
{
    m_bus.unregisterService(kService);
    m_groups.clear();
    m_browsers.clear();
}

void FakeAvahi::setState(int state)
{
    m_state = state;
    for (const QString &client : std::as_const(m_clients)) {
        tell(QStringLiteral("/"), QStringLiteral("Server"), QStringLiteral("StateChanged"),
             {state, QString()}, client);
    }
}

void FakeAvahi::appear(const Service &service)
{
    m_network.append(service);
    for (auto it = m_browsers.cbegin(); it != m_browsers.cend(); ++it) {
        tellItem(it.key(), it.value(), QStringLiteral("ItemNew"), service);
    }
}

void FakeAvahi::vanish(const Service &service)
{
    m_network.removeIf([&](const Service &one) { return isSamePlace(one, service); });
    for (auto it = m_browsers.cbegin(); it != m_browsers.cend(); ++it) {
        tellItem(it.key(), it.value(), QStringLiteral("ItemRemove"), service);
    }
}

void FakeAvahi::collide()
{
    for (auto it = m_groups.begin(); it != m_groups.end(); ++it) {
        if (it->isCommitted) {
            m_taken.append(it->service.name);
            it->isCommitted = false;
            tell(it.key(), QStringLiteral("EntryGroup"), QStringLiteral("StateChanged"),
                 {3, QString()}, it->owner);
            return;
        }
    }
}

void FakeAvahi::answerHeld()
{
    m_isHolding = false;
    const QList<QDBusMessage> held = std::exchange(m_held, {});
    for (const QDBusMessage &question : held) {
        answer(question);
    }
}

QList<FakeAvahi::Service> FakeAvahi::published() const
{
    QList<Service> services;
    for (const Group &group : m_groups) {
        if (group.isCommitted) {
            services.append(group.service);
        }
    }
    std::sort(services.begin(), services.end(),
              [](const Service &left, const Service &right) { return left.name < right.name; });
    return services;
}

QString FakeAvahi::introspect(const QString &) const
{
    return {};
}

bool FakeAvahi::handleMessage(const QDBusMessage &message, const QDBusConnection &)
{
    const QString method = message.member();
    if (!m_clients.contains(message.service())) {
        m_clients.append(message.service());
    }
    const auto group = m_groups.find(message.path());
    if (method == QLatin1String("GetState")) {
        reply(message, {m_state});
    } else if (method == QLatin1String("EntryGroupNew")) {
        const QString path = QStringLiteral("/Client1/EntryGroup%1").arg(++m_made);
        m_groups.insert(path, {message.service(), {}, false, false});
        reply(message, {QVariant::fromValue(QDBusObjectPath(path))});
    } else if (method == QLatin1String("AddService") && group != m_groups.end()) {
        addService(message);
    } else if (method == QLatin1String("Commit") && group != m_groups.end()) {
        group->isCommitted = group->isFilled;
        reply(message, {});
    } else if (method == QLatin1String("Reset") && group != m_groups.end()) {
        group->isFilled = group->isCommitted = false;
        reply(message, {});
    } else if (method == QLatin1String("Free") && group != m_groups.end()) {
        m_groups.erase(group);
        reply(message, {});
    } else if (method == QLatin1String("GetAlternativeServiceName")) {
        reply(message, {message.arguments().first().toString() + QStringLiteral(" #2")});
    } else if (method == QLatin1String("ServiceBrowserNew")) {
        const QString path = QStringLiteral("/Client1/ServiceBrowser%1").arg(++m_made);
        m_browsers.insert(path, message.service());
        // First what is known, then what it is called: a client has to bear both orders.
        for (const Service &service : std::as_const(m_network)) {
            tellItem(path, message.service(), QStringLiteral("ItemNew"), service);
        }
        reply(message, {QVariant::fromValue(QDBusObjectPath(path))});
    } else if (method == QLatin1String("ResolveService")) {
        if (m_isHolding) {
            message.setDelayedReply(true);
            m_held.append(message);
        } else {
            answer(message);
        }
    } else {
        return false;
    }
    return true;
}

void FakeAvahi::reply(const QDBusMessage &message, const QVariantList &arguments)
{
    m_bus.send(message.createReply(arguments));
}

void FakeAvahi::addService(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    Service service;
    service.interface = arguments[0].toInt();
    service.protocol = arguments[1].toInt();
    service.flags = arguments[2].toUInt();
    service.name = arguments[3].toString();
    service.port = arguments[7].value<ushort>();
    service.txt = qdbus_cast<QByteArrayList>(arguments[8]);
    if (arguments[4].toString() != kType || m_taken.contains(service.name)) {
        m_bus.send(message.createErrorReply(kService + QStringLiteral(".CollisionError"),
                                            QStringLiteral("Local name collision")));
        return;
    }
    Group &group = m_groups[message.path()];
    group.service = service;
    group.isFilled = true;
    reply(message, {});
}

void FakeAvahi::answer(const QDBusMessage &question)
{
    const QVariantList asked = question.arguments();
    const Service wanted{asked[0].toInt(), asked[1].toInt(), asked[2].toString(), {}, 0, {}, 0};
    for (const Service &service : std::as_const(m_network)) {
        if (isSamePlace(service, wanted)) {
            reply(question,
                  {service.interface, service.protocol, service.name, kType,
                   QStringLiteral("local"), QStringLiteral("there.local"), 0, service.address,
                   QVariant::fromValue(service.port), QVariant::fromValue(service.txt), 0U});
            return;
        }
    }
    m_bus.send(question.createErrorReply(kService + QStringLiteral(".TimeoutError"),
                                         QStringLiteral("Timeout reached")));
}

void FakeAvahi::tell(const QString &path, const QString &interface, const QString &signal,
                     const QVariantList &arguments, const QString &to)
{
    QDBusMessage message = QDBusMessage::createTargetedSignal(
        to, path, kService + QLatin1Char('.') + interface, signal);
    message.setArguments(arguments);
    m_bus.send(message);
}

void FakeAvahi::tellItem(const QString &browser, const QString &to, const QString &signal,
                         const Service &service)
{
    tell(browser, QStringLiteral("ServiceBrowser"), signal,
         {service.interface, service.protocol, service.name, kType, QStringLiteral("local"),
          service.flags},
         to);
}

} // namespace cowrite::desktop
