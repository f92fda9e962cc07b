#pragma once

#include "libsync/session/document/chat.h"
#include "libsync/session/document/comments.h"
#include "libsync/session/document/document_meta.h"
#include "libsync/session/document/edit_bursts.h"
#include "libsync/session/files/linked_file.h"
#include "libsync/session/files/replica_notes.h"
#include "libsync/session/history/history.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/session/log/text_undo.h"
#include "libsync/session/log/undo_log.h"
#include "libsync/session/replica/link.h"
#include "libsync/session/replica/link_secrets.h"
#include "libsync/session/replica/replica.h"
#include "libsync/session/room/room.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace cowrite::session {

/// The inside of a Replica: brings document, log, presence and connection together.
class ReplicaPrivate : public QObject {
    Q_OBJECT

public:
    struct Context {
        store::Log &log;
        const Clock &clock;
        Rng &rng;
        net::ConnectorOptions connector;
        BaseTexts bases;
        LinkSecrets &secrets;
        /// Something that the list of documents shows has changed.
        std::function<void()> listChanged;
    };

    ReplicaPrivate(Context context, store::DocumentInfo info, Identity self);
    ~ReplicaPrivate() override;

    void attach(Replica *replica) { q = replica; }
    /// Reads the stored document, or takes a new one as it is.
    void load();
    void setNew();
    /// Leaves the session and stores what is to be stored; the replica is not used any more.
    void shutDown();

    void setSelf(const Identity &self);
    void setTelling(const Telling &telling);
    /// Whether the others see that this person is here. A replica that only sends what waits is
    /// nobody's; it is not at first.
    enum class Visibility { Hidden, Present };
    void setVisibility(Visibility visibility);
    /// Integrates an update that lacks nothing it builds on, once the document is loaded.
    void takeIn(const std::shared_ptr<crdt::Update> &update);
    Result<void> keepFile(const QString &path, ExistingText existing);
    Result<void> connectTo(const QString &address);
    /// Puts what lets this person in, if something is known, into the keyring.
    void keepInvitation();
    /// Has no server from now on.
    void forgetServer();
    /// The room in which this app shares the document; null ends that. Not owned.
    void setRoom(Room *room, const QString &link);
    /// Whether it is to be shared again when it is opened the next time.
    void noteShared(bool isShared);
    void noteAnnounced(bool isAnnounced);
    [[nodiscard]] quint64 waiting() const;
    [[nodiscard]] LinkState linkState() const;
    /// What its server lets this replica do; everything where it has none.
    [[nodiscard]] protocol::Access access() const;
    [[nodiscard]] bool isReadOnly() const { return isUneditable || !mayEdit(access()); }
    [[nodiscard]] QString contentRoot() const;
    void chooseContentRoot(const QString &root);
    [[nodiscard]] History &history();
    void setTitle(const QString &title);
    void setLanguage(const QString &language);
    void setCursor(std::optional<protocol::PresenceCursor> cursor);
    void setTyping(protocol::Typing typing);

    /// The user id of who made a change; empty if nobody can say.
    [[nodiscard]] std::string authorOf(const crdt::Transaction &transaction) const;

    Context context;
    store::DocumentInfo info;
    ReplicaNotes notes;
    Identity self;
    LoggedDoc logged;
    DocumentMeta meta;
    protocol::Awareness awareness;
    Chat chat;
    Comments comments;
    /// Of the content root; others when that becomes another one.
    std::unique_ptr<TextUndo> undo;
    std::unique_ptr<UndoLog> undoLog;
    std::unique_ptr<protocol::EditLedger> ledger;
    EditBursts bursts; ///< of the edits in the ledger
    std::unique_ptr<Link> link;
    LinkedFile file;
    /// Edits of earlier runs, as a person counts them, that waited when this one began.
    std::uint64_t typedBefore = 0;
    QString lastTitle;
    QString lastLanguage;
    QString roomLink;
    QString loadError;
    QString invitationMessage;
    /// Editing would damage what this version cannot show.
    bool isUneditable = false;

private:
    /// An edit and its place in the log.
    struct Edit {
        std::uint64_t number = 0;
        store::Seq seq = 0;
    };

    void onLoaded();
    void onChanged(store::Seq seq, const crdt::Transaction &transaction);
    void onCommitted(quint64 seq);
    void onSynced();
    void onLedgerChanged();
    void noteIdentity();
    void noteJoined();
    void noteAccess();
    void onMetaChanged();
    /// Makes a ledger of edits that no server has, and a connection that tells it of progress.
    void setUpLink(std::uint64_t saved, std::uint64_t unsaved);
    void startLink();
    void fetchInvitation(const net::RoomAddress &address);
    /// Why the keyring has no invitation, or gave none.
    void setInvitationMessage(const QString &message);
    void refreshContentRoot();
    void onLinkChanged();
    void setUpUndo();
    void noteAuthorSoon();
    /// Soon, and only where others are told of it.
    void publishCursor();
    void saveInfo();
    void saveInfoSoon();
    void announceSoon(bool &pending, void (Replica::*signal)());
    /// Changes that nobody typed.
    [[nodiscard]] crdt::Origin bookkeeping() const { return crdt::Origin::of(this); }
    /// What came out of a file: others' edits, which the server lacks as it lacks those made here.
    [[nodiscard]] crdt::Origin imports() const { return crdt::Origin::of(&notes); }
    /// Changes to `meta` that a person made: counted as edits, but not undone with the text.
    [[nodiscard]] crdt::Origin metaEdits() const { return crdt::Origin::of(&meta); }

    Replica *q = nullptr;
    Room *m_room = nullptr;
    Subscription m_docSubscription;
    Subscription m_metaSubscription;
    Subscription m_ledgerSubscription;
    Subscription m_presenceSubscription;
    std::unique_ptr<History> m_history; ///< once somebody asked for it
    std::deque<Edit> m_unsaved;
    std::deque<Edit> m_waiting;
    std::optional<protocol::PresenceCursor> m_cursor;
    Telling m_telling;
    QTimer m_ticker;
    QTimer m_saveTimer;
    QTimer m_cursorTimer;
    bool m_hasForeignContent = false;
    bool m_hasNotedAuthor = false;
    /// This replica made its room a document, and until that connection ends somebody else's
    /// identity may win: theirs who came into the empty room at the same time.
    bool m_isIdentityOpen = false;
    bool m_isShutDown = false;
    bool m_editsPending = false;
    bool m_peoplePending = false;
};

} // namespace cowrite::session
