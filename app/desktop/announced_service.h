#pragma once

#include "libsync/session/profile/nearby.h"

#include <QObject>
#include <QString>

namespace cowrite::desktop {

class AvahiDaemon;

/// The type of a DNS-SD service that is a session of Cowrite.
inline constexpr char kServiceType[] = "_cowrite._tcp";

/// One session that the local network is told of, for the life of the object. Where its name is
/// taken it gets another one, as Avahi makes them ("Plans #2").
class AnnouncedService : public QObject {
    Q_OBJECT

public:
    /// `daemon` is running, and outlives this object.
    AnnouncedService(AvahiDaemon &daemon, session::Announcement announcement,
                     QObject *parent = nullptr);
    /// The network is told that it is over.
    ~AnnouncedService() override;

    [[nodiscard]] const session::Announcement &announcement() const { return m_announcement; }

private Q_SLOTS:
    void onGroupState(int state, const QString &error);

private:
    void add();
    void rename();

    AvahiDaemon &m_daemon;
    session::Announcement m_announcement;
    QString m_name;
    /// Of the daemon's group of records; empty before it has made one.
    QString m_group;
    int m_renames = 0;
};

} // namespace cowrite::desktop
