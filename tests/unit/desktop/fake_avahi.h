#pragma once

#include <QByteArrayList>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QHash>
#include <QList>
#include <QStringList>

namespace cowrite::desktop {

/// Avahi's D-Bus interface as far as Cowrite uses it, with a network that a test makes up. Signals
/// go to whoever made the object that they are from, as Avahi's do.
class FakeAvahi : public QDBusVirtualObject {
    Q_OBJECT

public:
    struct Service {
        int interface = 2;
        int protocol = 0;
        QString name;
        QString address;
        ushort port = 7300;
        QByteArrayList txt;
        uint flags = 0;
    };

    explicit FakeAvahi(const QDBusConnection &bus);

    /// Comes onto the bus, and leaves it with all that it was told forgotten.
    void start();
    void stop();
    /// AvahiServerState: 1 registering, 2 running, 3 collision.
    void setState(int state);

    /// Others on the network.
    void appear(const Service &service);
    void vanish(const Service &service);
    /// Somebody else has this name: adding it fails.
    void take(const QString &name) { m_taken.append(name); }
    /// Somebody else turns out to have the name of what was published first.
    void collide();
    /// Keeps questions open, until they are answered.
    void holdAnswers() { m_isHolding = true; }
    void answerHeld();

    [[nodiscard]] qsizetype held() const { return m_held.size(); }
    [[nodiscard]] int browsers() const { return static_cast<int>(m_browsers.size()); }
    /// What was committed and is not withdrawn, by name.
    [[nodiscard]] QList<Service> published() const;

    [[nodiscard]] QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override;

private:
    struct Group {
        QString owner;
        Service service;
        bool isFilled = false;
        bool isCommitted = false;
    };

    void reply(const QDBusMessage &message, const QVariantList &arguments);
    void addService(const QDBusMessage &message);
    void answer(const QDBusMessage &question);
    void tell(const QString &path, const QString &interface, const QString &signal,
              const QVariantList &arguments, const QString &to);
    void tellItem(const QString &browser, const QString &to, const QString &signal,
                  const Service &service);

    QDBusConnection m_bus;
    int m_state = 2;
    int m_made = 0;
    bool m_isHolding = false;
    QList<Service> m_network;
    QStringList m_taken;
    QHash<QString, Group> m_groups;
    QHash<QString, QString> m_browsers; ///< path and owner
    QStringList m_clients;
    QList<QDBusMessage> m_held;
};

} // namespace cowrite::desktop
