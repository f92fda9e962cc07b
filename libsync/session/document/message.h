#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/base/rng.h"
#include "libsync/crdt/value.h"
#include "libsync/session/document/identity.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace cowrite::session {

/// What one person says to the others, in the chat or in a comment. Foreign fields of a wrong kind
/// read as empty.
struct Message {
    QString id;
    /// The author's user id, to compare with Identity::userId.
    QString author;
    QString name;
    QDateTime time;
    QString text;
    /// The id of the message this one answers; empty for none.
    QString replyTo;

    friend bool operator==(const Message &, const Message &) = default;
};

/// Nothing for what is no map.
[[nodiscard]] std::optional<Message> readMessage(const crdt::Value &value);

/// What readMessage() reads, of `text` trimmed and the time as it is. Errors, each a sentence:
/// OutOfRange for nothing, LimitExceeded beyond limits::kMaxChatMessageBytes of UTF-8.
[[nodiscard]] Result<crdt::NewMap> newMessage(const Identity &author, const QString &text,
                                              const QString &replyTo, const Clock &clock, Rng &rng);

} // namespace cowrite::session
