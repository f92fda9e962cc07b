#include "libsync/session/replica/replica_private.h"

#include "libsync/base/check.h"
#include "libsync/session/document/content_root.h"
#include "libsync/session/history/history_private.h"

#include <QFileInfo>

#include <utility>

namespace cowrite::session {

namespace {

/// Presence that a person cannot see coming anyway: at most twenty moves of a caret a second.
constexpr std::chrono::milliseconds kCursorInterval{50};
/// What the list of documents knows may be this old after a crash.
constexpr std::chrono::milliseconds kSaveInfoDelay{500};

protocol::Presence presenceOf(const Identity &self)
{
    protocol::Presence presence;
    presence.userId = self.userId.toStdString();
    presence.name = self.name.toStdString();
    presence.color = self.color.toStdString();
    return presence;
}

} // namespace

ReplicaPrivate::ReplicaPrivate(Context itsContext, store::DocumentInfo itsInfo, Identity itsSelf)
    : context(std::move(itsContext)),
      info(std::move(itsInfo)),
      notes(ReplicaNotes::fromJson(info.extra)),
      self(std::move(itsSelf)),
      logged(context.log, info.id, context.rng,
             [this](const crdt::Transaction &transaction) { return authorOf(transaction); }),
      meta(logged.doc(), metaEdits()),
      awareness(logged.doc().clientId(), context.clock),
      chat(logged.doc(), context.clock, context.rng),
      comments(logged.doc(), context.clock, context.rng),
      file({context.log, context.bases, static_cast<DocumentId>(info.id),
            QString::fromStdString(info.key), notes, [this] { saveInfo(); },
            [this] { return q->content(); }, [this] { return isReadOnly(); },
            [this] { undo->breakStep(); }})
{
    chat.setAnnouncing(false);
    comments.setAnnouncing(false);
    lastTitle = QString::fromStdString(info.title);
    m_docSubscription = logged.changed.connect(
        [this](ByteView, store::Seq seq, const crdt::Transaction &transaction) {
            onChanged(seq, transaction);
        });
    if (const Result<crdt::Map> map = logged.doc().map("meta"); map) {
        m_metaSubscription = map->observe([this](const crdt::Event &) { onMetaChanged(); });
    }
    m_presenceSubscription =
        awareness.changed.connect([this](const protocol::AwarenessChange &, crdt::Origin) {
            announceSoon(m_peoplePending, &Replica::peopleChanged);
        });
    connect(&logged, &LoggedDoc::loaded, this, &ReplicaPrivate::onLoaded);
    connect(&logged, &LoggedDoc::committed, this, &ReplicaPrivate::onCommitted);
    connect(&logged, &LoggedDoc::refilled, this, [this] { Q_EMIT q->diskStateChanged(); });
    connect(&logged, &LoggedDoc::loadFailed, this, [this](const QString &message) {
        loadError = message;
        Q_EMIT q->diskStateChanged();
        Q_EMIT q->loadFailed(message);
    });
    setUpUndo();
    connect(&file, &LinkedFile::changed, this, [this] {
        if (q) {
            Q_EMIT q->fileChanged();
        }
    });
    m_ticker.setInterval(std::chrono::seconds(1));
    // With those of the other documents: one wake-up a second, however many are open.
    m_ticker.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        if (context.clock.steadyNow() >= awareness.nextDeadline()) {
            awareness.tick();
        }
    });
    m_ticker.start();
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(kSaveInfoDelay);
    connect(&m_saveTimer, &QTimer::timeout, this, &ReplicaPrivate::saveInfo);
    m_cursorTimer.setSingleShot(true);
    m_cursorTimer.setInterval(kCursorInterval);
    connect(&m_cursorTimer, &QTimer::timeout, this, [this] {
        (void)awareness.setLocalField(
            "cursor", protocol::cursorToAny(m_telling.place ? m_cursor : std::nullopt));
    });
}

ReplicaPrivate::~ReplicaPrivate() = default;

void ReplicaPrivate::load()
{
    logged.load();
}

void ReplicaPrivate::setNew()
{
    logged.setLoaded();
}

void ReplicaPrivate::shutDown()
{
    if (std::exchange(m_isShutDown, true)) {
        return;
    }
    m_ticker.stop();
    m_cursorTimer.stop();
    if (link) {
        link->stop();
    }
    if (logged.isLoaded()) {
        undoLog->store();
        saveInfo();
    }
}

void ReplicaPrivate::setUpUndo()
{
    // The root's kind shows only once it is loaded.
    const Result<crdt::SharedType> root =
        logged.doc().root(contentRoot().toStdString(), crdt::TypeKind::Untyped);
    // The name was known before, or is one of the usual ones.
    COWRITE_CHECK(root.has_value());
    undoLog.reset();
    undo = std::make_unique<TextUndo>(*root, context.clock);
    // What another program did to the file of the document came in as an edit of this person.
    undo->track(crdt::Origin::of(&file));
    undoLog = std::make_unique<UndoLog>(
        UndoLog::Context{context.log, info.id, self.userId.toStdString(), context.clock}, *undo);
    logged.setUndo(undoLog.get());
}

void ReplicaPrivate::setVisibility(Visibility visibility)
{
    // Only what is too large to be written as JSON would be refused.
    if (visibility == Visibility::Present) {
        protocol::Presence presence = presenceOf(self);
        presence.access = access();
        (void)awareness.setLocalState(protocol::presenceToState(presence));
    } else {
        (void)awareness.setLocalState(std::nullopt);
    }
}

void ReplicaPrivate::setSelf(const Identity &newSelf)
{
    self = newSelf;
    m_hasNotedAuthor = false;
    (void)awareness.setLocalField("user", protocol::userToAny(self.userId.toStdString(),
                                                              self.name.toStdString(),
                                                              self.color.toStdString()));
}

void ReplicaPrivate::takeIn(const std::shared_ptr<crdt::Update> &update)
{
    if (!logged.isLoaded()) {
        connect(
            &logged, &LoggedDoc::loaded, this, [this, update] { takeIn(update); },
            Qt::SingleShotConnection);
        return;
    }
    // Only too many roots would be refused, and then the document is as it was.
    (void)logged.doc().apply(std::move(*update), imports());
    refreshContentRoot();
    // Nobody is the author of it by whom it could be counted at the next start.
    saveInfo();
}

Result<void> ReplicaPrivate::keepFile(const QString &path, ExistingText existing)
{
    // Each would take the other's text for what another program wrote.
    for (const store::DocumentInfo &other : context.log.documents()) {
        const FileNotes kept = ReplicaNotes::fromJson(other.extra).file;
        if (other.id != info.id && kept.isKept && kept.path == path) {
            return fail(ErrorCode::Busy, "“" + QFileInfo(path).fileName().toStdString() +
                                             "” is kept in step with the document “" + other.title +
                                             "”. Choose another file.");
        }
    }
    file.keep(path, existing);
    return {};
}

std::string ReplicaPrivate::authorOf(const crdt::Transaction &transaction) const
{
    if (transaction.isLocal()) {
        return self.userId.toStdString();
    }
    // A guest says who it is. Whoever says that it is me must not write what I can undo.
    const std::string guest = m_room ? m_room->userOf(transaction.origin()) : std::string();
    return guest == self.userId.toStdString() ? std::string() : guest;
}

void ReplicaPrivate::onLoaded()
{
    const std::string me = self.userId.toStdString();
    m_hasForeignContent =
        logged.loadedCheckpointSeq() > 0 || logged.loadedUpdatesBy(me, 0) < logged.lastSeq();
    typedBefore = notes.waiting + logged.loadedEditsBy(me, notes.waitingAt);
    bursts = EditBursts(typedBefore);
    setUpLink(typedBefore, 0);
    chat.setAnnouncing(true);
    comments.setAnnouncing(true);
    refreshContentRoot();
    onMetaChanged();
    startLink();
    file.start();
    if (q) {
        Q_EMIT q->loaded();
        Q_EMIT q->editsChanged();
    }
}

void ReplicaPrivate::onChanged(store::Seq seq, const crdt::Transaction &transaction)
{
    const bool isImport = transaction.origin() == imports();
    m_hasForeignContent = m_hasForeignContent || !transaction.isLocal();
    if (!transaction.isLocal() && !isImport) {
        noteIdentity();
        return;
    }
    if (transaction.origin() == bookkeeping() || !ledger) {
        return;
    }
    const std::uint64_t number = ledger->recordEdit();
    bursts.add(number, context.clock.steadyNow());
    m_unsaved.push_back({number, seq});
    m_waiting.push_back({number, seq});
    if (!isImport) {
        noteAuthorSoon();
    }
}

void ReplicaPrivate::noteAuthorSoon()
{
    // Only in documents of our own make; and never from within a transaction.
    if (m_hasNotedAuthor || meta.id().isEmpty()) {
        return;
    }
    m_hasNotedAuthor = true;
    QMetaObject::invokeMethod(
        this, [this] { DocumentMeta(logged.doc(), bookkeeping()).noteAuthor(self); },
        Qt::QueuedConnection);
}

void ReplicaPrivate::onCommitted(quint64 seq)
{
    std::uint64_t number = 0;
    while (!m_unsaved.empty() && m_unsaved.front().seq <= seq) {
        number = m_unsaved.front().number;
        m_unsaved.pop_front();
    }
    if (number > 0) {
        ledger->savedUpTo(number);
    }
}

QString ReplicaPrivate::contentRoot() const
{
    return notes.contentRoot.isEmpty() ? QLatin1String(kContentRoot) : notes.contentRoot;
}

void ReplicaPrivate::chooseContentRoot(const QString &root)
{
    if (root == contentRoot()) {
        return;
    }
    notes.contentRoot = root;
    saveInfoSoon();
    refreshContentRoot();
    if (m_history) {
        m_history->read(root);
    }
    setUpUndo();
    if (q) {
        Q_EMIT q->contentRootChanged();
    }
    file.onContentChosen();
}

History &ReplicaPrivate::history()
{
    if (!m_history) {
        m_history.reset(new History(std::make_unique<History::Private>(History::Private::Context{
            context.log, logged, awareness, context.clock, context.rng, metaEdits(),
            [this] { return self; },
            [this](const crdt::Transaction &transaction) { return authorOf(transaction); },
            [this] { return isReadOnly(); }})));
        m_history->read(contentRoot());
    }
    return *m_history;
}

void ReplicaPrivate::refreshContentRoot()
{
    if (notes.contentRoot.isEmpty() && meta.id().isEmpty()) {
        const QStringList usual = usualRootsIn(logged.doc());
        if (!usual.isEmpty() && usual.first() != contentRoot()) {
            chooseContentRoot(usual.first());
            return;
        }
    }
    const bool wasReadOnly = isReadOnly();
    isUneditable = !isPlainlyEditable(logged.doc(), contentRoot());
    if (q && wasReadOnly != isReadOnly()) {
        Q_EMIT q->readOnlyChanged();
    }
}

void ReplicaPrivate::setTitle(const QString &title)
{
    if (!mayEdit(access())) {
        return;
    }
    if (!meta.id().isEmpty()) {
        meta.setTitle(title);
        return;
    }
    info.title = title.toStdString();
    onMetaChanged();
}

void ReplicaPrivate::setLanguage(const QString &language)
{
    if (!mayEdit(access())) {
        return;
    }
    if (!meta.id().isEmpty()) {
        meta.setLanguage(language);
    } else if (std::exchange(lastLanguage, language) != language && q) {
        Q_EMIT q->titleChanged();
    }
}

void ReplicaPrivate::onMetaChanged()
{
    const QString inDocument = meta.title();
    const QString title = inDocument.isEmpty() ? QString::fromStdString(info.title) : inDocument;
    const std::string kind = toString(meta.kind()).toStdString();
    const QString language = meta.id().isEmpty() ? lastLanguage : meta.language();
    if (title == lastTitle && language == lastLanguage &&
        (meta.id().isEmpty() || kind == info.kind)) {
        return;
    }
    lastLanguage = language;
    lastTitle = title;
    info.title = title.toStdString();
    info.kind = kind;
    saveInfoSoon();
    if (q) {
        Q_EMIT q->titleChanged();
    }
    context.listChanged();
}

void ReplicaPrivate::setCursor(std::optional<protocol::PresenceCursor> cursor)
{
    m_cursor = std::move(cursor);
    publishCursor();
}

void ReplicaPrivate::publishCursor()
{
    if (!m_cursorTimer.isActive()) {
        m_cursorTimer.start();
    }
}

void ReplicaPrivate::setTyping(protocol::Typing typing)
{
    (void)awareness.setLocalField(
        "typing", protocol::typingToAny(m_telling.typing ? typing : protocol::Typing::None));
}

void ReplicaPrivate::setTelling(const Telling &telling)
{
    const Telling before = std::exchange(m_telling, telling);
    if (before.place != telling.place) {
        publishCursor();
    }
    if (!telling.typing && before.typing) {
        setTyping(protocol::Typing::None);
    }
}

void ReplicaPrivate::saveInfo()
{
    m_saveTimer.stop();
    if (ledger) {
        notes.waiting = bursts.countAfter(ledger->received());
        notes.waitingAt = logged.lastSeq();
    }
    info.extra = notes.toJson();
    // It is gone only if the document was removed, and then there is nothing to note.
    (void)context.log.updateDocument(info);
    context.listChanged();
}

void ReplicaPrivate::saveInfoSoon()
{
    if (!m_saveTimer.isActive() && !m_isShutDown) {
        m_saveTimer.start();
    }
}

void ReplicaPrivate::announceSoon(bool &pending, void (Replica::*signal)())
{
    if (std::exchange(pending, true)) {
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this, &pending, signal] {
            pending = false;
            if (q) {
                Q_EMIT(q->*signal)
                ();
            }
        },
        Qt::QueuedConnection);
}

} // namespace cowrite::session
