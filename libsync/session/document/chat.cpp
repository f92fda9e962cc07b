#include "libsync/session/document/chat.h"

#include "libsync/crdt/doc.h"

#include <QSet>

namespace cowrite::session {

namespace {

constexpr char kChatRoot[] = "chat";

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
    Result<crdt::Array> array = m_doc.array(kChatRoot);
    if (!array) {
        return tl::unexpected(array.error());
    }
    Result<crdt::NewMap> message = newMessage(author, text, replyTo, m_clock, m_rng);
    return message ? array->push({*std::move(message)}) : tl::unexpected(message.error());
}

void Chat::refresh()
{
    const Result<crdt::Array> array = m_doc.array(kChatRoot);
    QSet<QString> known;
    for (const Message &message : m_messages) {
        known.insert(message.id);
    }
    QList<Message> messages;
    QList<int> added;
    for (const crdt::Value &value : array->values()) {
        std::optional<Message> message = readMessage(value);
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
