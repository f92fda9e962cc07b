#include "app/desktop/announced_service.h"

#include "app/desktop/avahi_daemon.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QLoggingCategory>
#include <QPointer>

#include <utility>

namespace cowrite::desktop {

namespace {

Q_LOGGING_CATEGORY(lcNearby, "cowrite.nearby", QtWarningMsg)

const QString kGroup = QStringLiteral("EntryGroup");
/// On every network that the daemon is on; but over IPv4, which is what an app listens on.
constexpr int kEveryInterface = -1;
constexpr int kIpv4 = 0;
/// AvahiEntryGroupState of avahi-common/defs.h.
constexpr int kGroupCollision = 3;
/// Somebody answers to every name: then there is none to be had.
constexpr int kMostRenames = 20;

} // namespace

AnnouncedService::AnnouncedService(AvahiDaemon &daemon, session::Announcement announcement,
                                   QObject *parent)
    : QObject(parent),
      m_daemon(daemon),
      m_announcement(std::move(announcement)),
      m_name(session::serviceName(m_announcement))
{
    const auto onMade = [self = QPointer(this), &daemon](const QDBusMessage &reply) {
        const QString group = reply.arguments().value(0).value<QDBusObjectPath>().path();
        if (reply.type() != QDBusMessage::ReplyMessage || group.isEmpty()) {
            qCWarning(lcNearby, "nothing is announced: %s", qPrintable(reply.errorMessage()));
        } else if (self) {
            self->m_group = group;
            daemon.listen(group, kGroup, QStringLiteral("StateChanged"), self,
                          SLOT(onGroupState(int, QString)));
            self->add();
        } else {
            daemon.send(group, kGroup, QStringLiteral("Free"));
        }
    };
    // Also when this object is gone by then: the group would stay.
    m_daemon.call(AvahiDaemon::serverPath(), AvahiDaemon::server(), QStringLiteral("EntryGroupNew"),
                  {}, &daemon, onMade);
}

AnnouncedService::~AnnouncedService()
{
    if (!m_group.isEmpty()) {
        m_daemon.send(m_group, kGroup, QStringLiteral("Free"));
    }
}

void AnnouncedService::add()
{
    const QVariantList arguments{kEveryInterface,
                                 kIpv4,
                                 0U,
                                 m_name,
                                 QString::fromLatin1(kServiceType),
                                 QString(), // the usual domain
                                 QString(), // this computer
                                 QVariant::fromValue<ushort>(m_announcement.port),
                                 QVariant::fromValue(session::txtOf(m_announcement))};
    m_daemon.call(
        m_group, kGroup, QStringLiteral("AddService"), arguments, this,
        [this](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ReplyMessage) {
                m_daemon.send(m_group, kGroup, QStringLiteral("Commit"));
            } else if (reply.errorName() == QLatin1String("org.freedesktop.Avahi.CollisionError")) {
                rename();
            } else {
                qCWarning(lcNearby, "nothing is announced: %s", qPrintable(reply.errorMessage()));
            }
        });
}

void AnnouncedService::onGroupState(int state, const QString &)
{
    if (state == kGroupCollision) {
        m_daemon.send(m_group, kGroup, QStringLiteral("Reset"));
        rename();
    }
}

void AnnouncedService::rename()
{
    if (++m_renames > kMostRenames) {
        qCWarning(lcNearby, "nothing is announced: every name is taken");
        return;
    }
    m_daemon.call(AvahiDaemon::serverPath(), AvahiDaemon::server(),
                  QStringLiteral("GetAlternativeServiceName"), {m_name}, this,
                  [this](const QDBusMessage &reply) {
                      if (reply.type() == QDBusMessage::ReplyMessage) {
                          m_name = reply.arguments().value(0).toString();
                          add();
                      }
                  });
}

} // namespace cowrite::desktop
