#pragma once

#include "libsync/base/error.h"
#include "libsync/session/exposure.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <memory>

namespace cowrite {
class Clock;
}

namespace cowrite::session {

class Profile;
class Replica;

/// The server inside the app: shared documents are rooms that guests connect to. The room's
/// document is the replica's own, so there is one document and one log.
class Host : public QObject {
    Q_OBJECT

public:
    /// `clock` outlives the host.
    explicit Host(const Clock &clock, QObject *parent = nullptr);
    ~Host() override;

    /// Starts listening; port 0 picks one. Does nothing if it already listens there. Errors, each a
    /// sentence: Busy for a port in use, Denied for an address beyond loopback without OpenNetwork,
    /// Network for anything else.
    Result<void> start(const QHostAddress &address, quint16 port,
                       Exposure exposure = Exposure::LoopbackOnly);
    /// Ends every session; the documents stay.
    void stop();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QHostAddress address() const;

    /// Opens `replica` to guests and returns the link to send them. Errors: Busy while the host is
    /// not running or the replica is connected to another server, which must be left first.
    Result<QString> share(Replica &replica);
    /// Guests are told that it is over; the document stays.
    void unshare(Replica &replica);
    [[nodiscard]] bool isShared(const Replica &replica) const;
    /// Empty unless shared.
    [[nodiscard]] QString link(const Replica &replica) const;
    [[nodiscard]] int guestCount(const Replica &replica) const;

Q_SIGNALS:
    void runningChanged();
    void guestsChanged();

private:
    friend class Profile;

    struct Private;

    /// As unshare(), but guests come back by themselves when the document is shared again.
    void interrupt(Replica &replica);

    std::unique_ptr<Private> d;
};

} // namespace cowrite::session
