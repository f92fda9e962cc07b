#include "libsync/session/files/replica_notes.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace cowrite::session {

std::string ReplicaNotes::toJson() const
{
    QJsonObject object{{QStringLiteral("lineEnd"), form.lineEnd},
                       {QStringLiteral("waiting"), static_cast<double>(waiting)},
                       {QStringLiteral("waitingAt"), static_cast<double>(waitingAt)}};
    if (!contentRoot.isEmpty()) {
        object.insert(QStringLiteral("contentRoot"), contentRoot);
    }
    if (dialect) {
        const std::string_view name = protocol::toString(*dialect);
        object.insert(QStringLiteral("dialect"),
                      QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    if (hasJoined) {
        object.insert(QStringLiteral("joined"), true);
    }
    if (hasInvitation) {
        object.insert(QStringLiteral("invited"), true);
    }
    if (isShared) {
        object.insert(QStringLiteral("shared"), true);
    }
    if (isAnnounced) {
        object.insert(QStringLiteral("announced"), true);
    }
    if (access != protocol::Access::Edit) {
        object.insert(QStringLiteral("access"),
                      QString::fromStdString(std::string(protocol::toString(access))));
    }
    if (form.hasByteOrderMark) {
        object.insert(QStringLiteral("byteOrderMark"), true);
    }
    if (!file.path.isEmpty()) {
        object.insert(QStringLiteral("file"),
                      QJsonObject{{QStringLiteral("path"), file.path},
                                  {QStringLiteral("kept"), file.isKept},
                                  {QStringLiteral("replacing"), file.isReplacing},
                                  {QStringLiteral("base"), file.base},
                                  {QStringLiteral("next"), file.next}});
    }
    if (!importedUpdate.isEmpty()) {
        object.insert(QStringLiteral("importedUpdate"), importedUpdate);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

ReplicaNotes ReplicaNotes::fromJson(const std::string &json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    ReplicaNotes notes;
    if (object.value(QStringLiteral("lineEnd")).toString() == QStringLiteral("\r\n")) {
        notes.form.lineEnd = QStringLiteral("\r\n");
    }
    notes.form.hasByteOrderMark = object.value(QStringLiteral("byteOrderMark")).toBool();
    const QJsonObject file = object.value(QStringLiteral("file")).toObject();
    notes.file = {file.value(QStringLiteral("path")).toString(),
                  file.value(QStringLiteral("kept")).toBool(),
                  file.value(QStringLiteral("replacing")).toBool(),
                  file.value(QStringLiteral("base")).toString(),
                  file.value(QStringLiteral("next")).toString()};
    notes.importedUpdate = object.value(QStringLiteral("importedUpdate")).toString();
    notes.contentRoot = object.value(QStringLiteral("contentRoot")).toString();
    notes.hasJoined = object.value(QStringLiteral("joined")).toBool();
    notes.hasInvitation = object.value(QStringLiteral("invited")).toBool();
    notes.isShared = object.value(QStringLiteral("shared")).toBool();
    notes.isAnnounced = object.value(QStringLiteral("announced")).toBool();
    notes.dialect = protocol::dialectFromString(
        object.value(QStringLiteral("dialect")).toString().toStdString());
    notes.access =
        protocol::accessFromString(object.value(QStringLiteral("access")).toString().toStdString())
            .value_or(protocol::Access::Edit);
    notes.waiting = static_cast<quint64>(object.value(QStringLiteral("waiting")).toInteger());
    notes.waitingAt =
        static_cast<store::Seq>(object.value(QStringLiteral("waitingAt")).toInteger());
    return notes;
}

} // namespace cowrite::session
