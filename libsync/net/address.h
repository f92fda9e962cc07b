#pragma once

#include "libsync/base/error.h"

#include <QByteArray>
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
        YSweet,  ///< a y-sweet server: the room is the id of a document
        Jupyter, ///< JupyterLab: the room is the path of a file
    };

    Form form = Form::Cowrite;
    QString host;
    quint16 port = 0;
    /// Percent-decoded, without the leading slash.
    QString room;
    /// Where on its host a server of form YSweet or Jupyter begins, percent-decoded, without
    /// slashes around it; mostly empty.
    QString base;
    bool encrypted = false;
    /// Passed on to plain servers, percent-decoded; some of them are secrets (isSecretParameter()).
    QList<QPair<QString, QString>> parameters;
    /// Of the public key that the server must have, as fingerprintOf() gives it; empty for none.
    /// Only in form Cowrite, and only encrypted.
    QByteArray fingerprint;
    /// The invitation, as it travels: characters of base64url. In the forms YSweet and Jupyter the
    /// token of the server. Empty for none; never in form Plain.
    QString token;

    /// What the socket connects to, without fingerprint and token, but with every parameter: not
    /// for logs. The forms YSweet and Jupyter have to ask their server first (RoomLocator).
    [[nodiscard]] QUrl webSocketUrl() const;
    /// An HTTP address of the server in the forms YSweet and Jupyter: `path`, percent-decoded,
    /// below its base.
    [[nodiscard]] QUrl httpUrl(const QString &path) const;
    /// The address as it may be shown, stored and logged: with the fingerprint, without secret().
    [[nodiscard]] QString toString() const;
    /// What one person sends to another, secret() included; parseRoomAddress() takes it back.
    /// Then it is one itself: not for logs, not for the database.
    [[nodiscard]] QString toLink() const;
    /// What only those know who were let in: the token, or in form Plain the parameters that are
    /// secrets, as a query. Empty for none.
    [[nodiscard]] QString secret() const;
    /// Takes back what secret() gave for an address of the same form.
    void setSecret(const QString &secret);
    /// The same link for a browser, as secret; empty for servers of other makes, which have no
    /// page.
    [[nodiscard]] QString toPageLink() const;
    /// `host:port`, for sentences.
    [[nodiscard]] QString server() const;

    friend bool operator==(const RoomAddress &, const RoomAddress &) = default;
};

/// The port of an address that names none.
inline constexpr quint16 kDefaultPort = 7300;

/// Longer tokens are none of ours; a request head has room for one of these.
inline constexpr qsizetype kMaxTokenLength = 1024;

/// Reads what a person pasted: `cowrite://host:port/r/room#fingerprint.token`, the same with
/// `https://` or `http://` (the address of the browser page; also with `cowrite:` before it, as the
/// page opens the app where only authorities vouch for the server), `ws://` or
/// `wss://host:port/room`, `host:port/room` (`/r/room` there is a Cowrite server). Fingerprint and
/// token may each be absent: `#fingerprint`, `#.token`. An address with a fingerprint is encrypted.
/// Also `ys://` or `yss://token@host:port/document` for y-sweet (its connection string and the id
/// of a document), and the address of a file in JupyterLab as its browser shows it:
/// `http://host:8888/lab/tree/notes.md?token=…`. Error Malformed with a sentence that does not
/// repeat the token.
[[nodiscard]] Result<RoomAddress> parseRoomAddress(const QString &text);

/// Whether both name the same document on the same server, whatever the fingerprint, the secret and
/// the encryption.
[[nodiscard]] bool isSameRoom(const RoomAddress &left, const RoomAddress &right);

/// Whether a parameter of this name lets somebody in, by the habit of servers: `token` and the
/// like.
[[nodiscard]] bool isSecretParameter(const QString &name);

/// Whether `token` is 1 to kMaxTokenLength characters of base64url.
[[nodiscard]] bool isTokenText(QStringView token);

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
