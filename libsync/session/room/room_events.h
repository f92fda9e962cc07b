#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/protocol/awareness.h"
#include "libsync/session/document/chat.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/session/room/event_backlog.h"

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace cowrite::net {
class EventStream;
}

namespace cowrite::session {

/// What happens in a room, told to readers that are no editors, as server-sent events with JSON:
///
///     snapshot  {"people": [person…], "chat": [message…]}   where nothing can be resumed
///     presence  {"here": [person…], "gone": [client…]}      came, or changed name or what they
///     type chat      {"id", "author", "name", "time", "text", "replyTo"} document  {"seq",
///     "author", "time", "bytes", "delta"}  delta: of the root "content" if that is
///                                                            text and changed; null if it is long
///
/// A person is {"client", "id", "name", "color", "typing"}; times are milliseconds since 1970.
class RoomEvents : public QObject {
    Q_OBJECT

public:
    using AuthorOf = LoggedDoc::AuthorOf;

    /// All outlive this object; the document is loaded.
    RoomEvents(LoggedDoc &logged, protocol::Awareness &awareness, AuthorOf authorOf,
               const Clock &clock, Rng &rng, QObject *parent = nullptr);
    ~RoomEvents() override;

    /// Takes a reader over: goes on after the event they have, or begins with a snapshot.
    void follow(net::EventStream *stream, const QByteArray &lastEventId);
    /// Tells `tell` as well, beginning with a snapshot, until `watcher` is destroyed.
    using Tell = std::function<void(const QByteArray &type, const QByteArray &json)>;
    void watch(QObject *watcher, Tell tell);
    [[nodiscard]] int readerCount() const
    {
        return static_cast<int>(m_readers.size() + m_watchers.size());
    }

    /// Says something in the chat. `done` gives the id of the message once it is on the disk.
    /// Errors as Chat::send().
    void say(const Identity &author, const QString &text,
             std::function<void(Result<QString>)> done);

Q_SIGNALS:
    void readersChanged();

private:
    struct Unsaid {
        store::Seq seq = 0;
        QString id;
        std::function<void(Result<QString>)> done;
    };

    void onDocumentChanged(ByteView update, store::Seq seq, const crdt::Transaction &transaction);
    void onPresenceChanged(const protocol::AwarenessChange &change);
    void onCommitted(quint64 seq);
    void tell(const QByteArray &type, const QJsonObject &data);
    [[nodiscard]] std::optional<QJsonObject> personOf(crdt::ClientId client) const;
    [[nodiscard]] QByteArray snapshot() const;

    LoggedDoc &m_logged;
    protocol::Awareness &m_awareness;
    AuthorOf m_authorOf;
    const Clock &m_clock;
    Chat m_chat;
    EventBacklog m_backlog;
    QList<net::EventStream *> m_readers;
    QHash<QObject *, Tell> m_watchers;
    QHash<quint64, QJsonObject> m_people;
    QJsonArray m_delta;
    bool m_hasDelta = false;
    QList<Unsaid> m_unsaid;
    Subscription m_textSubscription;
    Subscription m_changedSubscription;
    Subscription m_presenceSubscription;
};

} // namespace cowrite::session
