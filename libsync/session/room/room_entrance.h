#pragma once

#include "libsync/net/verdict.h"
#include "libsync/session/admission/web_entrance.h"
#include "libsync/session/document/identity.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace cowrite::net {
class EventStream;
}

namespace cowrite::session {

/// What somebody says in a room without being an editor.
struct ChatPost {
    Identity author;
    QString text;
};

/// The rooms for programs that are no editors:
/// - `GET /rooms/<room>/events` is a stream of what happens there (RoomEvents);
/// - `POST /rooms/<room>/chat` with `{"name": …, "text": …}`, and `"author"` for a user id, says
///   something in its chat: 201 with `{"id": …}` once it is on the disk.
/// Both take a token as everybody does, or as `Authorization: Bearer`.
/// Who has none may ask for it at `GET /rooms/<room>/knock` (Knocks), where the app shares the
/// room.
class RoomEntrance {
public:
    struct Rooms {
        WebEntrance::Judge judge;
        /// Takes the stream over.
        using Follow = std::function<void(const QString &room, const QByteArray &lastEventId,
                                          const Visitor &visitor, net::EventStream *stream)>;
        Follow follow;
        /// `done` gives the id of the message, once it is on the disk.
        std::function<void(const QString &room, const ChatPost &post,
                           std::function<void(Result<QString>)> done)>
            say;
        /// Somebody asks to be let in, who has no token. Null where nobody could answer them.
        using Knock = std::function<net::Verdict(const QString &room, const net::Request &request)>;
        Knock knock = nullptr;
    };

    explicit RoomEntrance(Rooms rooms) : m_rooms(std::move(rooms)) {}

    /// The answer for a path below `/rooms/`; nothing for everything else.
    [[nodiscard]] std::optional<net::Verdict> route(const net::Request &request) const;

private:
    [[nodiscard]] net::Verdict events(const QString &room, const net::RequestHead &head,
                                      const Visitor &visitor) const;
    [[nodiscard]] net::Verdict chat(const QString &room) const;

    Rooms m_rooms;
};

} // namespace cowrite::session
