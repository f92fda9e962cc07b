#pragma once

#include "libsync/base/error.h"

#include <QList>
#include <QPair>
#include <QString>
#include <QUrl>

namespace cowrite::net {

/// Where a shared document is: which server, and what it calls the document.
struct RoomAddress {
    enum class Form {
        Cowrite, ///< a Cowrite server: `/r/<room>`
        Plain,   ///< any other Yjs server: the whole path is the room
    };

    Form form = Form::Cowrite;
    QString host;
    quint16 port = 0;
    /// Percent-decoded, without the leading slash.
    QString room;
    bool encrypted = false;
    /// Passed on to plain servers, percent-decoded.
    QList<QPair<QString, QString>> parameters;

    /// What the socket connects to.
    [[nodiscard]] QUrl webSocketUrl() const;
    /// What one person sends to another; parse() takes it back.
    [[nodiscard]] QString toString() const;
    /// `host:port`, for sentences.
    [[nodiscard]] QString server() const;

    friend bool operator==(const RoomAddress &, const RoomAddress &) = default;
};

/// The port of an address that names none.
inline constexpr quint16 kDefaultPort = 7300;

/// Reads what a person pasted: `cowrite://host:port/r/room`, `ws://` or `wss://host:port/room`,
/// `host:port/room` (`/r/room` there is a Cowrite server). Error Malformed with a sentence.
[[nodiscard]] Result<RoomAddress> parseRoomAddress(const QString &text);

/// The address a y-websocket client opens: server without trailing slashes, a slash, the room as it
/// is, and percent-encoded parameters (yjs-compat.md 7.4).
[[nodiscard]] QUrl yWebSocketUrl(const QString &serverUrl, const QString &room,
                                 const QList<QPair<QString, QString>> &parameters);

/// Whether `name` is 1 to 128 characters of `A-Z a-z 0-9 . _ ~ -`, and not `.` or `..`.
[[nodiscard]] bool isRoomName(QStringView name);

/// Reads `ADDRESS:PORT` of an option, `[v6]:port` included. Error Malformed with a sentence.
struct ListenAddress {
    QString address;
    quint16 port = 0;
};
[[nodiscard]] Result<ListenAddress> parseListenAddress(const QString &text);

} // namespace cowrite::net
