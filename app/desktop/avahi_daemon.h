#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>
#include <QVariantList>

#include <functional>

class QDBusMessage;

namespace cowrite::desktop {

/// The daemon that speaks DNS-SD on the local network (Avahi, over its D-Bus interface), and
/// whether it is there. It may come, go and come back at any time; it is never started, and nothing
/// here waits for it.
class AvahiDaemon : public QObject {
    Q_OBJECT

public:
    enum class State {
        Absent,
        Starting, ///< it is there, and its own name is not settled yet
        Running,
    };

    explicit AvahiDaemon(const QDBusConnection &bus, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QDBusConnection &bus() const { return m_bus; }

    /// Calls a method of its interface `org.freedesktop.Avahi.<interface>`. `done` gets the reply,
    /// which may be an error, unless `context` is gone by then.
    void call(const QString &path, const QString &interface, const QString &method,
              const QVariantList &arguments, QObject *context,
              std::function<void(const QDBusMessage &reply)> done) const;
    /// Without waiting for what becomes of it.
    void send(const QString &path, const QString &interface, const QString &method) const;
    /// Calls `slot` of `receiver` (as SLOT() has it) for each signal of that interface; of an empty
    /// path, from every object.
    void listen(const QString &path, const QString &interface, const QString &signal,
                QObject *receiver, const char *slot) const;

    /// The object that makes the others.
    static QString serverPath();
    static QString server();

Q_SIGNALS:
    /// After each change of state(). A daemon that was replaced by another one is Absent in
    /// between.
    void stateChanged();

private Q_SLOTS:
    void onServerState(int state, const QString &error);

private:
    void onOwner(const QString &owner);
    void ask();
    void setState(State state);

    QDBusConnection m_bus;
    State m_state = State::Absent;
};

} // namespace cowrite::desktop
