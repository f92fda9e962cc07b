#pragma once

#include "libsync/session/profile/nearby.h"

#include <QList>
#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <tuple>

namespace cowrite::desktop {

class AvahiDaemon;

/// The sessions that others have announced on the local network, while the daemon is there. What
/// this program has announced itself is not among them. All of it is hearsay, and bounded.
class NearbyBrowser : public QObject {
    Q_OBJECT

public:
    /// `daemon` outlives the browser.
    explicit NearbyBrowser(const AvahiDaemon &daemon, QObject *parent = nullptr);

    /// By title. A session that is seen over several networks is one.
    [[nodiscard]] QList<session::NearbySession> sessions() const { return m_sessions; }

Q_SIGNALS:
    /// sessions() are others.
    void changed();

private Q_SLOTS:
    void onItemNew(int interface, int protocol, const QString &name, const QString &type,
                   const QString &domain, uint flags);
    void onItemRemove(int interface, int protocol, const QString &name, const QString &type,
                      const QString &domain, uint flags);

private:
    /// Interface, protocol, name, domain.
    using Place = std::tuple<int, int, QString, QString>;
    struct Found {
        /// A later one may have come at the same place while this one was asked for.
        quint64 number = 0;
        std::optional<session::NearbySession> session;
    };

    void onDaemon();
    void resolve(const Place &place, quint64 number);
    void update();

    const AvahiDaemon &m_daemon;
    bool m_isBrowsing = false;
    std::map<Place, Found> m_found;
    quint64 m_last = 0;
    QList<session::NearbySession> m_sessions;
};

} // namespace cowrite::desktop
