#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/base/rng.h"
#include "libsync/session/document/document_info.h"
#include "libsync/session/document/identity.h"
#include "libsync/session/profile/host.h"
#include "libsync/session/replica/replica.h"

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace cowrite::session {

class SecretStore;

/// What a program or a test sets differently.
struct ProfileOptions {
    std::chrono::milliseconds smallestReconnectDelay = limits::kReconnectMinDelay;
    std::chrono::milliseconds largestReconnectDelay = limits::kReconnectMaxDelay;
    /// How often a connection is tried for life, and how long it may be silent; see
    /// net::ChannelLimits. Zero: as usual.
    std::chrono::milliseconds pingInterval{0};
    std::chrono::milliseconds silenceLimit{0};
    /// How long the machine has slept so far; see net::NetworkWatch. Empty: as the system says.
    std::function<std::chrono::nanoseconds()> timeAsleep;
    /// The SQLite VFS of the log; empty for the default one.
    std::string vfs;
    /// Where what lets this person into rooms is kept from one run to the next; must outlive the
    /// profile. Null: it is known until the profile is closed.
    SecretStore *secrets = nullptr;
};

/// Everything of one person on this machine: who they are, their documents with the log, the
/// embedded server. One directory, one program at a time.
class Profile : public QObject {
    Q_OBJECT

public:
    /// Opens the profile in `directory`, which is created if need be. Errors, each a sentence: Busy
    /// if another program holds it, Unsupported if a newer version wrote it, Io, ReadOnly,
    /// DiskFull. `clock` and `rng` must outlive the profile.
    static Result<std::unique_ptr<Profile>> open(const QString &directory, const Clock &clock,
                                                 Rng &rng, const ProfileOptions &options = {});
    /// Commits what can be committed; blocks for that. Prefer closeAll() and flushed() before.
    ~Profile() override;

    [[nodiscard]] QString directory() const;

    [[nodiscard]] const Identity &identity() const;
    /// False until a name was chosen: the first start.
    [[nodiscard]] bool hasName() const;
    /// Kept, and shown to everybody in all open documents at once.
    void setIdentity(const Identity &identity);

    /// What others are told beside name and colour, in all open documents at once; not kept. All of
    /// it at first.
    void setTelling(const Telling &telling);

    /// Most recently opened first.
    [[nodiscard]] QList<DocumentInfo> documents() const;

    /// Edits that wait for their server are sent even if nobody opens the document; those replicas
    /// are not seen here.
    ///
    /// Every document that is open is one object, however often it is opened; each open needs a
    /// close. Not loaded yet when it returns. Error NotFound.
    Result<Replica *> open(DocumentId id);
    /// Loaded when it returns. `initialText` becomes the first edit.
    Result<Replica *> createDocument(const QString &title, DocumentKind kind,
                                     const std::u16string &initialText = {});
    /// Opens a file as a document and calls `done`, unless the profile is closed before:
    ///  - text (UTF-8, with or without a byte order mark) becomes a new document, whose line ends
    ///    are normalised and remembered;
    ///  - text of a file that a document came from opens that one, and what was changed in the file
    ///    since then is merged into it;
    ///  - an update of Yjs (V1 or V2) becomes a document with the identity that is in it. If there
    ///    is one with this identity, the update goes into that. One without an identity is known
    ///    again when the same file is opened.
    /// The document may not be loaded yet. Errors, each a sentence: those of readImport().
    void importFile(const QString &path, std::function<void(Result<Replica *>)> done);
    /// Opens the shared document at `address` and starts connecting: `cowrite://host:port/r/room`,
    /// `ws://host:port/room`, `host:port/room`. A document that was joined before is opened again
    /// with everything written offline; a link to a document that is shared from here opens
    /// that document. Error Malformed with a sentence; whether anybody answers is
    /// told by Replica::link().
    Result<Replica *> join(const QString &address);
    /// `host:port` of the server in an address that join() takes, to be shown before it is joined.
    /// Error Malformed with a sentence.
    [[nodiscard]] static Result<QString> serverIn(const QString &address);

    /// The two ways on for a replica whose room was replaced (Replica::isReplaced()). The first
    /// opens what is at the address now as a new document, while the replica becomes a document of
    /// this profile alone. The second publishes the replica as a new room of the same server. Error
    /// Busy if the room was not replaced; those of join().
    Result<Replica *> openReplacement(Replica &replica);
    Result<void> publishAnew(Replica &replica);

    /// Gives back one open; the replica goes away with the last one once its log is committed.
    void close(Replica *replica);
    /// Stores what was written until now; flushed() follows.
    void flush();
    /// Closes every replica, however often it was opened; flushed() follows.
    void closeAll();
    /// Takes a document out of this profile. Error Busy while it is open.
    Result<void> removeDocument(DocumentId id);

    [[nodiscard]] QList<Replica *> openReplicas() const;
    /// A sentence for the person if the log was damaged and had to be repaired, else empty.
    [[nodiscard]] QString repairMessage() const;
    [[nodiscard]] Host &host();

Q_SIGNALS:
    void documentsChanged();
    void identityChanged();
    /// The log was damaged, and was repaired while it was in use; see repairMessage().
    void logRepaired();
    /// After flush() and closeAll(): every edit is in the log, or `error` says in a sentence why
    /// the log cannot take it.
    void flushed(const QString &error);

private:
    friend class Replica;

    struct Private;
    explicit Profile(std::unique_ptr<Private> state);

    std::unique_ptr<Private> d;
};

} // namespace cowrite::session
