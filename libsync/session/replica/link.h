#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/net/client_connector.h"
#include "libsync/protocol/server_line.h"
#include "libsync/protocol/sync_machine.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/session/replica/replica.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace cowrite::session {

/// The connection of a replica to its room: a connector below, a sync machine above, and between
/// them a line that knows the server's dialect, and the question whether the room is still the one
/// that was joined. Nothing is merged before that is answered.
class Link : public QObject {
    Q_OBJECT

public:
    struct Context {
        LoggedDoc &logged;
        protocol::Awareness &awareness;
        protocol::EditLedger &ledger;
        const Clock &clock;
        Rng &rng;
        /// The identity of the replica, empty for none.
        std::function<QString()> identity;
        /// Whether this replica has something of the room from an earlier connection, although the
        /// room gives no identity, as those of other programs.
        std::function<bool()> hasJoined;
    };

    explicit Link(const Context &context, net::ConnectorOptions options = {},
                  QObject *parent = nullptr);
    ~Link() override;

    /// The document must be loaded. `dialect` is what the server spoke the last time, if that is
    /// known.
    void start(const net::RoomAddress &address, std::optional<protocol::Dialect> dialect);
    void connectNow();
    /// See net::ClientConnector.
    void onNetworkBack(std::chrono::milliseconds slept) { m_connector.onNetworkBack(slept); }
    /// Says goodbye and stays away.
    void stop();

    [[nodiscard]] LinkState state() const { return m_state; }
    [[nodiscard]] QString message() const;
    /// Whether it is Refused because the room holds another document now.
    [[nodiscard]] bool isReplaced() const { return m_isReplaced; }
    [[nodiscard]] const std::optional<net::RoomAddress> &address() const { return m_address; }
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTrip() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const;
    /// Whether the server is Cowrite, and so confirms what is on its disk.
    [[nodiscard]] bool serverConfirms() const;
    /// What the server lets this replica do; see SyncMachine::access().
    [[nodiscard]] protocol::Access access() const { return m_machine.access(); }
    /// Whether a server has said so on this connection, or the last one.
    [[nodiscard]] bool isAccessKnown() const { return serverConfirms() || m_foreignAccess; }
    /// What is known of it from earlier, before the first connection.
    void assumeAccess(protocol::Access access) { m_machine.setAccess(access); }
    /// What the server speaks; nothing until that is found out.
    [[nodiscard]] std::optional<protocol::Dialect> dialect() const { return m_line.dialect(); }
    [[nodiscard]] crdt::Origin origin() const { return m_machine.origin(); }

Q_SIGNALS:
    void changed();
    /// All that the room had is here; fires for each connection, before changed().
    void synced();

private:
    void setServer(const net::RoomAddress &address, std::optional<protocol::Dialect> dialect);
    void onOpened();
    void onReceived(const QByteArray &frame);
    void onMessage(const QByteArray &message);
    void onClosed();
    void onTick();
    void onNoAnswer();
    void onDenied(const std::string &reason);
    void onAccess(protocol::Access access);
    [[nodiscard]] bool isFinal(int code);
    /// What is waited for is an answer to m_question, from now on.
    void beginAsking();
    void askForIdentity();
    void say(ByteView message);
    void onAnswer(ByteView frame);
    /// Whether a message brings a document of another identity than that of the replica.
    [[nodiscard]] bool isOfAnother(ByteView frame) const;
    /// Whether a message shows that the room has something, and nothing of it from where this
    /// replica has its text: it was made anew.
    [[nodiscard]] bool isUnrelated(ByteView message) const;
    void admit();
    void drain();
    void carryOut(const protocol::Effect &effect);
    void carryOut(const protocol::ServerLine::Effects &effects);
    void update();
    [[nodiscard]] LinkState currentState() const;

    Context m_context;
    net::ClientConnector m_connector;
    protocol::ServerLine m_line;
    protocol::SyncMachine m_machine;
    Subscription m_docSubscription;
    Subscription m_awarenessSubscription;
    QTimer m_ticker;
    std::optional<net::RoomAddress> m_address;
    LinkState m_state = LinkState::Local;
    /// While the identity of the room is asked for: what came in the meantime.
    QList<QByteArray> m_held;
    std::chrono::steady_clock::time_point m_askedAt;
    Bytes m_question;
    /// What a server of another make has said of it.
    std::optional<protocol::Access> m_foreignAccess;
    bool m_isAsking = false;
    bool m_isReplaced = false;
    bool m_hasFailed = false;
    bool m_isDraining = false;
};

} // namespace cowrite::session
