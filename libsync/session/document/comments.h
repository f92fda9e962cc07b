#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/text.h"
#include "libsync/session/document/message.h"

#include <QList>
#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace cowrite::session {

/// A piece of the text, wherever it goes.
struct CommentAnchor {
    crdt::RelativePosition from;
    crdt::RelativePosition to;

    friend bool operator==(const CommentAnchor &, const CommentAnchor &) = default;
};

/// What was said about a piece of the text.
struct CommentThread {
    QString id;
    /// The piece as it was then, cut after kMaxQuote characters.
    QString quote;
    bool isResolved = false;
    /// Oldest first; the first one began it.
    QList<Message> messages;
    CommentAnchor anchor;

    friend bool operator==(const CommentThread &, const CommentThread &) = default;
};

/// The comments in a document: its root `comments`, a map from an id to a map with `anchor` (an
/// object of two relative positions as JSON, `from` and `to`), `quote`, `messages` (an array of
/// maps as in the chat) and `resolved` (product.md).
class Comments : public QObject {
    Q_OBJECT

public:
    static constexpr int kMaxQuote = 200;

    /// A piece of the text, in UTF-16 units.
    struct Range {
        std::uint32_t from = 0;
        std::uint32_t to = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    /// `doc`, `clock` and `rng` outlive this object. Writes nothing by itself.
    Comments(crdt::Doc &doc, const Clock &clock, Rng &rng, QObject *parent = nullptr);
    ~Comments() override;

    /// The one that was begun first comes first.
    [[nodiscard]] const QList<CommentThread> &threads() const { return m_threads; }
    /// Holds on to a piece of `content`; `range` is in it. What is written at either end later does
    /// not belong to it.
    [[nodiscard]] static CommentAnchor anchorOf(const crdt::Text &content, Range range);
    /// Where its text is now in `content`; nothing if that was removed, or is of another root.
    [[nodiscard]] std::optional<Range> placeOf(const CommentAnchor &anchor,
                                               const crdt::Text &content) const;

    /// Begins a thread about a piece of `content`. Returns its id. Errors, each a sentence:
    /// OutOfRange if its text is not there any more, those of newMessage(), WrongKind if the
    /// document has another kind of `comments`.
    Result<QString> begin(const Identity &author, const crdt::Text &content,
                          const CommentAnchor &anchor, const QString &text);
    /// Errors: NotFound if somebody has removed it, those of newMessage().
    Result<void> reply(const Identity &author, const QString &thread, const QString &text);
    /// Also opens it again. Error NotFound.
    Result<void> setResolved(const QString &thread, bool isResolved);

Q_SIGNALS:
    /// threads() is another list.
    void changed();
    /// Somebody wrote, here or elsewhere. Not fired for what a document brings along when it is
    /// opened.
    void messageAdded(const cowrite::session::CommentThread &thread,
                      const cowrite::session::Message &message);

private:
    friend class ReplicaPrivate;

    void refresh();
    [[nodiscard]] Result<crdt::Map> find(const QString &thread);
    void setAnnouncing(bool isAnnouncing) { m_isAnnouncing = isAnnouncing; }

    crdt::Doc &m_doc;
    const Clock &m_clock;
    Rng &m_rng;
    QList<CommentThread> m_threads;
    Subscription m_subscription;
    bool m_isAnnouncing = true;
};

} // namespace cowrite::session
