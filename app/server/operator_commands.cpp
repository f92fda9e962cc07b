#include "app/server/operator_commands.h"

#include <QJsonArray>

namespace cowrite::server {

namespace {

using session::InvitationRecord;

QString text(const QJsonObject &request, const char *name)
{
    return request.value(QLatin1String(name)).toString();
}

QString roleText(protocol::Access access)
{
    return QString::fromStdString(std::string(protocol::toString(access)));
}

Result<protocol::Access> roleIn(const QJsonObject &request)
{
    const auto role = protocol::accessFromString(text(request, "role").toStdString());
    if (!role) {
        return fail(ErrorCode::Malformed, "A role is view, comment, edit or admin.");
    }
    return *role;
}

Result<session::InvitationId> idIn(const QJsonObject &request)
{
    const auto id = session::idFromText(text(request, "id"));
    if (!id) {
        return fail(ErrorCode::Malformed, "This is not the id of an invitation.");
    }
    return *id;
}

QString stateOf(const InvitationRecord &record, std::chrono::sys_seconds now)
{
    if (record.isWithdrawn) {
        return QStringLiteral("revoked");
    }
    return record.expires && now >= *record.expires ? QStringLiteral("expired")
                                                    : QStringLiteral("valid");
}

} // namespace

OperatorCommands::OperatorCommands(session::Invitations &invitations, session::AuditLog &audit,
                                   AddressOf addressOf)
    : m_invitations(invitations), m_audit(audit), m_addressOf(std::move(addressOf))
{}

QJsonObject OperatorCommands::answer(const QJsonObject &request)
{
    const QString command = text(request, "command");
    Result<QJsonObject> done = fail(ErrorCode::Unsupported, "This command is unknown.");
    if (command == u"token.mint") {
        done = mint(request);
    } else if (command == u"token.list") {
        done = list();
    } else if (command == u"token.revoke") {
        done = revoke(request);
    } else if (command == u"token.role") {
        done = setRole(request);
    }
    return done ? *done
                : QJsonObject{
                      {QStringLiteral("error"), QString::fromStdString(done.error().message)}};
}

Result<QJsonObject> OperatorCommands::mint(const QJsonObject &request)
{
    const QString room = text(request, "room");
    const Result<protocol::Access> role = roleIn(request);
    if (!role) {
        return tl::unexpected(role.error());
    }
    if (!room.isEmpty() && !net::isRoomName(room)) {
        return fail(ErrorCode::Malformed, "This is not the name of a room.");
    }
    session::Invitations::Request wanted{
        room.toStdString(), *role, std::chrono::seconds(0), {}, text(request, "name")};
    if (const QJsonValue life = request.value(QLatin1String("life")); !life.isUndefined()) {
        // A hundred years; more is no life.
        constexpr double kLongest = 100.0 * 366 * 86'400;
        if (!(life.toDouble() >= 1 && life.toDouble() <= kLongest)) {
            return fail(ErrorCode::OutOfRange, "An invitation lives for a second at least.");
        }
        wanted.life = std::chrono::seconds(static_cast<std::int64_t>(life.toDouble()));
    }
    Result<net::RoomAddress> address =
        m_addressOf(room.isEmpty() ? QStringLiteral("ROOM") : room, text(request, "host"));
    if (!address) {
        return tl::unexpected(address.error());
    }
    const auto minted = m_invitations.mint(wanted);
    if (!minted) {
        return tl::unexpected(minted.error());
    }
    address->token = QString::fromStdString(minted->token);
    const QString id = session::idText(minted->record.invitation.id);
    m_audit.noteOperator("minted", {{QStringLiteral("invitation"), id},
                                    {QStringLiteral("room"), room},
                                    {QStringLiteral("access"), roleText(*role)}});
    return QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("link"), address->toLink()}};
}

QJsonObject OperatorCommands::list() const
{
    QJsonArray tokens;
    for (const InvitationRecord &record : m_invitations.records()) {
        QJsonObject token{{QStringLiteral("id"), session::idText(record.invitation.id)},
                          {QStringLiteral("key"), session::keyIdText(record.invitation.key)},
                          {QStringLiteral("room"), QString::fromStdString(record.invitation.room)},
                          {QStringLiteral("role"), roleText(record.access)},
                          {QStringLiteral("name"), record.name},
                          {QStringLiteral("state"), stateOf(record, m_invitations.now())},
                          {QStringLiteral("made"), qint64{record.made.time_since_epoch().count()}}};
        if (record.expires) {
            token.insert(QStringLiteral("expires"),
                         qint64{record.expires->time_since_epoch().count()});
        }
        tokens.append(token);
    }
    return {{QStringLiteral("tokens"), tokens}};
}

Result<QJsonObject> OperatorCommands::revoke(const QJsonObject &request)
{
    if (const QString keyText = text(request, "key"); !keyText.isEmpty()) {
        const auto key = session::keyIdFromText(keyText);
        if (!key) {
            return fail(ErrorCode::Malformed, "This is not the id of a key.");
        }
        m_audit.noteOperator("key-revoked", {{QStringLiteral("key"), keyText}});
        const Result<void> done = m_invitations.withdrawKey(*key);
        return done ? Result<QJsonObject>(QJsonObject()) : tl::unexpected(done.error());
    }
    const Result<session::InvitationId> id = idIn(request);
    if (!id) {
        return tl::unexpected(id.error());
    }
    m_audit.noteOperator("revoked", {{QStringLiteral("invitation"), session::idText(*id)}});
    const Result<void> done = m_invitations.withdraw(*id);
    return done ? Result<QJsonObject>(QJsonObject()) : tl::unexpected(done.error());
}

Result<QJsonObject> OperatorCommands::setRole(const QJsonObject &request)
{
    const Result<session::InvitationId> id = idIn(request);
    const Result<protocol::Access> role = roleIn(request);
    if (!id || !role) {
        return tl::unexpected(id ? role.error() : id.error());
    }
    const Result<void> done = m_invitations.setAccess(*id, *role);
    if (!done) {
        return tl::unexpected(done.error());
    }
    m_audit.noteOperator("role", {{QStringLiteral("invitation"), session::idText(*id)},
                                  {QStringLiteral("access"), roleText(*role)}});
    return QJsonObject();
}

} // namespace cowrite::server
