#include "app/server/room_commands.h"

#include "libsync/codec/update_tools.h"
#include "libsync/net/address.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>
#include <memory>

namespace cowrite::server {

namespace {

QJsonObject toJson(const session::RoomListing &room)
{
    return {{QStringLiteral("name"), room.name},
            {QStringLiteral("connections"), room.connections},
            {QStringLiteral("people"), QJsonArray::fromStringList(room.people)}};
}

/// Adds what only the log knows.
void describe(const store::StoredDocument &stored, QJsonObject &room)
{
    qint64 bytes = 0;
    for (const store::StoredUpdate &update : stored.updates) {
        bytes += static_cast<qint64>(update.bytes.size());
    }
    room.insert(QStringLiteral("bytes"), bytes);
    if (!stored.updates.empty()) {
        const auto time = stored.updates.back().time.time_since_epoch();
        room.insert(QStringLiteral("edited"),
                    qint64{std::chrono::duration_cast<std::chrono::milliseconds>(time).count()});
    }
}

/// Looks at one room after the other, so that the log does its own work in between.
struct Listing : std::enable_shared_from_this<Listing> {
    session::ServerRooms &rooms;
    ControlReply reply;
    std::vector<session::RoomListing> listed;
    QJsonArray done = {};

    Listing(session::ServerRooms &itsRooms, const ControlReply &itsReply)
        : rooms(itsRooms), reply(itsReply), listed(rooms.list())
    {}

    void next()
    {
        const auto at = static_cast<std::size_t>(done.size());
        if (at == listed.size()) {
            reply.send({{QStringLiteral("rooms"), done}});
            return;
        }
        rooms.read(listed[at].name, store::LoadFrom::Beginning,
                   [self = shared_from_this(), at](const Result<store::StoredDocument> &stored) {
                       QJsonObject room = toJson(self->listed[at]);
                       if (stored) {
                           describe(*stored, room);
                       }
                       self->done.append(room);
                       self->next();
                   });
    }
};

} // namespace

RoomCommands::RoomCommands(session::ServerRooms &rooms, session::AuditLog &audit)
    : m_rooms(rooms), m_audit(audit)
{}

bool RoomCommands::answer(const QJsonObject &request, const ControlReply &reply)
{
    const QString command = request.value(QLatin1String("command")).toString();
    const QString room = request.value(QLatin1String("room")).toString();
    if (command == u"room.list") {
        list(reply);
        return true;
    }
    if (!command.startsWith(u"room.")) {
        return false;
    }
    if (!net::isRoomName(room)) {
        reply.fail("This is not the name of a room.");
    } else if (command == u"room.export") {
        exportOne(room, reply);
    } else if (command == u"room.import") {
        import(room, request, reply);
    } else if (command == u"room.delete") {
        erase(room, reply);
    } else if (command == u"room.watch") {
        watch(room, reply);
    } else {
        reply.fail("This command is unknown.");
    }
    return true;
}

void RoomCommands::list(const ControlReply &reply)
{
    std::make_shared<Listing>(m_rooms, reply)->next();
}

void RoomCommands::exportOne(const QString &room, const ControlReply &reply)
{
    m_rooms.read(
        room, store::LoadFrom::Checkpoint, [reply](const Result<store::StoredDocument> &stored) {
            if (!stored) {
                reply.fail(stored.error().message);
                return;
            }
            std::vector<ByteView> updates;
            if (!stored->checkpoint.empty()) {
                updates.emplace_back(stored->checkpoint);
            }
            for (const store::StoredUpdate &update : stored->updates) {
                updates.emplace_back(update.bytes);
            }
            const Result<Bytes> merged = codec::mergeUpdates(updates);
            if (!merged) {
                reply.fail(merged.error().message);
                return;
            }
            const QByteArray bytes(reinterpret_cast<const char *>(merged->data()),
                                   static_cast<qsizetype>(merged->size()));
            reply.send({{QStringLiteral("update"), QString::fromLatin1(bytes.toBase64())}});
        });
}

void RoomCommands::import(const QString &room, const QJsonObject &request,
                          const ControlReply &reply)
{
    const auto bytes =
        QByteArray::fromBase64Encoding(request.value(QLatin1String("update")).toString().toLatin1(),
                                       QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || (*bytes).isEmpty()) {
        reply.fail("This is no update.");
        return;
    }
    m_audit.noteOperator("imported", {{QStringLiteral("room"), room}});
    m_rooms.import(room, Bytes((*bytes).begin(), (*bytes).end()), reply.whenDone());
}

void RoomCommands::erase(const QString &room, const ControlReply &reply)
{
    m_audit.noteOperator("deleted", {{QStringLiteral("room"), room}});
    m_rooms.erase(room, reply.whenDone());
}

void RoomCommands::watch(const QString &room, const ControlReply &reply)
{
    const auto tell = [reply](const QByteArray &type, const QByteArray &json) {
        reply.send({{QStringLiteral("event"), QString::fromLatin1(type)},
                    {QStringLiteral("data"), QJsonDocument::fromJson(json).object()}});
    };
    const auto ended = [reply] {
        reply.send({{QStringLiteral("event"), QStringLiteral("ended")}});
        reply.end();
    };
    if (const auto watching = m_rooms.watch(room, reply.asker(), tell, ended); !watching) {
        reply.fail(watching.error().message);
    }
}

} // namespace cowrite::server
