#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/frame_batch.h"
#include "libsync/net/outbox.h"
#include "libsync/protocol/sync_machine.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/session/room/document_size.h"
#include "libsync/session/room/figures.h"
#include "libsync/session/room/guest_connection.h"
#include "libsync/session/room/room_rules.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cowrite::session {

/// A document with its guests: passes on what each of them says, confirms what is on the disk, and
/// lets everybody's presence end with their connection. The document may be a server's own or that
/// of a replica in the app; the room does not know.
class Room : public QObject, private net::Outbox::Sender {
    Q_OBJECT

public:
    /// All outlive the room. The document may still be loading: guests wait for it, and are closed
    /// with Reset if it cannot be read.
    Room(LoggedDoc &logged, protocol::Awareness &awareness, const Clock &clock,
         RoomRules rules = {}, QObject *parent = nullptr);
    ~Room() override;

    /// Who is here, of those that have a connection.
    struct GuestInfo {
        quint64 id = 0; ///< of the connection
        Visitor visitor;
        protocol::Access access = protocol::Access::Edit; ///< now
        std::string userId;                               ///< as they say; empty if they have not
        std::string name;
        std::vector<crdt::ClientId> clients; ///< of their presence
    };

    /// Takes over a guest's open connection. What they may do is in its visitor(), and is looked at
    /// again once a second and whenever the invitations change: whose invitation has ended, is
    /// closed with Unauthorized, or with Forbidden if it was withdrawn.
    void admit(std::unique_ptr<GuestConnection> connection);
    [[nodiscard]] int guestCount() const { return static_cast<int>(m_guests.size()); }
    [[nodiscard]] std::vector<GuestInfo> guests() const;
    /// Closes this guest with Forbidden, and everybody who calls themselves the same, now and
    /// later. The invitation stays good for others. False if there is no such guest.
    bool remove(quint64 id);
    /// What this guest may do, whatever their invitation says. Less than that holds for everybody
    /// who calls themselves the same, now and later; more, for those who also come from the same
    /// address. Who has not said who they are has it for this connection. False if there is no such
    /// guest.
    bool setAccess(quint64 id, protocol::Access access);
    /// Asks every guest to go; each is gone when its connection has closed.
    void dismissAll(protocol::CloseCode code, const QString &reason);
    /// The user id of the guest whose machine has this origin; empty if it is not a guest or has
    /// not said.
    [[nodiscard]] std::string userOf(crdt::Origin origin) const;
    /// What went through this room so far.
    [[nodiscard]] const Traffic &traffic() const { return m_traffic; }

Q_SIGNALS:
    /// Somebody came or went, or may do something else now.
    void guestsChanged();

private:
    struct Guest;
    /// What all guests are told, and from whom each of it is.
    struct Batch {
        net::FrameBatch messages;
        std::vector<crdt::Origin> origins;
    };
    /// What a guest says of themselves in their presence.
    struct SelfPortrait {
        std::string userId;
        std::string name;
    };

    void onLoaded();
    void onLoadFailed(const QString &message);
    void onReceived(Guest &guest, const QByteArray &message);
    void onGone(Guest &guest);
    void onCommitted(quint64 seq);
    void open(Guest &guest);
    void receive(Guest &guest, const QByteArray &message);
    void close(Guest &guest, protocol::CloseCode code, const QString &reason);
    [[nodiscard]] SelfPortrait portraitOf(const Guest &guest) const;
    void checkGuests();
    /// What their invitation lets a guest do now.
    [[nodiscard]] protocol::Access invitedTo(const Guest &guest) const;
    /// What a guest may do until they have said who they are. To let somebody do more later would
    /// make them come once more, and that again.
    [[nodiscard]] protocol::Access atTheDoor(Guest &guest) const;
    /// What a guest may do whose invitation gives this.
    [[nodiscard]] protocol::Access allowedTo(const Guest &guest, protocol::Access invited) const;
    void changeAccess(Guest &guest, protocol::Access access);
    void onVisitorChanged(Guest &guest);
    void note(std::string_view what, const Guest &guest, QJsonObject more = {});
    /// Whether this message would make a document larger that is full.
    [[nodiscard]] bool overfills(ByteView message);
    /// Of the document; empty while there is none.
    [[nodiscard]] QString identity() const;
    void drain();
    /// Tells every guest of a change, but the one whose origin it has; soon, and encoded once.
    void tellAll(ByteView message, crdt::Origin origin);
    int flush() override;
    /// Sends the guest what is news to it in a batch. How many writes that took.
    int tell(Guest &guest, const Batch &batch);
    void send(Guest &guest, ByteView message);
    void carryOut(Guest &guest, const protocol::Effect &effect);
    void removeGone();

    LoggedDoc &m_logged;
    protocol::Awareness &m_awareness;
    const Clock &m_clock;
    RoomRules m_rules;
    DocumentSize m_size;
    quint64 m_lastGuest = 0;
    /// Users that were removed.
    std::set<std::string> m_removed;
    /// Users who may do less than their invitations say.
    std::map<std::string, protocol::Access> m_restrained;
    /// Users, and their addresses, who may do more. Who they are, guests say themselves: without
    /// the address whoever has seen their name could be them.
    std::map<std::pair<std::string, QString>, protocol::Access> m_trusted;
    protocol::ClientOwners m_owners;
    std::vector<std::unique_ptr<Guest>> m_guests;
    std::vector<std::unique_ptr<Guest>> m_graveyard;
    Subscription m_docSubscription;
    Subscription m_awarenessSubscription;
    QTimer m_ticker;
    int m_drainDepth = 0;
    /// Waits for the outbox.
    Batch m_batch;
    Traffic m_traffic;
    /// Changes that are not on the disk yet, and when they came.
    std::deque<std::pair<store::Seq, std::chrono::steady_clock::time_point>> m_unstored;
};

} // namespace cowrite::session
