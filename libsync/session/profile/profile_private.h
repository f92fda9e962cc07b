#pragma once

#include "libsync/net/network_watch.h"
#include "libsync/session/files/import.h"
#include "libsync/session/log/log_upkeep.h"
#include "libsync/session/profile/background_sender.h"
#include "libsync/session/profile/profile.h"
#include "libsync/session/replica/replica_private.h"

#include <QSettings>

#include <functional>
#include <unordered_map>

namespace cowrite::session {

/// The inside of a Profile.
struct Profile::Private {
    struct Open {
        std::unique_ptr<Replica> replica;
        int count = 0;          ///< how often it is open
        bool isSending = false; ///< the background sender has it open as well
    };

    Private(QString itsDirectory, const Clock &itsClock, Rng &itsRng)
        : directory(std::move(itsDirectory)),
          clock(itsClock),
          rng(itsRng),
          settings(directory + QLatin1String("/profile.ini"), QSettings::IniFormat),
          bases(directory)
    {}

    ReplicaPrivate::Context contextFor(Profile &profile)
    {
        return {
            *log, clock, rng, connector, bases, secrets, [&profile] { profile.d->announceList(); }};
    }

    /// Coalesced: several replicas may report in one turn.
    void announceList()
    {
        if (std::exchange(listPending, true)) {
            return;
        }
        QMetaObject::invokeMethod(
            q,
            [this] {
                listPending = false;
                Q_EMIT q->documentsChanged();
            },
            Qt::QueuedConnection);
    }

    Replica *find(store::DocumentId id) const
    {
        const auto entry = open.find(static_cast<DocumentId>(id));
        return entry == open.end() ? nullptr : entry->second.replica.get();
    }

    /// The object for this document, which nobody has open yet.
    Open &makeOpen(store::DocumentInfo info, bool isNew);
    /// The one object for this document, with one more to close.
    Replica *enter(store::DocumentInfo info, bool isNew);
    /// Lets the document go if nobody needs it any more, once its file is written.
    void close(std::unordered_map<DocumentId, Open>::iterator entry);
    void leave(std::unordered_map<DocumentId, Open>::iterator entry);
    BackgroundSender::Context senderContext();

    /// Adds a document to the log, and fills in what all new ones have in common, its id with it.
    Result<void> note(store::DocumentInfo &info, const QString &title, DocumentKind kind,
                      const ReplicaNotes &notes);
    Result<Replica *> create(const QString &title, DocumentKind kind, const std::string &address,
                             const ReplicaNotes &notes);
    /// Makes the document of a room that is joined for the first time; what lets us in is known.
    Result<Replica *> createJoined(const net::RoomAddress &address);
    /// For a document that is to go.
    void forgetInvitation(DocumentId id);
    /// Opens the document of a room that was joined before, by `link` from now on.
    Result<Replica *> joinAgain(const store::DocumentInfo &known, const net::RoomAddress &before,
                                const net::RoomAddress &link);
    Result<Replica *> createWithText(const QString &title, DocumentKind kind,
                                     const std::u16string &text, const ReplicaNotes &notes);
    /// Opens the document that what was read from a file belongs to, or makes one of it.
    Result<Replica *> takeIn(ImportedText &imported, const QString &path);
    Result<Replica *> takeIn(ImportedUpdate &imported);
    /// Opens the first document for whose notes and info this is true, if there is one.
    Replica *
    openKnown(const std::function<bool(const store::DocumentInfo &, const ReplicaNotes &)> &isIt);
    /// Writes what is to be written to files, and then calls `done`; at once if there is nothing.
    void saveFiles(const std::function<void()> &done);

    QString directory;
    const Clock &clock;
    Rng &rng;
    QSettings settings;
    BaseTexts bases;
    LinkSecrets secrets;
    Identity identity;
    Telling telling;
    net::ConnectorOptions connector;
    Profile *q = nullptr;
    std::unique_ptr<store::Log> log;
    std::unique_ptr<LogUpkeep> upkeep;
    Subscription committed;
    Subscription stateChanged;
    Subscription repaired;
    std::unordered_map<DocumentId, Open> open;
    std::vector<std::unique_ptr<Replica>> left;
    std::unique_ptr<Host> host;
    std::unique_ptr<BackgroundSender> sender;
    std::unique_ptr<net::NetworkWatch> networkWatch;
    bool listPending = false;
};

} // namespace cowrite::session
