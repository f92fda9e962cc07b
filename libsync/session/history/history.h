#pragma once

#include "libsync/base/error.h"
#include "libsync/crdt/delta.h"
#include "libsync/session/document/author.h"
#include "libsync/session/document/moment.h"
#include "libsync/session/history/history_entries.h"
#include "libsync/session/history/past_text.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace cowrite::session {

/// A moment that somebody gave a name. It lies in the document, so that everybody sees it.
struct NamedVersion {
    QString id;
    QString name;
    Moment moment = 0;
    Author author;  ///< who gave the name
    QDateTime time; ///< when it was given

    friend bool operator==(const NamedVersion &, const NamedVersion &) = default;
};

/// One edit: who made it, and when.
struct EditInfo {
    Author author;
    QDateTime time;
};

/// The whole history of a replica's content, from its log: every edit that changed the text, who
/// made it and when, and the text after each of them. Edits made elsewhere come in the order in
/// which they got here.
///
/// Reading the log takes a moment and happens on another thread; until isReady() there is nothing
/// here. Afterwards the history follows the document. Belongs to the Replica.
class History : public QObject {
    Q_OBJECT

public:
    ~History() override;

    [[nodiscard]] bool isReady() const;
    /// A sentence why the log could not be read; empty if it could.
    [[nodiscard]] QString failure() const;

    /// The moment after the last edit: the text as it is.
    [[nodiscard]] Moment now() const;
    /// The edit that led to `moment`; somebody, at no time, for a moment that is not in [1, now()].
    [[nodiscard]] EditInfo editBefore(Moment moment) const;
    /// The one with the latest edit first.
    [[nodiscard]] QList<HistoryEntry> entries() const;

    /// The text at `moment`; beyond now() it is now().
    [[nodiscard]] PastText textAt(Moment moment) const;
    /// The text at `moment` with what changed since `since`, which is earlier or equal.
    [[nodiscard]] PastText textAt(Moment moment, Moment since) const;

    /// What turns the content as it is now into what it was at `moment`. Empty for no difference.
    [[nodiscard]] crdt::Delta changesTo(Moment moment) const;
    /// What takes back all that `author` wrote and deleted after `since`, and nothing else.
    [[nodiscard]] crdt::Delta changesWithout(const Author &author, Moment since) const;

    /// Who wrote last in [from, to) of the content as it is now, and when; nothing for an empty
    /// range or while that is not known. Fast: for every line that is painted.
    [[nodiscard]] std::optional<EditInfo> lastWriter(quint32 from, quint32 to) const;

    /// The latest moment first. Those whose edit never came here are left out.
    [[nodiscard]] QList<NamedVersion> versions() const;
    /// Gives `moment` a name that everybody sees. Errors, each a sentence: OutOfRange for an empty
    /// name or a moment before the first edit, Refused for a document that is only to be looked at,
    /// those of NamedVersions::add.
    Result<void> nameVersion(Moment moment, const QString &name);
    /// Nothing happens in a document that is only to be looked at.
    void removeVersion(const QString &id);

Q_SIGNALS:
    /// isReady() or failure() changed: the history was read, or is being read anew.
    void loaded();
    /// An edit was added: now() grew. At most once per turn of the event loop, as are the next two.
    void extended();
    void versionsChanged();
    /// Authors have got another name or colour: entries() and all else that names them is new.
    void authorsChanged();

private:
    friend class ReplicaPrivate;
    struct Private;

    explicit History(std::unique_ptr<Private> state);
    /// Reads the log, also anew if it is another text whose history this is to be.
    void read(const QString &root);

    std::unique_ptr<Private> d;
};

} // namespace cowrite::session
