#pragma once

#include "libsync/base/error.h"
#include "libsync/session/admission/exposure.h"
#include "libsync/session/room/figures.h"

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
    /// `clock` outlives the host. The certificate for guests on other machines lies in
    /// `certificateFile`, and is made when it is first needed.
    Host(const Clock &clock, QString certificateFile, QObject *parent = nullptr);
    ~Host() override;

    /// Starts listening; port 0 picks one. Does nothing if it already listens there. Beyond this
    /// machine links carry the key, and who has one comes encrypted, also with OpenNetwork. Errors,
    /// each a sentence: Busy for a port in use, Network for anything else with it, those of
    /// net::ownCertificate().
    Result<void> start(const QHostAddress &address, quint16 port,
                       Exposure exposure = Exposure::Encrypted);
    /// Ends every session; the documents stay.
    void stop();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QHostAddress address() const;

    /// How the rooms are doing. What waits for the disk is not among it: the log is the profile's.
    [[nodiscard]] Figures figures() const;

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
