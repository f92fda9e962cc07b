#pragma once

#include "libsync/base/clock.h"
#include "libsync/protocol/sync_machine.h"
#include "libsync/session/figures.h"
#include "libsync/session/guest_connection.h"
#include "libsync/session/logged_doc.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cowrite::session {

/// A document with its guests: passes on what each of them says, confirms what is on the disk, and
/// lets everybody's presence end with their connection. The document may be a server's own or that
/// of a replica in the app; the room does not know.
class Room : public QObject {
    Q_OBJECT

public:
    /// All outlive the room. The document may still be loading: guests wait for it, and are closed
    /// with Reset if it cannot be read.
    Room(LoggedDoc &logged, protocol::Awareness &awareness, const Clock &clock,
         QObject *parent = nullptr);
    ~Room() override;

    /// Takes over a guest's open connection.
    void admit(std::unique_ptr<GuestConnection> connection);
    [[nodiscard]] int guestCount() const { return static_cast<int>(m_guests.size()); }
    /// Asks every guest to go; each is gone when its connection has closed.
    void dismissAll(protocol::CloseCode code, const QString &reason);
    /// The user id of the guest whose machine has this origin; empty if it is not a guest or has
    /// not said.
    [[nodiscard]] std::string userOf(crdt::Origin origin) const;
    /// What went through this room so far.
    [[nodiscard]] const Traffic &traffic() const { return m_traffic; }

Q_SIGNALS:
    void guestsChanged();

private:
    struct Guest;

    void onLoaded();
    void onLoadFailed(const QString &message);
    void onReceived(Guest &guest, const QByteArray &message);
    void onGone(Guest &guest);
    void onCommitted(quint64 seq);
    void open(Guest &guest);
    void receive(Guest &guest, const QByteArray &message);
    /// Of the document; empty while there is none.
    [[nodiscard]] QString identity() const;
    void drain();
    void carryOut(Guest &guest, const protocol::Effect &effect);
    void removeGone();

    LoggedDoc &m_logged;
    protocol::Awareness &m_awareness;
    const Clock &m_clock;
    protocol::ClientOwners m_owners;
    std::vector<std::unique_ptr<Guest>> m_guests;
    std::vector<std::unique_ptr<Guest>> m_graveyard;
    Subscription m_docSubscription;
    Subscription m_awarenessSubscription;
    QTimer m_ticker;
    int m_drainDepth = 0;
    Traffic m_traffic;
    /// Changes that are not on the disk yet, and when they came.
    std::deque<std::pair<store::Seq, std::chrono::steady_clock::time_point>> m_unstored;
};

} // namespace cowrite::session
