// An InvitationBook as it is stored.
#include "libsync/base/limits.h"
#include "libsync/session/admission/invitation_book.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cowrite::session {

namespace {

using std::chrono::sys_seconds;

constexpr int kVersion = 1;
constexpr QByteArray::Base64Options kBase64 =
    QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
/// Doubles hold such numbers exactly.
constexpr double kLastSecond = 253'402'300'799.0;

qint64 numberOf(sys_seconds time)
{
    return time.time_since_epoch().count();
}

std::optional<sys_seconds> timeOf(const QJsonValue &value)
{
    const double seconds = value.toDouble(-1);
    if (seconds < 0 || seconds > kLastSecond) {
        return std::nullopt;
    }
    return sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

template <class Number>
std::optional<Number> numberFromHex(QStringView text, Number largest)
{
    bool isNumber = false;
    const qulonglong number = text.toULongLong(&isNumber, 16);
    if (!isNumber || number > largest) {
        return std::nullopt;
    }
    return static_cast<Number>(number);
}

QJsonObject toJson(const InvitationRecord &record)
{
    const Invitation &invitation = record.invitation;
    QJsonObject object{
        {QStringLiteral("id"), idText(invitation.id)},
        {QStringLiteral("key"), keyIdText(invitation.key)},
        {QStringLiteral("room"), QString::fromStdString(invitation.room)},
        {QStringLiteral("minted"), QString::fromUtf8(toString(invitation.access).data())},
        {QStringLiteral("access"), QString::fromUtf8(toString(record.access).data())},
        {QStringLiteral("notBefore"), numberOf(invitation.notBefore)},
        {QStringLiteral("made"), numberOf(record.made)},
        {QStringLiteral("name"), record.name},
        {QStringLiteral("withdrawn"), record.isWithdrawn}};
    if (invitation.expires) {
        object.insert(QStringLiteral("expires"), numberOf(*invitation.expires));
    }
    if (record.expires != invitation.expires) {
        object.insert(QStringLiteral("ends"), record.expires ? QJsonValue(numberOf(*record.expires))
                                                             : QJsonValue(QJsonValue::Null));
    }
    return object;
}

std::optional<InvitationRecord> recordFrom(const QJsonObject &object)
{
    InvitationRecord record;
    Invitation &invitation = record.invitation;
    const auto id = idFromText(object.value(QLatin1String("id")).toString());
    const auto key = keyIdFromText(object.value(QLatin1String("key")).toString());
    const auto minted =
        protocol::accessFromString(object.value(QLatin1String("minted")).toString().toStdString());
    const auto access =
        protocol::accessFromString(object.value(QLatin1String("access")).toString().toStdString());
    const auto notBefore = timeOf(object.value(QLatin1String("notBefore")));
    const auto made = timeOf(object.value(QLatin1String("made")));
    if (!id || !key || !minted || !access || !notBefore || !made) {
        return std::nullopt;
    }
    invitation.id = *id;
    invitation.key = *key;
    invitation.room = object.value(QLatin1String("room")).toString().toStdString();
    invitation.access = *minted;
    invitation.notBefore = *notBefore;
    if (const QJsonValue expires = object.value(QLatin1String("expires")); !expires.isUndefined()) {
        invitation.expires = timeOf(expires);
        if (!invitation.expires) {
            return std::nullopt;
        }
    }
    record.expires = invitation.expires;
    if (const QJsonValue ends = object.value(QLatin1String("ends")); !ends.isUndefined()) {
        record.expires = timeOf(ends);
        if (!record.expires && !ends.isNull()) {
            return std::nullopt;
        }
    }
    record.made = *made;
    record.name = object.value(QLatin1String("name")).toString();
    record.access = *access;
    record.isWithdrawn = object.value(QLatin1String("withdrawn")).toBool();
    return record;
}

} // namespace

QString idText(InvitationId id)
{
    return QString::number(id, 16).rightJustified(14, u'0');
}

QString keyIdText(InvitationKeyId id)
{
    return QString::number(id, 16).rightJustified(8, u'0');
}

std::optional<InvitationId> idFromText(QStringView text)
{
    return numberFromHex<InvitationId>(text, limits::kMaxSafeInteger);
}

std::optional<InvitationKeyId> keyIdFromText(QStringView text)
{
    return numberFromHex<InvitationKeyId>(text, UINT32_MAX);
}

QByteArray InvitationBook::toJson() const
{
    QJsonArray keys;
    for (const Key &key : m_keys) {
        const QByteArray secret(reinterpret_cast<const char *>(key.secret.data()),
                                static_cast<qsizetype>(key.secret.size()));
        keys.append(
            QJsonObject{{QStringLiteral("id"), keyIdText(key.id)},
                        {QStringLiteral("secret"), QString::fromLatin1(secret.toBase64(kBase64))},
                        {QStringLiteral("withdrawn"), key.isWithdrawn}});
    }
    QJsonArray invitations;
    for (const InvitationRecord &record : records()) {
        invitations.append(session::toJson(record));
    }
    QJsonArray elsewhere;
    for (const InvitationId id : m_withdrawnElsewhere) {
        elsewhere.append(idText(id));
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion},
                                     {QStringLiteral("keys"), keys},
                                     {QStringLiteral("invitations"), invitations},
                                     {QStringLiteral("withdrawn"), elsewhere}})
        .toJson();
}

Result<InvitationBook> InvitationBook::fromJson(const QByteArray &json)
{
    const auto malformed = [] {
        return fail(ErrorCode::Malformed, "The stored invitations cannot be read.");
    };
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(QLatin1String("version")).toInt() != kVersion) {
        return malformed();
    }
    InvitationBook book;
    for (const QJsonValue value : object.value(QLatin1String("keys")).toArray()) {
        Key key;
        const auto id = keyIdFromText(value[QLatin1String("id")].toString());
        const auto secret = QByteArray::fromBase64Encoding(
            value[QLatin1String("secret")].toString().toLatin1(),
            QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        if (!id || !secret || secret.decoded.size() != static_cast<qsizetype>(key.secret.size())) {
            return malformed();
        }
        key.id = *id;
        std::copy(secret.decoded.begin(), secret.decoded.end(), key.secret.begin());
        key.isWithdrawn = value[QLatin1String("withdrawn")].toBool();
        book.m_keys.push_back(key);
    }
    for (const QJsonValue value : object.value(QLatin1String("invitations")).toArray()) {
        std::optional<InvitationRecord> record = recordFrom(value.toObject());
        if (!record) {
            return malformed();
        }
        book.m_records.emplace(record->invitation.id, *std::move(record));
    }
    for (const QJsonValue value : object.value(QLatin1String("withdrawn")).toArray()) {
        const auto id = idFromText(value.toString());
        if (!id) {
            return malformed();
        }
        book.withdraw(*id);
    }
    return book;
}

} // namespace cowrite::session
