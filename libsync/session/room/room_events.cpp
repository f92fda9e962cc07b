#include "libsync/session/room/room_events.h"

#include "libsync/crdt/event.h"
#include "libsync/net/event_stream.h"

#include <QJsonDocument>

#include <chrono>
#include <utility>

namespace cowrite::session {

namespace {

constexpr char kContentRoot[] = "content";
/// A longer change is told without its text; who wants it reads the document.
constexpr qsizetype kMaxDeltaBytes = qsizetype{64} << 10;
/// Of the chat in a snapshot.
constexpr qsizetype kMaxSnapshotMessages = 100;
constexpr std::chrono::milliseconds kRetry{1'000};

QByteArray toJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject toJson(const Message &message)
{
    QJsonObject object{{QStringLiteral("id"), message.id},
                       {QStringLiteral("author"), message.author},
                       {QStringLiteral("name"), message.name},
                       {QStringLiteral("time"), message.time.toMSecsSinceEpoch()},
                       {QStringLiteral("text"), message.text}};
    if (!message.replyTo.isEmpty()) {
        object.insert(QStringLiteral("replyTo"), message.replyTo);
    }
    return object;
}

QJsonArray toJson(const crdt::Delta &delta)
{
    QJsonArray operations;
    for (const crdt::DeltaOp &operation : delta) {
        using Kind = crdt::DeltaOp::Kind;
        switch (operation.kind) {
        case Kind::Insert:
            // What is no text stands for one character, as everywhere.
            operations.append(QJsonObject{
                {QStringLiteral("insert"),
                 operation.text.empty() ? QJsonValue(QJsonValue::Null)
                                        : QJsonValue(QString::fromStdU16String(operation.text))}});
            break;
        case Kind::Retain:
            operations.append(
                QJsonObject{{QStringLiteral("retain"), static_cast<qint64>(operation.length)}});
            break;
        case Kind::Delete:
            operations.append(
                QJsonObject{{QStringLiteral("delete"), static_cast<qint64>(operation.length)}});
            break;
        }
    }
    return operations;
}

} // namespace

RoomEvents::RoomEvents(LoggedDoc &logged, protocol::Awareness &awareness, AuthorOf authorOf,
                       const Clock &clock, Rng &rng, QObject *parent)
    : QObject(parent),
      m_logged(logged),
      m_awareness(awareness),
      m_authorOf(std::move(authorOf)),
      m_clock(clock),
      m_chat(logged.doc(), clock, rng),
      m_backlog(randomKey(rng).toLatin1())
{
    for (const auto &[client, state] : m_awareness.states()) {
        if (auto person = personOf(client)) {
            m_people.insert(client, *std::move(person));
        }
    }
    if (const Result<crdt::Text> text = m_logged.doc().text(kContentRoot); text) {
        m_textSubscription = text->observe([this](const crdt::Event &event) {
            m_delta = toJson(event.delta());
            m_hasDelta = true;
        });
    }
    m_changedSubscription = m_logged.changed.connect(
        [this](ByteView update, store::Seq seq, const crdt::Transaction &transaction) {
            onDocumentChanged(update, seq, transaction);
        });
    m_presenceSubscription =
        m_awareness.updated.connect([this](const protocol::AwarenessChange &change, crdt::Origin) {
            onPresenceChanged(change);
        });
    connect(&m_chat, &Chat::messageAdded, this,
            [this](const Message &message) { tell("chat", toJson(message)); });
    connect(&m_logged, &LoggedDoc::committed, this, &RoomEvents::onCommitted);
}

RoomEvents::~RoomEvents()
{
    for (net::EventStream *stream : std::as_const(m_readers)) {
        stream->disconnect(this);
        connect(stream, &net::EventStream::closed, stream, &QObject::deleteLater);
        stream->close();
    }
    for (const Unsaid &unsaid : std::as_const(m_unsaid)) {
        unsaid.done(fail(ErrorCode::Busy, "The server is closing this document. Try again."));
    }
}

void RoomEvents::follow(net::EventStream *stream, const QByteArray &lastEventId)
{
    stream->setParent(nullptr);
    connect(stream, &net::EventStream::closed, this, [this, stream] {
        m_readers.removeOne(stream);
        stream->deleteLater();
        Q_EMIT readersChanged();
    });
    m_readers.append(stream);
    stream->sendRetry(kRetry);
    if (const auto missed = m_backlog.after(lastEventId)) {
        for (const EventBacklog::Event &event : *missed) {
            stream->send(event.id, event.type, event.data);
        }
    } else {
        stream->send(m_backlog.lastId(), "snapshot", snapshot());
    }
    Q_EMIT readersChanged();
}

void RoomEvents::watch(QObject *watcher, Tell tell)
{
    connect(watcher, &QObject::destroyed, this, [this, watcher] {
        m_watchers.remove(watcher);
        Q_EMIT readersChanged();
    });
    tell("snapshot", snapshot());
    m_watchers.insert(watcher, std::move(tell));
    Q_EMIT readersChanged();
}

void RoomEvents::say(const Identity &author, const QString &text,
                     std::function<void(Result<QString>)> done)
{
    if (const Result<void> sent = m_chat.send(author, text); !sent) {
        done(tl::unexpected(sent.error()));
        return;
    }
    m_unsaid.append({m_logged.lastSeq(), m_chat.messages().constLast().id, std::move(done)});
    onCommitted(m_logged.committedSeq());
}

void RoomEvents::onCommitted(quint64 seq)
{
    while (!m_unsaid.isEmpty() && m_unsaid.first().seq <= seq) {
        const Unsaid said = m_unsaid.takeFirst();
        said.done(said.id);
    }
}

void RoomEvents::onDocumentChanged(ByteView update, store::Seq seq,
                                   const crdt::Transaction &transaction)
{
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.wallNow().time_since_epoch());
    QJsonObject data{{QStringLiteral("seq"), static_cast<qint64>(seq)},
                     {QStringLiteral("author"), QString::fromStdString(m_authorOf(transaction))},
                     {QStringLiteral("time"), static_cast<qint64>(now.count())},
                     {QStringLiteral("bytes"), static_cast<qint64>(update.size())}};
    if (std::exchange(m_hasDelta, false)) {
        const bool isLong = static_cast<qsizetype>(update.size()) > kMaxDeltaBytes;
        data.insert(QStringLiteral("delta"),
                    isLong ? QJsonValue(QJsonValue::Null) : QJsonValue(m_delta));
    }
    m_delta = {};
    tell("document", data);
}

std::optional<QJsonObject> RoomEvents::personOf(crdt::ClientId client) const
{
    const auto state = m_awareness.states().find(client);
    if (state == m_awareness.states().end()) {
        return std::nullopt;
    }
    const QJsonObject whole =
        QJsonDocument::fromJson(QByteArray::fromStdString(state->second.json)).object();
    const QJsonObject user = whole.value(QStringLiteral("user")).toObject();
    QJsonObject person{{QStringLiteral("client"), static_cast<qint64>(client)}};
    for (const QString &key :
         {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("color")}) {
        if (user.value(key).isString()) {
            person.insert(key, user.value(key));
        }
    }
    const QString typing = QStringLiteral("typing");
    if (whole.value(typing).isString()) {
        person.insert(typing, whole.value(typing));
    }
    return person;
}

void RoomEvents::onPresenceChanged(const protocol::AwarenessChange &change)
{
    QJsonArray here;
    QJsonArray gone;
    for (const crdt::ClientId client : change.clients()) {
        const auto person = personOf(client);
        if (!person) {
            if (m_people.remove(client)) {
                gone.append(static_cast<qint64>(client));
            }
        } else if (m_people.value(client) != *person) {
            // A caret that moves is no news here.
            m_people.insert(client, *person);
            here.append(*person);
        }
    }
    if (!here.isEmpty() || !gone.isEmpty()) {
        tell("presence", {{QStringLiteral("here"), here}, {QStringLiteral("gone"), gone}});
    }
}

QByteArray RoomEvents::snapshot() const
{
    QJsonArray people;
    for (const QJsonObject &person : m_people) {
        people.append(person);
    }
    QJsonArray chat;
    const QList<Message> &messages = m_chat.messages();
    for (qsizetype i = std::max<qsizetype>(0, messages.size() - kMaxSnapshotMessages);
         i < messages.size(); ++i) {
        chat.append(toJson(messages.at(i)));
    }
    return toJson(QJsonObject{{QStringLiteral("people"), people}, {QStringLiteral("chat"), chat}});
}

void RoomEvents::tell(const QByteArray &type, const QJsonObject &data)
{
    const EventBacklog::Event event = m_backlog.append(type, toJson(data));
    // Whoever does not read is cut, which takes them out of the list.
    const QList<net::EventStream *> readers = m_readers;
    for (net::EventStream *reader : readers) {
        reader->send(event.id, event.type, event.data);
    }
    const QHash<QObject *, Tell> watchers = m_watchers;
    for (const Tell &watcher : watchers) {
        watcher(event.type, event.data);
    }
}

} // namespace cowrite::session
