#include "libsync/session/chat.h"

#include "libsync/base/clock.h"
#include "libsync/base/limits.h"
#include "libsync/crdt/doc.h"

#include <QSet>

namespace cowrite::session {

namespace {

using crdt::Any;

constexpr char kChatRoot[] = "chat";

QString textField(const crdt::Map &map, std::string_view key)
{
    const std::optional<crdt::Value> value = map.get(key);
    if (!value || value->isType() || !value->any().isString()) {
        return {};
    }
    return QString::fromUtf8(value->any().asString());
}

QDateTime timeField(const crdt::Map &map)
{
    const std::optional<crdt::Value> value = map.get("time");
    if (!value || value->isType() || !value->any().isNumber()) {
        return {};
    }
    // Beyond the year 9999 nobody means it.
    const double milliseconds = value->any().asNumber();
    if (!(milliseconds >= 0 && milliseconds < 253'402'300'800'000.0)) {
        return {};
    }
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(milliseconds));
}

std::optional<ChatMessage> readMessage(const crdt::Value &value)
{
    if (!value.isType() || value.type().kind() != crdt::TypeKind::Map) {
        return std::nullopt;
    }
    const crdt::Map map(value.type());
    return ChatMessage{textField(map, "id"), textField(map, "author"), textField(map, "name"),
                       timeField(map),       textField(map, "text"),   textField(map, "replyTo")};
}

} // namespace

Chat::Chat(crdt::Doc &doc, const Clock &clock, Rng &rng, QObject *parent)
    : QObject(parent), m_doc(doc), m_clock(clock), m_rng(rng)
{
    if (const Result<crdt::Array> array = m_doc.array(kChatRoot); array) {
        m_subscription =
            array->observeDeep([this](const std::vector<crdt::Event> &) { refresh(); });
        refresh();
    }
}

Chat::~Chat() = default;

Result<void> Chat::send(const Identity &author, const QString &text, const QString &replyTo)
{
    const std::string trimmed = text.trimmed().toStdString();
    if (trimmed.empty()) {
        return fail(ErrorCode::OutOfRange, "There is nothing to send.");
    }
    if (trimmed.size() > limits::kMaxChatMessageBytes) {
        return fail(ErrorCode::LimitExceeded,
                    "This message is too long. Split it, or put it into the document.");
    }
    Result<crdt::Array> array = m_doc.array(kChatRoot);
    if (!array) {
        return tl::unexpected(array.error());
    }
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.wallNow().time_since_epoch());
    crdt::NewMap message{{{"id", Any(randomKey(m_rng).toStdString())},
                          {"author", Any(author.userId.toStdString())},
                          {"name", Any(author.name.toStdString())},
                          {"time", Any(static_cast<double>(now.count()))},
                          {"text", Any(trimmed)}}};
    if (!replyTo.isEmpty()) {
        message.entries.emplace_back("replyTo", Any(replyTo.toStdString()));
    }
    return array->push({std::move(message)});
}

void Chat::refresh()
{
    const Result<crdt::Array> array = m_doc.array(kChatRoot);
    QSet<QString> known;
    for (const ChatMessage &message : m_messages) {
        known.insert(message.id);
    }
    QList<ChatMessage> messages;
    QList<int> added;
    for (const crdt::Value &value : array->values()) {
        std::optional<ChatMessage> message = readMessage(value);
        if (!message) {
            continue;
        }
        if (!known.contains(message->id)) {
            added.append(static_cast<int>(messages.size()));
        }
        messages.append(*std::move(message));
    }
    m_messages = std::move(messages);
    if (m_isAnnouncing) {
        for (const int index : added) {
            Q_EMIT messageAdded(m_messages.at(index), index);
        }
    }
    Q_EMIT messagesChanged();
}

} // namespace cowrite::session
