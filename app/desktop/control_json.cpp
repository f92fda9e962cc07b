#include "app/desktop/control_json.h"

#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/lib0/json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cowrite::desktop {

namespace {

QString base64(const Bytes &bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                                       static_cast<qsizetype>(bytes.size()))
                                   .toBase64());
}

QJsonValue toJson(const lib0::Any &value)
{
    const Result<std::string> json = lib0::stringifyJson(value);
    if (!json) {
        return QJsonValue::Null;
    }
    // A JSON document is an array or an object, so the value is wrapped for the way over.
    return QJsonDocument::fromJson('[' + QByteArray::fromStdString(*json) + ']').array().first();
}

QJsonArray toJson(const crdt::Delta &delta)
{
    QJsonArray array;
    for (const crdt::DeltaOp &op : delta) {
        QJsonObject object;
        if (op.values.empty()) {
            object.insert(QStringLiteral("insert"), QString::fromStdU16String(op.text));
        } else if (op.values.front().isPlain()) {
            object.insert(QStringLiteral("insert"), toJson(op.values.front().any()));
        } else {
            object.insert(QStringLiteral("insert"), QJsonValue::Null);
        }
        QJsonObject attributes;
        for (const auto &[key, value] : op.attributes) {
            attributes.insert(QString::fromStdString(key), toJson(value));
        }
        if (!attributes.isEmpty()) {
            object.insert(QStringLiteral("attributes"), attributes);
        }
        array.append(object);
    }
    return array;
}

} // namespace

QJsonObject stateToJson(const crdt::Doc &doc, const crdt::Text &text)
{
    QJsonObject vector;
    const crdt::StateVector stateVector = doc.stateVector();
    for (const auto &[client, clock] : stateVector) {
        vector.insert(QString::number(client), static_cast<double>(clock));
    }
    QJsonObject deletions;
    const crdt::DeleteSet deleteSet = doc.deleteSet();
    for (const auto &[client, ranges] : deleteSet) {
        QJsonArray list;
        for (const crdt::ClockRange &range : ranges) {
            list.append(
                QJsonArray{static_cast<double>(range.clock), static_cast<double>(range.length)});
        }
        deletions.insert(QString::number(client), list);
    }
    return {{QStringLiteral("text"), QString::fromStdU16String(text.toString())},
            {QStringLiteral("delta"), toJson(text.toDelta())},
            {QStringLiteral("stateVector"), vector},
            {QStringLiteral("stateVectorBytes"), base64(codec::encodeStateVector(stateVector))},
            {QStringLiteral("deletions"), deletions},
            {QStringLiteral("hasPending"), doc.hasPending()},
            {QStringLiteral("update"), base64(codec::encodeStateAsUpdate(doc))}};
}

crdt::Attributes attributesFromJson(const QJsonValue &value)
{
    crdt::Attributes attributes;
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QByteArray json =
            QJsonDocument(QJsonArray{member.value()}).toJson(QJsonDocument::Compact);
        const Result<lib0::Any> parsed = lib0::parseJson(json.toStdString());
        if (parsed) {
            attributes.emplace_back(member.key().toStdString(), parsed->asArray().front());
        }
    }
    return attributes;
}

} // namespace cowrite::desktop
