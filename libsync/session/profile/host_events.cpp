// The part of Host that serves programs that are no editors; see RoomEntrance.
#include "libsync/net/event_stream.h"
#include "libsync/session/profile/host_private.h"
#include "libsync/session/replica/replica_private.h"

#include <QPointer>

namespace cowrite::session {

void Host::Private::withEvents(const QString &room,
                               const std::function<void(RoomEvents *)> &function)
{
    const auto entry = rooms.find(room);
    ReplicaPrivate *const inside = entry == rooms.end() ? nullptr : entry->second.replica->d.get();
    if (inside == nullptr || inside->logged.hasFailed()) {
        function(nullptr);
        return;
    }
    if (!inside->logged.isLoaded()) {
        const auto again = [this, room, function] { withEvents(room, function); };
        Room *const context = entry->second.room.get();
        connect(&inside->logged, &LoggedDoc::loaded, context, again, Qt::SingleShotConnection);
        connect(&inside->logged, &LoggedDoc::loadFailed, context, again, Qt::SingleShotConnection);
        return;
    }
    Shared &shared = entry->second;
    if (!shared.events) {
        shared.events = std::make_unique<RoomEvents>(
            inside->logged, inside->awareness,
            [inside](const crdt::Transaction &transaction) {
                return inside->authorOf(transaction);
            },
            context.clock, context.rng);
    }
    function(shared.events.get());
}

void Host::Private::follow(const QString &room, const QByteArray &lastEventId,
                           net::EventStream *stream)
{
    withEvents(room, [lastEventId, reader = QPointer(stream)](RoomEvents *events) {
        if (!reader) {
            return;
        }
        if (events) {
            events->follow(reader, lastEventId);
        } else {
            connect(reader, &net::EventStream::closed, reader, &QObject::deleteLater);
            reader->close();
        }
    });
}

void Host::Private::say(const QString &room, const ChatPost &post,
                        std::function<void(Result<QString>)> done)
{
    withEvents(room, [post, done = std::move(done)](RoomEvents *events) {
        if (events) {
            events->say(post.author, post.text, done);
        } else {
            done(fail(ErrorCode::Io, "This document cannot be read just now."));
        }
    });
}

} // namespace cowrite::session
