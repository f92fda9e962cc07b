#pragma once

#include "libsync/base/error.h"
#include "libsync/crdt/id.h"
#include "libsync/protocol/access.h"
#include "libsync/session/admission/entrance.h"
#include "libsync/session/admission/exposure.h"
#include "libsync/session/admission/knocks.h"
#include "libsync/session/profile/nearby.h"
#include "libsync/session/room/figures.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

class QSettings;

namespace cowrite {
class Clock;
class Rng;
} // namespace cowrite

namespace cowrite::session {

class Profile;
class Replica;

/// What the one link of a hosted document lets whoever has it do. All of it can be changed while
/// the link stays the same.
struct LinkTerms {
    protocol::Access access = protocol::Access::Edit;
    /// How long it is good from now; nothing: until sharing ends.
    std::optional<std::chrono::seconds> left;

    friend bool operator==(const LinkTerms &, const LinkTerms &) = default;
};

/// Somebody who came by the link.
struct HostGuest {
    quint64 id = 0;
    QString name; ///< as they say; empty if they have not
    protocol::Access access = protocol::Access::Edit;
    std::vector<crdt::ClientId> clients; ///< of their presence

    friend bool operator==(const HostGuest &, const HostGuest &) = default;
};

/// How long a link lives that nobody has said anything else about.
inline constexpr std::chrono::seconds kLinkLife = std::chrono::hours(7 * 24);

/// The server inside the app: shared documents are rooms that guests connect to. The room's
/// document is the replica's own, so there is one document and one log. Each document has one link,
/// an invitation (Invitations); the book of them lies in the profile, so that links that were sent
/// are good after a restart as well.
class Host : public QObject {
    Q_OBJECT

public:
    struct Context {
        const Clock &clock;
        Rng &rng; ///< good enough for secrets
        /// Of the profile: has the certificate for guests on other machines, and the invitations.
        QString directory;
        /// Remembers address and port.
        QSettings &settings;
    };

    explicit Host(const Context &context, QObject *parent = nullptr);
    ~Host() override;

    /// Starts listening; port 0 picks one, that of the last time if it is free. Does nothing if it
    /// already listens there. Beyond this machine links carry the key, and who has one comes
    /// encrypted, also with OpenNetwork. With Admission::Everybody the address is enough. Errors,
    /// each a sentence: Busy for a port in use, Denied for Everybody beyond this machine without
    /// OpenNetwork, Network for anything else with it, those of net::ownCertificate() and
    /// Invitations::open().
    Result<void> start(const QHostAddress &address, quint16 port,
                       Exposure exposure = Exposure::Encrypted,
                       Admission admission = Admission::Invited);
    /// Ends every session; the documents stay.
    void stop();
    /// Where it listened the last time; null if it never did.
    [[nodiscard]] QHostAddress lastAddress() const;
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QHostAddress address() const;

    /// How the rooms are doing. What waits for the disk is not among it: the log is the profile's.
    [[nodiscard]] Figures figures() const;

    /// Opens `replica` to guests and returns the link to send them: the one that it had, or where
    /// that has ended a new one that lives for `life`. Errors: Busy while the host is not running
    /// or the replica is connected to another server, which must be left first; those of
    /// Invitations::mint().
    Result<QString> share(Replica &replica, std::optional<std::chrono::seconds> life = kLinkLife);
    /// Shares again, at the same address, what was shared when the program ended or the document
    /// was closed; nothing happens with another one. Errors as start() and share().
    Result<void> resume(Replica &replica);
    /// Guests are told that it is over; the document stays. The link is good again when it is
    /// shared again: replaceLink() is for those who are not to come back.
    void unshare(Replica &replica);
    [[nodiscard]] bool isShared(const Replica &replica) const;
    /// Empty unless shared.
    [[nodiscard]] QString link(const Replica &replica) const;
    [[nodiscard]] int guestCount(const Replica &replica) const;

    /// Nothing where everybody is let in, or it is not shared.
    [[nodiscard]] std::optional<LinkTerms> terms(const Replica &replica) const;
    /// For whoever has the link, also those who are here. Errors: NotFound as terms() gives
    /// nothing; Io if it could not be stored, and holds for this run only.
    Result<void> setLinkAccess(const Replica &replica, protocol::Access access);
    /// From now; nothing: until sharing ends. Errors as setLinkAccess().
    Result<void> setLinkLife(const Replica &replica, std::optional<std::chrono::seconds> life);
    /// Takes the link back, from those who are here as well, and makes another one on the same
    /// terms; where it has ended, on the usual ones. Errors as setLinkAccess() and share().
    Result<void> replaceLink(Replica &replica);

    [[nodiscard]] std::vector<HostGuest> guests(const Replica &replica) const;
    /// See Room::setAccess() and Room::remove().
    void setAccess(const Replica &replica, quint64 guest, protocol::Access access);
    void remove(const Replica &replica, quint64 guest);

    /// Whether the local network may be told of this document while other computers can join, so
    /// that people there may ask to be let in. Kept; not at first.
    void setAnnounced(Replica &replica, bool isAnnounced);
    [[nodiscard]] bool isAnnounced(const Replica &replica) const;
    /// What the local network is to be told now.
    [[nodiscard]] std::vector<Announcement> announcements() const;
    /// Of the key that guests on other machines see; empty while they cannot come.
    [[nodiscard]] QByteArray fingerprint() const;
    /// Who asks to be let in, the one who has waited longest first.
    [[nodiscard]] std::vector<Knock> knocks(const Replica &replica) const;
    /// Gives them the link of the document. Errors as share().
    Result<void> letIn(Replica &replica, quint64 knock);
    void turnAway(quint64 knock);

Q_SIGNALS:
    void runningChanged();
    /// guests() of a document changed, but for their names, which are presence.
    void guestsChanged();
    /// The link of a document, or what it lets people do, is another one.
    void linkChanged();
    /// announcements() may be others.
    void announcementsChanged();
    /// knocks() of a document changed.
    void knocksChanged();

private:
    friend class Profile;

    struct Private;

    /// As unshare(), but guests come back by themselves when the document is shared again.
    void interrupt(Replica &replica);

    std::unique_ptr<Private> d;
};

} // namespace cowrite::session
