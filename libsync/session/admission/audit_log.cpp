#include "libsync/session/admission/audit_log.h"

#include "libsync/session/document/date_time.h"

#include <QJsonDocument>
#include <QLoggingCategory>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcAudit, "cowrite.server.audit", QtInfoMsg)

Result<std::unique_ptr<QFile>> openFile(const QString &name)
{
    auto file = std::make_unique<QFile>(name);
    if (!file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered) ||
        !file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return fail(ErrorCode::Io, "The audit log " + name.toStdString() + " cannot be written: " +
                                       file->errorString().toStdString() + ".");
    }
    return file;
}

} // namespace

AuditLog::AuditLog(const QString &file, const Clock &clock) : m_name(file), m_clock(clock) {}

Result<std::unique_ptr<AuditLog>> AuditLog::open(const QString &file, const Clock &clock)
{
    std::unique_ptr<AuditLog> log(new AuditLog(file, clock));
    if (const Result<void> opened = log->reopen(); !opened) {
        return tl::unexpected(opened.error());
    }
    return log;
}

Result<void> AuditLog::reopen()
{
    Result<std::unique_ptr<QFile>> file = openFile(m_name);
    if (!file) {
        return tl::unexpected(file.error());
    }
    m_file = *std::move(file);
    return {};
}

void AuditLog::note(std::string_view what, const QString &room, const Visitor &who,
                    QJsonObject more)
{
    if (!room.isEmpty()) {
        more.insert(QStringLiteral("room"), room);
    }
    if (!who.address.isEmpty()) {
        more.insert(QStringLiteral("from"), who.address);
    }
    if (who.pass) {
        more.insert(QStringLiteral("invitation"), idText(who.pass->id));
    }
    write(what, std::move(more));
}

void AuditLog::noteOperator(std::string_view what, QJsonObject more)
{
    more.insert(QStringLiteral("by"), QStringLiteral("operator"));
    write(what, std::move(more));
}

void AuditLog::write(std::string_view what, QJsonObject line)
{
    line.insert(QStringLiteral("time"),
                toDateTime(m_clock.wallNow()).toUTC().toString(Qt::ISODateWithMs));
    line.insert(QStringLiteral("event"),
                QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size())));
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    if (m_file->write(text) != text.size()) {
        qCWarning(lcAudit, "The audit log cannot be written: %s.",
                  qPrintable(m_file->errorString()));
    }
}

} // namespace cowrite::session
