#include "libsync/session/room/room.h"

#include "libsync/base/overloaded.h"
#include "libsync/net/web_socket_channel.h"
#include "libsync/protocol/messages.h"
#include "libsync/session/admission/invitations.h"
#include "libsync/session/document/document_meta.h"
#include "libsync/session/document/room_identity.h"
#include "libsync/session/room/room_guest.h"

#include <QLoggingCategory>

#include <algorithm>
#include <iterator>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcRoom, "cowrite.session.room", QtWarningMsg)

/// How often deadlines are looked at; they are many seconds long.
constexpr std::chrono::milliseconds kTick{1'000};
/// What a guest may say before the document is there: a question and who they are.
constexpr qsizetype kMaxHeldBytes = qsizetype{1} << 20;
/// What is told to all does not wait for more, if it is this much.
constexpr std::size_t kMostPutOff = std::size_t{64} << 10;

} // namespace

Room::Room(LoggedDoc &logged, protocol::Awareness &awareness, const Clock &clock, RoomRules rules,
           QObject *parent)
    : QObject(parent),
      m_logged(logged),
      m_awareness(awareness),
      m_clock(clock),
      m_rules(std::move(rules)),
      m_size(logged.doc(), clock, m_rules.documentBytes)
{
    if (m_rules.invitations) {
        connect(m_rules.invitations, &Invitations::changed, this, &Room::checkGuests);
    }
    m_docSubscription = m_logged.changed.connect(
        [this](ByteView update, store::Seq seq, const crdt::Transaction &transaction) {
            m_unstored.emplace_back(seq, m_clock.steadyNow());
            m_size.changed(update.size());
            tellAll(protocol::encodeSyncUpdate(update), transaction.origin());
        });
    m_awarenessSubscription = m_awareness.updated.connect(
        [this](const protocol::AwarenessChange &change, crdt::Origin origin) {
            if (!m_guests.empty()) {
                tellAll(protocol::encodeAwarenessMessage(m_awareness.encode(change.clients())),
                        origin);
            }
        });
    connect(&m_logged, &LoggedDoc::committed, this, &Room::onCommitted);
    connect(&m_logged, &LoggedDoc::loaded, this, &Room::onLoaded);
    connect(&m_logged, &LoggedDoc::loadFailed, this, &Room::onLoadFailed);
    m_ticker.setInterval(kTick);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        const auto now = m_clock.steadyNow();
        for (const auto &guest : m_guests) {
            if (now >= guest->machine.nextDeadline()) {
                guest->machine.tick();
            }
        }
        checkGuests();
    });
}

Room::~Room()
{
    m_docSubscription.disconnect();
    m_awarenessSubscription.disconnect();
    net::Outbox::ofThread().remove(*this);
    // Who goes meanwhile is no news any more: what would hear it may be half gone itself.
    ++m_drainDepth;
    (void)flush();
    for (const auto &guest : m_guests) {
        guest->machine.closed();
        guest->connection->disconnect(this);
        if (!guest->isGone) {
            farewell(guest->connection.release(), protocol::CloseCode::GoingAway);
        }
    }
}

void Room::admit(std::unique_ptr<GuestConnection> connection)
{
    if (guestCount() >= m_rules.guests && connection->visitor().isLimited) {
        farewell(connection.release(), protocol::CloseCode::TooMany,
                 QStringLiteral("There are as many people here as there may be."));
        return;
    }
    m_guests.push_back(std::make_unique<Guest>(
        ++m_lastGuest, std::move(connection),
        protocol::SyncMachine::Context{protocol::Role::Server, m_logged.doc(), m_awareness, m_clock,
                                       nullptr, &m_owners}));
    Guest &guest = *m_guests.back();
    connect(guest.connection.get(), &GuestConnection::received, this,
            [this, &guest](const QByteArray &message) { onReceived(guest, message); });
    connect(guest.connection.get(), &GuestConnection::closed, this,
            [this, &guest] { onGone(guest); });
    ++m_traffic.guests;
    connect(guest.connection.get(), &GuestConnection::visitorChanged, this,
            [this, &guest] { onVisitorChanged(guest); });
    guest.machine.setAccess(atTheDoor(guest));
    note("entered", guest,
         {{QStringLiteral("access"),
           QString::fromStdString(std::string(toString(guest.machine.access())))}});
    m_ticker.start();
    if (m_logged.isLoaded()) {
        open(guest);
        drain();
    } else if (m_logged.hasFailed()) {
        guest.connection->close(protocol::CloseCode::Reset, {});
    }
    Q_EMIT guestsChanged();
}

void Room::dismissAll(protocol::CloseCode code, const QString &reason)
{
    ++m_drainDepth;
    for (const auto &guest : m_guests) {
        close(*guest, code, reason);
    }
    --m_drainDepth;
    removeGone();
}

void Room::onLoaded()
{
    ++m_drainDepth;
    for (std::size_t i = 0; i < m_guests.size(); ++i) {
        Guest &guest = *m_guests[i];
        open(guest);
        const QList<QByteArray> held = std::exchange(guest.held, {});
        for (const QByteArray &message : held) {
            receive(guest, message);
        }
    }
    --m_drainDepth;
    drain();
}

void Room::onLoadFailed(const QString &message)
{
    qCWarning(lcRoom, "cannot open a document: %s", qPrintable(message));
    dismissAll(protocol::CloseCode::Reset, {});
}

void Room::open(Guest &guest)
{
    guest.mayFill = identity().isEmpty();
    guest.machine.opened(guest.connection->acknowledgements(), guest.connection->greeting());
}

void Room::onReceived(Guest &guest, const QByteArray &message)
{
    if (guest.isGone || guest.isClosing) {
        return;
    }
    ++m_traffic.messagesReceived;
    m_traffic.bytesReceived += static_cast<std::uint64_t>(message.size());
    if (!m_logged.isLoaded()) {
        guest.heldBytes += message.size();
        guest.held.append(message);
        if (guest.heldBytes > kMaxHeldBytes) {
            guest.connection->close(protocol::CloseCode::TooMany, {});
        }
        return;
    }
    receive(guest, message);
    drain();
}

void Room::receive(Guest &guest, const QByteArray &message)
{
    // Two who each have a document of their own may both find the room empty. The second is sent
    // away, asks again what is here, and then knows.
    if (guest.mayFill && !identity().isEmpty()) {
        const auto brought = identityInMessage(net::viewOf(message));
        if (brought && QString::fromStdString(*brought) != identity()) {
            guest.connection->close(protocol::CloseCode::Reset, {});
            return;
        }
    }
    if (overfills(net::viewOf(message)) && protocol::mayEdit(guest.machine.access())) {
        note("full", guest);
        close(guest, protocol::CloseCode::Full,
              QStringLiteral("This document is as large as it may be there."));
        return;
    }
    guest.machine.receive(net::viewOf(message));
}

bool Room::overfills(ByteView message)
{
    // A message of the channel of documents that is no question: step 2, or an update.
    const bool mayGrow = message.size() > 2 && message[0] == 0 && message[1] != 0;
    return mayGrow && m_size.isFull() && bringsContent(message);
}

QString Room::identity() const
{
    return DocumentMeta(m_logged.doc(), {}).id();
}

void Room::onGone(Guest &guest)
{
    if (std::exchange(guest.isGone, true)) {
        return;
    }
    note("left", guest);
    guest.machine.closed();
    drain();
    removeGone();
}

void Room::onCommitted(quint64 seq)
{
    if (!m_unstored.empty()) {
        const auto now = m_clock.steadyNow();
        while (!m_unstored.empty() && m_unstored.front().first <= seq) {
            m_traffic.commits.observe(now - m_unstored.front().second);
            m_unstored.pop_front();
        }
    }
    for (const auto &guest : m_guests) {
        std::uint64_t index = 0;
        while (!guest->uncommitted.empty() && guest->uncommitted.front().seq <= seq) {
            index = guest->uncommitted.front().index;
            guest->uncommitted.pop_front();
        }
        if (index > 0) {
            guest->machine.persisted(index);
        }
    }
    drain();
}

void Room::drain()
{
    if (m_drainDepth > 0) {
        return;
    }
    ++m_drainDepth;
    bool isBusy = true;
    while (isBusy) {
        isBusy = false;
        for (std::size_t i = 0; i < m_guests.size(); ++i) {
            Guest &guest = *m_guests[i];
            const protocol::Effects effects = guest.machine.takeEffects();
            isBusy = isBusy || !effects.empty();
            for (const protocol::Effect &effect : effects) {
                carryOut(guest, effect);
            }
        }
    }
    --m_drainDepth;
    removeGone();
}

void Room::tellAll(ByteView message, crdt::Origin origin)
{
    if (m_guests.empty()) {
        return;
    }
    if (m_batch.messages.isEmpty()) {
        net::Outbox::ofThread().add(*this, net::Outbox::Turn::OfCrowds);
    }
    m_batch.messages.append(message);
    m_batch.origins.push_back(origin);
    if (m_batch.messages.byteCount() > kMostPutOff) {
        net::Outbox::ofThread().remove(*this);
        (void)flush();
    }
}

int Room::flush()
{
    const Batch batch = std::exchange(m_batch, {});
    int writes = 0;
    // Whoever does not read is cut, and stays in the list until this is over.
    ++m_drainDepth;
    for (std::size_t i = 0; i < m_guests.size() && !batch.messages.isEmpty(); ++i) {
        writes += tell(*m_guests[i], batch);
    }
    --m_drainDepth;
    drain();
    return writes;
}

int Room::tell(Guest &guest, const Batch &batch)
{
    if (!guest.machine.takesShared()) {
        return 0;
    }
    int writes = 0;
    const crdt::Origin own = guest.machine.origin();
    const std::size_t count = batch.origins.size();
    for (std::size_t first = 0; first < count;) {
        if (batch.origins[first] == own) {
            ++first;
            continue;
        }
        std::size_t last = first + 1;
        while (last < count && batch.origins[last] != own) {
            ++last;
        }
        m_traffic.messagesSent += last - first;
        m_traffic.bytesSent += batch.messages.messageBytes(first, last);
        guest.connection->send(batch.messages, first, last);
        ++writes;
        first = last;
    }
    return writes;
}

void Room::send(Guest &guest, ByteView message)
{
    ++m_traffic.messagesSent;
    m_traffic.bytesSent += message.size();
    guest.connection->send(message);
}

void Room::carryOut(Guest &guest, const protocol::Effect &effect)
{
    std::visit(Overloaded{
                   [&](const protocol::Send &sent) { send(guest, sent.frame); },
                   [&](const protocol::Close &close) {
                       qCInfo(lcRoom, "closing %s: %s", qPrintable(guest.connection->peer()),
                              close.reason.c_str());
                       guest.connection->close(close.code, QString::fromStdString(close.reason));
                   },
                   [this](const protocol::Synced &) { m_logged.onPeerSynced(); },
                   [&](const protocol::DocumentMessageReceived &received) {
                       if (received.pendingUpdate) {
                           m_logged.logPending(*received.pendingUpdate);
                       }
                       const store::Seq seq = m_logged.lastSeq();
                       if (seq <= m_logged.committedSeq() && guest.uncommitted.empty()) {
                           guest.machine.persisted(received.index);
                       } else {
                           guest.uncommitted.push_back({received.index, seq});
                       }
                   },
                   [](const protocol::Acknowledged &) {},
                   [](const protocol::PeerDenied &) {},
                   [](const protocol::AccessChanged &) {},
                   [&](const protocol::EditRefused &refused) {
                       guest.refusedEdits += refused.addsNothing ? 0 : 1;
                       guest.connection->refused(refused.addsNothing);
                   },
                   [&](const protocol::Warning &warning) {
                       qCWarning(lcRoom, "%s: %s", qPrintable(guest.connection->peer()),
                                 warning.error.message.c_str());
                   },
               },
               effect);
}

void Room::removeGone()
{
    if (m_drainDepth > 0) {
        return;
    }
    const auto gone = std::stable_partition(m_guests.begin(), m_guests.end(),
                                            [](const auto &guest) { return !guest->isGone; });
    if (gone == m_guests.end()) {
        return;
    }
    for (auto it = gone; it != m_guests.end(); ++it) {
        (*it)->connection->disconnect(this);
    }
    // A slot of this guest's connection may be running: its captured reference must stay valid.
    if (m_graveyard.empty()) {
        QMetaObject::invokeMethod(
            this, [this] { m_graveyard.clear(); }, Qt::QueuedConnection);
    }
    std::move(gone, m_guests.end(), std::back_inserter(m_graveyard));
    m_guests.erase(gone, m_guests.end());
    if (m_guests.empty()) {
        m_ticker.stop();
    }
    Q_EMIT guestsChanged();
}

} // namespace cowrite::session
