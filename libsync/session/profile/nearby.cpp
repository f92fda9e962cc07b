#include "libsync/session/profile/nearby.h"

#include "libsync/net/address.h"
#include "libsync/net/certificate.h"
#include "libsync/session/document/foreign_name.h"

namespace cowrite::session {

namespace {

/// RFC 6763, 4.1.1: the longest name of an instance.
constexpr qsizetype kMaxNameBytes = 63;
/// A string of a TXT record has 255 with its key (6.1); a name needs no more than this.
constexpr qsizetype kMaxPersonBytes = 120;
constexpr qsizetype kMaxTxtBytes = 255;
constexpr qsizetype kMaxTxtStrings = 32;
/// What is shown.
constexpr qsizetype kLongestName = 80;
constexpr qsizetype kKeyBytes = 8;
constexpr qsizetype kKeyGroup = 4;

/// As much of `text` as fits, in whole characters.
QString clipped(const QString &text, qsizetype maxBytes)
{
    QString clipped = foreignName(text, maxBytes);
    while (clipped.toUtf8().size() > maxBytes) {
        clipped = foreignName(clipped, clipped.size() - 1);
    }
    return clipped;
}

QByteArray valueOf(const QByteArrayList &txt, const QByteArray &key)
{
    for (const QByteArray &entry : txt) {
        // RFC 6763, 6.4: the case of keys says nothing, and the first of two counts.
        const qsizetype equals = entry.indexOf('=');
        if (equals > 0 && entry.left(equals).toLower() == key) {
            return entry.mid(equals + 1);
        }
    }
    return {};
}

} // namespace

QString serviceName(const Announcement &announcement)
{
    const QString name = clipped(announcement.title, kMaxNameBytes);
    return name.isEmpty() ? QStringLiteral("Cowrite") : name;
}

QByteArrayList txtOf(const Announcement &announcement)
{
    return {"txtvers=1", "room=" + announcement.room.toUtf8(), "key=" + announcement.fingerprint,
            "by=" + clipped(announcement.person, kMaxPersonBytes).toUtf8()};
}

std::optional<NearbySession> nearbySession(const QString &name, const QHostAddress &host,
                                           quint16 port, const QByteArrayList &txt)
{
    if (txt.size() > kMaxTxtStrings || port == 0 || host.isNull() || host.isLoopback() ||
        host.isMulticast() || host.isBroadcast() || host == QHostAddress(QHostAddress::AnyIPv4) ||
        host.protocol() != QAbstractSocket::IPv4Protocol) {
        return std::nullopt;
    }
    net::RoomAddress address;
    address.host = host.toString();
    address.port = port;
    address.room = QString::fromLatin1(valueOf(txt, "room"));
    address.fingerprint = valueOf(txt, "key");
    address.encrypted = true;
    const QString title = foreignName(name, kLongestName);
    const QByteArray person = valueOf(txt, "by");
    if (!net::isRoomName(address.room) || !net::isFingerprint(address.fingerprint) ||
        title.isEmpty() || person.size() > kMaxTxtBytes) {
        return std::nullopt;
    }
    return NearbySession{title, foreignName(QString::fromUtf8(person), kLongestName),
                         address.toString()};
}

QString keyText(const QByteArray &fingerprint)
{
    const QByteArray hex =
        QByteArray::fromBase64(fingerprint, QByteArray::Base64UrlEncoding).left(kKeyBytes).toHex();
    QStringList groups;
    for (qsizetype i = 0; i < hex.size(); i += kKeyGroup) {
        groups.append(QString::fromLatin1(hex.mid(i, kKeyGroup)));
    }
    return groups.join(QLatin1Char(' '));
}

QString keyTextIn(const QString &address)
{
    const auto parsed = net::parseRoomAddress(address);
    return parsed ? keyText(parsed->fingerprint) : QString();
}

} // namespace cowrite::session
