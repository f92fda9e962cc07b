// The part of ServerRooms for whoever keeps the server.
#include "libsync/codec/update_codec.h"
#include "libsync/session/document/document_meta.h"
#include "libsync/session/document/room_identity.h"
#include "libsync/session/server/server_rooms_private.h"

#include <QPointer>

namespace cowrite::session {

std::vector<RoomListing> ServerRooms::list() const
{
    std::vector<RoomListing> listed;
    for (const store::DocumentInfo &info : m_log->documents()) {
        RoomListing room{QString::fromStdString(info.key), false, 0, {}};
        if (const auto open = m_rooms.find(room.name); open != m_rooms.end()) {
            room.isOpen = true;
            room.connections = open->second->room.guestCount();
            for (const Room::GuestInfo &guest : open->second->room.guests()) {
                if (!guest.name.empty()) {
                    room.people.append(QString::fromStdString(guest.name));
                }
            }
        }
        listed.push_back(std::move(room));
    }
    return listed;
}

RoomAnswer ServerRooms::answerFor(const QString &room) const
{
    if (m_rooms.contains(room) || m_log->findByKey(room.toStdString())) {
        return RoomAnswer::Known;
    }
    return m_log->documentCount() < m_mostRooms ? RoomAnswer::New : RoomAnswer::NoMore;
}

Result<store::DocumentId> ServerRooms::idOf(const QString &room) const
{
    const std::optional<store::DocumentInfo> info = m_log->findByKey(room.toStdString());
    if (!info) {
        return fail(ErrorCode::NotFound, "There is no room “" + room.toStdString() + "”.");
    }
    return info->id;
}

void ServerRooms::read(const QString &room, store::LoadFrom from,
                       std::function<void(Result<store::StoredDocument>)> done)
{
    const Result<store::DocumentId> id = idOf(room);
    if (!id) {
        done(tl::unexpected(id.error()));
        return;
    }
    m_log->load(*id, std::move(done), from);
}

void ServerRooms::import(const QString &room, Bytes update, std::function<void(Result<void>)> done)
{
    const auto bytes = std::make_shared<Bytes>(std::move(update));
    whenLoaded(room, [this, room, bytes, done = std::move(done)](Entry *entry) {
        if (!entry) {
            done(fail(ErrorCode::Io, "This document cannot be read just now."));
            return;
        }
        crdt::Doc &doc = entry->logged.doc();
        const std::string known = DocumentMeta(doc, {}).id().toStdString();
        const std::optional<std::string> brought = identityIn(*bytes);
        if (!entry->isEmpty() && brought && *brought != known) {
            done(fail(ErrorCode::Refused,
                      "There is another document in this room. Nothing was mixed: import it into a "
                      "room of its own, or delete this one first."));
            onUsersChanged(room);
            return;
        }
        const Result<void> applied = codec::applyUpdate(doc, *bytes, crdt::Origin::of(this));
        onUsersChanged(room);
        if (!applied) {
            done(fail(applied.error().code,
                      "This is no update of Yjs: " + applied.error().message + '.'));
            return;
        }
        m_log->flush(done);
    });
}

void ServerRooms::erase(const QString &room, std::function<void(Result<void>)> done)
{
    const Result<store::DocumentId> id = idOf(room);
    if (!id) {
        done(tl::unexpected(id.error()));
        return;
    }
    if (const auto open = m_rooms.find(room); open != m_rooms.end()) {
        open->second->room.dismissAll(protocol::CloseCode::Deleted,
                                      QStringLiteral("This document was deleted from the server."));
        remove(room);
    }
    // What is still written there is dropped.
    (void)m_log->removeDocument(*id);
    m_log->flush(std::move(done));
}

Result<void> ServerRooms::watch(const QString &room, QObject *watcher, RoomEvents::Tell tell,
                                std::function<void()> ended)
{
    if (const auto id = idOf(room); !id) {
        return tl::unexpected(id.error());
    }
    withEvents(room, [watching = QPointer(watcher), tell = std::move(tell),
                      ended = std::move(ended)](RoomEvents *events) {
        if (!watching) {
            return;
        }
        if (events) {
            events->watch(watching, tell);
            connect(events, &QObject::destroyed, watching, ended);
        } else {
            ended();
        }
    });
    return {};
}

} // namespace cowrite::session
