#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHostAddress>
#include <QString>

#include <optional>

namespace cowrite::session {

/// What the local network is told about a document that is shared from here (DNS-SD, RFC 6763): all
/// that is needed to ask to be let in, and nothing that lets anybody in.
struct Announcement {
    QString title;
    QString person; ///< who shares it
    QString room;
    QByteArray fingerprint; ///< of the key of this computer
    quint16 port = 0;

    friend bool operator==(const Announcement &, const Announcement &) = default;
};

/// The name of a DNS-SD instance: the title, at most 63 bytes of UTF-8.
[[nodiscard]] QString serviceName(const Announcement &announcement);
/// Its TXT record: `txtvers=1`, `room=`, `key=` (the fingerprint), `by=` (the person).
[[nodiscard]] QByteArrayList txtOf(const Announcement &announcement);

/// A session that somebody on the local network says there is. Nobody vouches for any of it.
struct NearbySession {
    QString title;
    QString person; ///< empty if they do not say
    /// As Profile::join() takes it, with the key and without a token.
    QString address;

    friend bool operator==(const NearbySession &, const NearbySession &) = default;
};

/// Reads what is said about a DNS-SD instance: its name, where it is, and its TXT record. Nothing
/// if it is no session that could be joined: not encrypted, on no other computer, or not to be
/// read.
[[nodiscard]] std::optional<NearbySession> nearbySession(const QString &name,
                                                         const QHostAddress &host, quint16 port,
                                                         const QByteArrayList &txt);

/// The key of a computer as two people can compare it, of its fingerprint: four groups of four
/// hexadecimal digits. Empty for no fingerprint.
[[nodiscard]] QString keyText(const QByteArray &fingerprint);
/// The same of an address; empty if it has none.
[[nodiscard]] QString keyTextIn(const QString &address);

} // namespace cowrite::session
