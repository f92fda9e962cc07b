#pragma once

#include "libsync/base/error.h"
#include "libsync/base/signal.h"
#include "libsync/session/document/message.h"

#include <QList>
#include <QObject>
#include <QString>

namespace cowrite::crdt {
class Doc;
}

namespace cowrite {
class Clock;
}

namespace cowrite::session {

/// The conversation that lives in a document, in its root `chat` (product.md).
class Chat : public QObject {
    Q_OBJECT

public:
    /// `doc` must outlive this object. Writes nothing by itself.
    Chat(crdt::Doc &doc, const Clock &clock, Rng &rng, QObject *parent = nullptr);
    ~Chat() override;

    /// Oldest first, in the order all replicas agree on.
    [[nodiscard]] const QList<Message> &messages() const { return m_messages; }

    /// Appends a message. Errors: those of newMessage(), WrongKind if the document has another kind
    /// of `chat`.
    Result<void> send(const Identity &author, const QString &text, const QString &replyTo = {});

Q_SIGNALS:
    /// A message came in, from here or from elsewhere; `index` is its place in messages(). Not
    /// fired for the messages that a document brings along when it is opened.
    void messageAdded(const cowrite::session::Message &message, int index);
    /// messages() changed in any way, also while the document is being opened.
    void messagesChanged();

private:
    friend class ReplicaPrivate;

    void refresh();
    /// Whether what comes in now is news, and not the stored document being opened.
    void setAnnouncing(bool isAnnouncing) { m_isAnnouncing = isAnnouncing; }

    crdt::Doc &m_doc;
    const Clock &m_clock;
    Rng &m_rng;
    QList<Message> m_messages;
    Subscription m_subscription;
    bool m_isAnnouncing = true;
};

} // namespace cowrite::session
