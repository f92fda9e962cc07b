#include "libsync/session/replica_notes.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace cowrite::session {

std::string ReplicaNotes::toJson() const
{
    QJsonObject object{{QStringLiteral("lineEnd"), lineEnd},
                       {QStringLiteral("waiting"), static_cast<double>(waiting)},
                       {QStringLiteral("waitingAt"), static_cast<double>(waitingAt)}};
    if (!contentRoot.isEmpty()) {
        object.insert(QStringLiteral("contentRoot"), contentRoot);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

ReplicaNotes ReplicaNotes::fromJson(const std::string &json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    ReplicaNotes notes;
    if (object.value(QStringLiteral("lineEnd")).toString() == QStringLiteral("\r\n")) {
        notes.lineEnd = QStringLiteral("\r\n");
    }
    notes.contentRoot = object.value(QStringLiteral("contentRoot")).toString();
    notes.waiting = static_cast<quint64>(object.value(QStringLiteral("waiting")).toInteger());
    notes.waitingAt =
        static_cast<store::Seq>(object.value(QStringLiteral("waitingAt")).toInteger());
    return notes;
}

} // namespace cowrite::session
