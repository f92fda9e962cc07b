#pragma once

#include "libsync/base/error.h"
#include "libsync/crdt/doc.h"
#include "libsync/protocol/access.h"
#include "libsync/protocol/awareness.h"
#include "libsync/protocol/presence.h"
#include "libsync/session/document/document_info.h"
#include "libsync/session/document/identity.h"
#include "libsync/session/files/linked_file.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace cowrite::session {

class Chat;
class Comments;
class History;
class ReplicaPrivate;
class TextUndo;

/// Where the local edits of a replica are. Counted in edits, as a person counts them; see
/// EditBursts.
struct EditCounts {
    /// Edits made here since the replica was opened.
    quint64 typed = 0;
    /// Of all edits made here, those that are not in the local log yet.
    quint64 unsaved = 0;
    /// Of all edits made here (earlier sessions included), those the server has not confirmed.
    /// Always 0 for a document that has no server.
    quint64 waiting = 0;

    friend bool operator==(const EditCounts &, const EditCounts &) = default;
};

/// Whether the local log takes what it is given. Editing goes on in every state.
enum class DiskState { Ok, Full, ReadOnly, Failed };

enum class LinkState {
    Local,      ///< no server: the document lives in this profile only
    Connecting, ///< on the way for the first time, or again
    Online,     ///< connected and in sync
    Offline,    ///< will try again by itself; see nextAttempt()
    Refused,    ///< the other side said no, or holds another document now; it stays so until
                ///< connectNow() or connectTo()
    Hosting,    ///< this app is the server
};

/// An open document: the shared document itself, its log, who else is in it, and its connection.
/// Made and owned by Profile. Lives on the main thread and never blocks it.
///
/// Opening takes a moment: until isLoaded() the document is empty, and it must not be edited.
/// Local edits are transactions whose origin is not one of the session's own: the empty origin or
/// any object of the caller.
class Replica : public QObject {
    Q_OBJECT

public:
    ~Replica() override;

    [[nodiscard]] DocumentId id() const;
    /// False until the stored document has been read; loaded() tells. Then it stays true.
    [[nodiscard]] bool isLoaded() const;
    /// Rows of the log that were damaged and left out; their content comes back from peers.
    [[nodiscard]] int damagedRows() const;

    [[nodiscard]] crdt::Doc &doc();
    [[nodiscard]] Chat &chat();
    [[nodiscard]] Comments &comments();

    /// The text of the document: root contentRoot(). A handle, fetch it again after
    /// contentRootChanged().
    [[nodiscard]] crdt::Text content();
    /// `content`, or for a room that another program made, the usual root that has something in
    /// it (product.md).
    [[nodiscard]] QString contentRoot() const;
    /// More than one when a foreign room has several roots to choose from.
    [[nodiscard]] QStringList contentChoices() const;
    void chooseContentRoot(const QString &root);
    /// Undo and redo of what was written here into content(), kept for a day. Another object after
    /// contentRootChanged().
    [[nodiscard]] TextUndo &undo();
    /// True for a document whose structure this version cannot edit, as editing would damage it;
    /// and for one that may only be read, see access().
    [[nodiscard]] bool isReadOnly() const;
    /// What the invitation lets this person do here, as its server said last; Edit for a document
    /// that has no server or is shared from here. readOnlyChanged() tells.
    [[nodiscard]] protocol::Access access() const;

    [[nodiscard]] QString title() const;
    /// Writes `meta.title` where the document has a `meta`, else names it in this profile only.
    void setTitle(const QString &title);
    [[nodiscard]] DocumentKind kind() const;
    /// The id of the language the document is written in ("python"), as somebody chose it; empty if
    /// nobody did.
    [[nodiscard]] QString language() const;
    /// Writes `meta.language` where the document has a `meta`, else it holds until the document is
    /// closed.
    void setLanguage(const QString &language);
    /// What the imported file had, and an export writes again.
    [[nodiscard]] TextForm textForm() const;
    /// The identity of the document (`meta.id`), or empty while it has none.
    [[nodiscard]] QString identityKey() const;

    /// Read from the log when it is asked for the first time; the document must be loaded.
    [[nodiscard]] History &history();

    // People.
    [[nodiscard]] protocol::Awareness &awareness();
    [[nodiscard]] const Identity &self() const;
    /// Everybody who is in the document now, this replica first, then by name.
    [[nodiscard]] std::vector<protocol::Presence> people() const;
    /// Tells the others where my caret is: offsets into content(), in UTF-16 units.
    void setCursor(std::uint32_t anchorOffset, std::uint32_t headOffset);
    void clearCursor();
    void setTyping(protocol::Typing typing);
    /// Whose place in the document this person keeps before them; nothing for nobody's.
    void setFollowing(std::optional<crdt::ClientId> client);
    /// What of content() is on this person's screen: for those who follow them, and only worth
    /// telling while somebody does. At most twenty times a second.
    void setViewport(std::uint32_t topOffset, std::uint32_t bottomOffset);
    void clearViewport();

    // Where the edits are.
    [[nodiscard]] EditCounts edits() const;
    [[nodiscard]] DiskState diskState() const;
    /// A sentence ("Not saved: the disk is full.") or empty while all is well.
    [[nodiscard]] QString diskMessage() const;

    // The connection.
    [[nodiscard]] LinkState link() const;
    /// A sentence about the state, for a banner; empty where there is nothing to say.
    [[nodiscard]] QString linkMessage() const;
    /// Whether it is Refused because another document is at its address now. See
    /// Profile::openReplacement() and Profile::publishAnew().
    [[nodiscard]] bool isReplaced() const;
    /// The address of the room without the token of an invitation; empty for a local document.
    [[nodiscard]] QString address() const;
    /// The link of the room as others can join it: address() and the token, as far as this session
    /// knows one. A secret then, for the clipboard and the screen only. Empty for a local document.
    [[nodiscard]] QString invitation() const;
    /// The same for a browser; empty also on servers that have no page for one.
    [[nodiscard]] QString pageInvitation() const;
    /// Why what lets this person in is forgotten when the program ends, or is so already, and what
    /// to do; empty while all is well. invitationChanged() tells.
    [[nodiscard]] QString invitationMessage() const;
    /// The server's name as people know it ("studio.local"), or empty.
    [[nodiscard]] QString serverName() const;
    /// Whether the server confirms what is on its disk. Plain Yjs servers do not: for them an edit
    /// counts as confirmed once it was handed to the connection.
    [[nodiscard]] bool serverConfirms() const;
    /// How long a message to the server and back takes; nothing while not connected.
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTrip() const;
    /// Time until the next attempt to connect; nothing unless Offline.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const;
    /// Tries at once instead of waiting; also after Refused.
    void connectNow();
    /// Error Malformed with a sentence if it is no address.
    Result<void> connectTo(const QString &address);
    /// Stays off until connectNow() or connectTo().
    void disconnectLink();

    // The file that it came from or is kept in step with (LinkedFile).
    /// Empty for none.
    [[nodiscard]] QString filePath() const;
    /// Every change of the document is saved to the file, and the other way round.
    [[nodiscard]] bool isFileKept() const;
    /// Keeps the document in step with the file at this absolute path, which need not be there.
    /// Error Busy, with a sentence, if another document of this profile is kept in that file.
    [[nodiscard]] Result<void> keepFile(const QString &path, ExistingText existing);
    void stopKeepingFile();
    /// Makes the file anew that is not there any more.
    void makeFileAgain();
    /// What is wrong with the file, in sentences; empty while all is well.
    [[nodiscard]] QString fileMessage() const;
    [[nodiscard]] bool isFileMissing() const;

Q_SIGNALS:
    void loaded();
    /// Instead of loaded(), with a sentence: the stored document cannot be read.
    void loadFailed(const QString &message);
    /// edits() changed. Fires at most once per turn of the event loop.
    void editsChanged();
    /// Anything about the connection changed: link(), its message, round trip, next attempt.
    void linkChanged();
    void diskStateChanged();
    /// people() changed: somebody came, left, moved, typed. At most once per turn.
    void peopleChanged();
    /// title(), kind() or language() changed.
    void titleChanged();
    void contentRootChanged();
    /// isReadOnly() or access() changed.
    void readOnlyChanged();
    /// filePath(), isFileKept() or fileMessage() changed.
    void fileChanged();
    /// invitationMessage() changed.
    void invitationChanged();

private:
    friend class Host;
    friend class Profile;

    explicit Replica(std::unique_ptr<ReplicaPrivate> state);

    std::unique_ptr<ReplicaPrivate> d;
};

} // namespace cowrite::session
