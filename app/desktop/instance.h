#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

class QLocalSocket;

namespace cowrite::desktop {

/// A start of the program, as the instance that has the profile open hears of it.
struct Start {
    /// What relative paths among the arguments are relative to.
    QString folder;
    /// The program's name first, as in main().
    QStringList arguments;
    /// What entitles a window to come to the front under Wayland; empty elsewhere.
    QString activationToken;
};

/// Lets one program have a profile open: it listens at a socket in the profile's folder, and a
/// later start hands over its arguments there instead of opening the profile. Who may listen is
/// settled by the lock of the profile's log, so a socket that a crash left behind is nobody's.
class Instance : public QObject {
    Q_OBJECT

public:
    enum class Answer {
        Taken,  ///< the other one does what was asked for
        Ending, ///< the other one is on its way out; the profile is free soon
        Nobody, ///< there is none that listens and answers
    };

    /// Passes `start` on to whoever listens for the profile in `directory`. Blocks for at most
    /// `patience` while there is somebody who does not answer.
    [[nodiscard]] static Answer handOver(const QString &directory, const Start &start,
                                         std::chrono::milliseconds patience);

    /// Listens for later starts. The caller has the profile in `directory` open. `take` says
    /// whether it does what was asked for; it outlives this object. Where the folder cannot hold a
    /// socket, later starts find the profile in use.
    Instance(const QString &directory, std::function<bool(const Start &)> take);
    ~Instance() override;

private:
    void onConnection();
    void onReadable(QLocalSocket &socket);

    std::function<bool(const Start &)> m_take;
    QLocalServer m_server;
};

} // namespace cowrite::desktop
