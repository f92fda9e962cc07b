#include "app/desktop/nearby_network.h"

#include <algorithm>
#include <utility>

namespace cowrite::desktop {

NearbyNetwork::NearbyNetwork(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_daemon(bus), m_browser(m_daemon)
{
    connect(&m_browser, &NearbyBrowser::changed, this, &NearbyNetwork::changed);
    connect(&m_daemon, &AvahiDaemon::stateChanged, this, &NearbyNetwork::onDaemon);
}

std::optional<QList<session::NearbySession>> NearbyNetwork::sessions() const
{
    return m_daemon.state() == AvahiDaemon::State::Absent ? std::nullopt
                                                          : std::optional(m_browser.sessions());
}

void NearbyNetwork::announce(std::vector<session::Announcement> announcements)
{
    m_wanted = std::move(announcements);
    update();
}

void NearbyNetwork::onDaemon()
{
    update();
    Q_EMIT changed();
}

void NearbyNetwork::update()
{
    if (m_daemon.state() != AvahiDaemon::State::Running) {
        m_announced.clear();
        return;
    }
    std::erase_if(m_announced, [this](const auto &service) {
        return std::find(m_wanted.begin(), m_wanted.end(), service->announcement()) ==
               m_wanted.end();
    });
    for (const session::Announcement &wanted : m_wanted) {
        const bool isThere =
            std::any_of(m_announced.begin(), m_announced.end(),
                        [&](const auto &service) { return service->announcement() == wanted; });
        if (!isThere) {
            m_announced.push_back(std::make_unique<AnnouncedService>(m_daemon, wanted));
        }
    }
}

} // namespace cowrite::desktop
