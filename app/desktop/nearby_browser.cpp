#include "app/desktop/nearby_browser.h"

#include "app/desktop/announced_service.h"
#include "app/desktop/avahi_daemon.h"

#include <QDBusArgument>
#include <QDBusMessage>

#include <algorithm>

namespace cowrite::desktop {

namespace {

const QString kBrowser = QStringLiteral("ServiceBrowser");
constexpr int kEveryInterface = -1;
constexpr int kEveryProtocol = -1;
constexpr int kIpv4 = 0;
/// AVAHI_LOOKUP_RESULT_OUR_OWN of avahi-common/defs.h.
constexpr uint kOurOwn = 16;
/// More than that is no network that anybody looks through. The bus lets nobody wait for more than
/// 128 answers at a time.
constexpr std::size_t kMostPlaces = 100;
constexpr qsizetype kMostSessions = 50;
/// Of the answer of ResolveService: interface, protocol, name, type, domain, host, protocol of the
/// address, address, port, TXT record, flags.
constexpr int kAddress = 7;
constexpr int kPort = 8;
constexpr int kTxt = 9;

/// What is the same for one document of one computer, whatever network it is seen over.
QString identityOf(const session::NearbySession &session)
{
    return session.address.mid(session.address.indexOf(QLatin1String("/r/")));
}

QString serviceType()
{
    return QString::fromLatin1(kServiceType);
}

} // namespace

NearbyBrowser::NearbyBrowser(const AvahiDaemon &daemon, QObject *parent)
    : QObject(parent), m_daemon(daemon)
{
    // Before there is a browser: what is known already is told before it is said what the browser
    // is called. The daemon tells nobody else about it.
    daemon.listen({}, kBrowser, QStringLiteral("ItemNew"), this,
                  SLOT(onItemNew(int, int, QString, QString, QString, uint)));
    daemon.listen({}, kBrowser, QStringLiteral("ItemRemove"), this,
                  SLOT(onItemRemove(int, int, QString, QString, QString, uint)));
    connect(&daemon, &AvahiDaemon::stateChanged, this, &NearbyBrowser::onDaemon);
    onDaemon();
}

void NearbyBrowser::onDaemon()
{
    if (m_daemon.state() == AvahiDaemon::State::Absent) {
        m_isBrowsing = false;
        m_found.clear();
        update();
        return;
    }
    if (m_isBrowsing) {
        return;
    }
    m_isBrowsing = true;
    m_daemon.call(AvahiDaemon::serverPath(), AvahiDaemon::server(),
                  QStringLiteral("ServiceBrowserNew"),
                  {kEveryInterface, kEveryProtocol, serviceType(), QString(), 0U}, this,
                  [this](const QDBusMessage &reply) {
                      // With the next change of the daemon it is tried again.
                      m_isBrowsing = m_isBrowsing && reply.type() == QDBusMessage::ReplyMessage;
                  });
}

void NearbyBrowser::onItemNew(int interface, int protocol, const QString &name, const QString &type,
                              const QString &domain, uint flags)
{
    const Place place(interface, protocol, name, domain);
    const bool isRoom = m_found.size() < kMostPlaces || m_found.contains(place);
    if (type != serviceType() || (flags & kOurOwn) != 0 || !m_isBrowsing || !isRoom) {
        return;
    }
    m_found[place] = {++m_last, std::nullopt};
    resolve(place, m_last);
}

void NearbyBrowser::onItemRemove(int interface, int protocol, const QString &name,
                                 const QString &type, const QString &domain, uint)
{
    if (type == serviceType() && m_found.erase({interface, protocol, name, domain}) > 0) {
        update();
    }
}

void NearbyBrowser::resolve(const Place &place, quint64 number)
{
    const auto &[interface, protocol, name, domain] = place;
    m_daemon.call(AvahiDaemon::serverPath(), AvahiDaemon::server(),
                  QStringLiteral("ResolveService"),
                  {interface, protocol, name, serviceType(), domain, kIpv4, 0U}, this,
                  [this, place, number](const QDBusMessage &reply) {
                      const auto found = m_found.find(place);
                      const QVariantList answer = reply.arguments();
                      if (found == m_found.end() || found->second.number != number ||
                          reply.type() != QDBusMessage::ReplyMessage || answer.size() <= kTxt) {
                          return;
                      }
                      found->second.session = session::nearbySession(
                          std::get<2>(place), QHostAddress(answer[kAddress].toString()),
                          answer[kPort].value<ushort>(), qdbus_cast<QByteArrayList>(answer[kTxt]));
                      update();
                  });
}

void NearbyBrowser::update()
{
    QList<session::NearbySession> sessions;
    for (const auto &[place, found] : m_found) {
        const bool isKnown =
            !found.session || std::any_of(sessions.begin(), sessions.end(), [&](const auto &known) {
                return identityOf(known) == identityOf(*found.session);
            });
        if (!isKnown && sessions.size() < kMostSessions) {
            sessions.append(*found.session);
        }
    }
    std::stable_sort(sessions.begin(), sessions.end(), [](const auto &left, const auto &right) {
        return QString::localeAwareCompare(left.title, right.title) < 0;
    });
    if (sessions != m_sessions) {
        m_sessions = std::move(sessions);
        Q_EMIT changed();
    }
}

} // namespace cowrite::desktop
