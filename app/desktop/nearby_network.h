#pragma once

#include "app/desktop/announced_service.h"
#include "app/desktop/avahi_daemon.h"
#include "app/desktop/nearby_browser.h"
#include "libsync/session/profile/nearby.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace cowrite::desktop {

/// What is shared on the local network, by others and from here, as long as there is a daemon that
/// knows (AvahiDaemon).
class NearbyNetwork : public QObject {
    Q_OBJECT

public:
    /// `bus` is the system's.
    explicit NearbyNetwork(const QDBusConnection &bus, QObject *parent = nullptr);

    /// By title; nothing where nobody knows.
    [[nodiscard]] std::optional<QList<session::NearbySession>> sessions() const;
    /// What the network is told from now on, whenever there is a daemon.
    void announce(std::vector<session::Announcement> announcements);

Q_SIGNALS:
    /// sessions() are others.
    void changed();

private:
    void onDaemon();
    void update();

    AvahiDaemon m_daemon;
    NearbyBrowser m_browser;
    std::vector<session::Announcement> m_wanted;
    std::vector<std::unique_ptr<AnnouncedService>> m_announced;
};

} // namespace cowrite::desktop
