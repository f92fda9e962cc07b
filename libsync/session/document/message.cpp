#include "libsync/session/document/message.h"

#include "libsync/base/limits.h"
#include "libsync/session/document/date_time.h"
#include "libsync/session/document/map_fields.h"

namespace cowrite::session {

using crdt::Any;

std::optional<Message> readMessage(const crdt::Value &value)
{
    if (!value.isType() || value.type().kind() != crdt::TypeKind::Map) {
        return std::nullopt;
    }
    const crdt::Map map(value.type());
    const auto text = [&map](std::string_view key) {
        return QString::fromStdString(textField(map, key).value_or(std::string()));
    };
    const auto time = timeField(map, "time");
    return Message{text("id"),   text("author"),
                   text("name"), time ? toDateTime(*time) : QDateTime(),
                   text("text"), text("replyTo")};
}

Result<crdt::NewMap> newMessage(const Identity &author, const QString &text, const QString &replyTo,
                                const Clock &clock, Rng &rng)
{
    const std::string trimmed = text.trimmed().toStdString();
    if (trimmed.empty()) {
        return fail(ErrorCode::OutOfRange, "There is nothing to send.");
    }
    if (trimmed.size() > limits::kMaxChatMessageBytes) {
        return fail(ErrorCode::LimitExceeded,
                    "This message is too long. Split it, or put it into the document.");
    }
    crdt::NewMap message{{{"id", Any(randomKey(rng).toStdString())},
                          {"author", Any(author.userId.toStdString())},
                          {"name", Any(author.name.toStdString())},
                          {"time", timeValue(clock.wallNow())},
                          {"text", Any(trimmed)}}};
    if (!replyTo.isEmpty()) {
        message.entries.emplace_back("replyTo", Any(replyTo.toStdString()));
    }
    return message;
}

} // namespace cowrite::session
