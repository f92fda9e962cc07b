#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/base/rng.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/doc.h"
#include "libsync/store/log.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace cowrite::session {

class UndoLog;

/// A document that hangs on its log: whatever changes it, by whomever, is appended in the same
/// moment. Both a replica of the app and a room of a server are built on one.
class LoggedDoc : public QObject {
    Q_OBJECT

public:
    /// The user id to note in the log beside a change; empty if it is not known.
    using AuthorOf = std::function<std::string(const crdt::Transaction &)>;

    /// `log` and `rng` outlive this object. The owner passes Log::committed on to onCommitted().
    LoggedDoc(store::Log &log, store::DocumentId id, Rng &rng, AuthorOf authorOf,
              QObject *parent = nullptr);
    ~LoggedDoc() override;

    [[nodiscard]] crdt::Doc &doc() { return m_doc; }
    [[nodiscard]] store::DocumentId id() const { return m_id; }
    /// The origin of changes that come from the log.
    [[nodiscard]] crdt::Origin loadOrigin() const { return crdt::Origin::of(this); }

    /// What can be undone is brought back by `undo` while the document is read, and survives its
    /// checkpoints. Before load() or after it; null for no undo.
    void setUndo(UndoLog *undo) { m_undo = undo; }

    /// Reads the stored document without blocking: in slices of a few milliseconds. Nobody may
    /// change the document before loaded(). Ends with loaded() or loadFailed().
    void load();
    /// For a document that was just created: there is nothing to read.
    void setLoaded();
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// loadFailed() was the end of it.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }
    [[nodiscard]] int damagedRows() const { return m_damagedRows; }
    /// What load() read: updates whose author is `author` and whose place is after `seq`.
    [[nodiscard]] std::uint64_t loadedUpdatesBy(const std::string &author, store::Seq seq) const;
    /// The same in edits as a person counts them: those of one burst are one.
    [[nodiscard]] std::uint64_t loadedEditsBy(const std::string &author, store::Seq seq) const;
    [[nodiscard]] store::Seq loadedCheckpointSeq() const { return m_checkpointSeq; }

    /// The place of the last change in the log, on the disk or not.
    [[nodiscard]] store::Seq lastSeq() const { return m_lastSeq; }
    /// Everything up to here is on the disk.
    [[nodiscard]] store::Seq committedSeq() const { return m_committedSeq; }
    void onCommitted(store::Seq seq);
    /// Keeps an update that the document could not take in yet, see
    /// protocol::DocumentMessageReceived.
    void logPending(Bytes update);
    /// The log was repaired while this document was in memory: stores the whole state there.
    void onLogRepaired();
    /// Somebody has sent everything that they have. If nothing that came refers to something that
    /// is missing, the document is whole again, is stored, and has no more damaged rows:
    /// refilled().
    void onPeerSynced();

    /// A change, its place in the log, and its transaction. After it was appended.
    Signal<ByteView, store::Seq, const crdt::Transaction &> changed;

Q_SIGNALS:
    void loaded();
    /// With a sentence; the document stays empty and must not be used.
    void loadFailed(const QString &message);
    void committed(quint64 seq);
    /// There are no damaged rows any more.
    void refilled();

private:
    void onLoaded(Result<store::StoredDocument> stored);
    void onDecoded(const Result<void> &decoded, crdt::Update &&state);
    void applySlice();
    /// Applies the next updates that were read, as many as are one transaction.
    void applyNext(const QElapsedTimer &timer);
    void applyStored(const store::StoredUpdate &update, crdt::Origin origin);
    void noteLoadedAsCommitted();
    /// Stores the whole state if enough has come since the last time, so that opening is fast. Not
    /// while there are damaged rows. The state is made of what the log holds, on another thread.
    void checkpoint();
    void onCheckpointMade(const Result<Bytes> &state, store::Seq seq);
    /// The same at once, of what is in memory: for a log that has lost it.
    void storeState();
    void storeUndo();
    void onUpdate(ByteView update, const crdt::Transaction &transaction);

    store::Log &m_log;
    store::DocumentId m_id;
    AuthorOf m_authorOf;
    crdt::Doc m_doc;
    UndoLog *m_undo = nullptr;
    Subscription m_subscription;
    std::shared_ptr<store::StoredDocument> m_stored;
    std::size_t m_nextStored = 0;
    /// An update that load() read, without its bytes.
    struct LoadedUpdate {
        store::Seq seq = 0;
        std::chrono::system_clock::time_point time;
        std::string author;
    };

    std::vector<LoadedUpdate> m_loadedUpdates;
    store::Seq m_checkpointSeq = 0;
    store::Seq m_lastSeq = 0;
    store::Seq m_committedSeq = 0;
    int m_damagedRows = 0;
    bool m_isLoaded = false;
    bool m_isMakingCheckpoint = false; ///< stays so if it fails: it would again
    bool m_hasFailed = false;
};

} // namespace cowrite::session
