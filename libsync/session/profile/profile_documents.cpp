// The part of Profile that makes documents, opens them and lets them go.
#include "libsync/net/address.h"
#include "libsync/session/document/another_thread.h"
#include "libsync/session/profile/profile_private.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace cowrite::session {

Profile::Private::Open &Profile::Private::makeOpen(store::DocumentInfo info, bool isNew)
{
    const auto id = static_cast<DocumentId>(info.id);
    auto inside = std::make_unique<ReplicaPrivate>(contextFor(*q), std::move(info), identity);
    ReplicaPrivate *const state = inside.get();
    state->setTelling(telling);
    std::unique_ptr<Replica> replica(new Replica(std::move(inside)));
    Open &entry = open.emplace(id, Open{std::move(replica)}).first->second;
    if (isNew) {
        state->setNew();
    } else {
        state->load();
    }
    return entry;
}

Replica *Profile::Private::enter(store::DocumentInfo info, bool isNew)
{
    const auto known = open.find(static_cast<DocumentId>(info.id));
    Open &entry = known != open.end() ? known->second : makeOpen(std::move(info), isNew);
    if (++entry.count == 1) {
        ReplicaPrivate &state = *entry.replica->d;
        state.info.opened = clock.wallNow();
        (void)log->updateDocument(state.info);
        state.setVisibility(ReplicaPrivate::Visibility::Present);
        announceList();
    }
    return entry.replica.get();
}

void Profile::Private::close(std::unordered_map<DocumentId, Open>::iterator entry)
{
    if (entry->second.count > 0 || entry->second.isSending) {
        return;
    }
    // Until its file is written it may be opened again.
    entry->second.replica->d->file.finish([this, id = entry->first] {
        const auto closed = open.find(id);
        if (closed != open.end() && closed->second.count == 0 && !closed->second.isSending) {
            leave(closed);
        }
    });
}

BackgroundSender::Context Profile::Private::senderContext()
{
    return {[this] {
                std::vector<DocumentId> ids;
                for (const DocumentInfo &info : q->documents()) {
                    const auto entry = open.find(info.id);
                    const bool isOpen = entry != open.end() && entry->second.count > 0;
                    if (info.state == DocumentState::Waiting && !isOpen) {
                        ids.push_back(info.id);
                    }
                }
                return ids;
            },
            [this](DocumentId id) -> Replica * {
                const auto info = log->find(store::DocumentId(id));
                if (!info) {
                    return nullptr;
                }
                const auto known = open.find(id);
                Open &entry = known != open.end() ? known->second : makeOpen(*info, false);
                entry.isSending = true;
                return entry.replica.get();
            },
            [this](DocumentId id) {
                const auto entry = open.find(id);
                if (entry != open.end()) {
                    entry->second.isSending = false;
                    close(entry);
                }
            }};
}

Result<void> Profile::Private::note(store::DocumentInfo &info, const QString &title,
                                    DocumentKind kind, const ReplicaNotes &notes)
{
    info.key = randomKey(rng).toStdString();
    info.title = title.toStdString();
    info.kind = toString(kind).toStdString();
    info.created = clock.wallNow();
    info.extra = notes.toJson();
    const Result<store::DocumentId> id = log->createDocument(info);
    if (!id) {
        return tl::unexpected(id.error());
    }
    info.id = *id;
    return {};
}

Result<Replica *> Profile::Private::create(const QString &title, DocumentKind kind,
                                           const std::string &address, const ReplicaNotes &notes)
{
    store::DocumentInfo info;
    info.address = address;
    if (const Result<void> noted = note(info, title, kind, notes); !noted) {
        return tl::unexpected(noted.error());
    }
    return enter(std::move(info), true);
}

Result<Replica *> Profile::Private::createWithText(const QString &title, DocumentKind kind,
                                                   const std::u16string &text,
                                                   const ReplicaNotes &notes)
{
    // Half of it would be an empty document, which passes for that of the file later.
    Result<Replica *> created;
    log->together([&] {
        created = create(title, kind, {}, notes);
        if (!created) {
            return;
        }
        Replica &replica = **created;
        ReplicaPrivate &state = *replica.d;
        state.meta.create(title, kind, clock, rng);
        // A document that is born here is what it is, before any server has confirmed it.
        state.info.identity = state.meta.id().toStdString();
        const Result<void> inserted =
            text.empty() ? Result<void>() : replica.content().insert(0, text);
        (void)log->updateDocument(state.info);
        if (!inserted) {
            created = tl::unexpected(inserted.error());
        }
    });
    return created;
}

void Profile::Private::leave(std::unordered_map<DocumentId, Open>::iterator entry)
{
    std::unique_ptr<Replica> replica = std::move(entry->second.replica);
    open.erase(entry);
    host->interrupt(*replica);
    replica->d->shutDown();
    // Whoever is being called back from it must not lose it underneath.
    if (left.empty()) {
        QMetaObject::invokeMethod(
            q, [this] { left.clear(); }, Qt::QueuedConnection);
    }
    left.push_back(std::move(replica));
    announceList();
}

Replica *Profile::Private::openKnown(
    const std::function<bool(const store::DocumentInfo &, const ReplicaNotes &)> &isIt)
{
    for (const store::DocumentInfo &info : log->documents()) {
        if (isIt(info, ReplicaNotes::fromJson(info.extra))) {
            return enter(info, false);
        }
    }
    return nullptr;
}

Result<Replica *> Profile::Private::takeIn(ImportedText &imported, const QString &path)
{
    // The file may be kept in step with another document than the one that it once became.
    Replica *known = openKnown([&path](const auto &, const ReplicaNotes &notes) {
        return notes.file.path == path && notes.file.isKept;
    });
    if (known == nullptr) {
        known = openKnown(
            [&path](const auto &, const ReplicaNotes &notes) { return notes.file.path == path; });
    }
    if (known != nullptr) {
        known->d->file.look();
        return known;
    }
    ReplicaNotes notes;
    notes.form = imported.file.form;
    notes.file.path = path;
    notes.file.base = BaseTexts::nameOf(imported.bytes);
    const Result<Replica *> created =
        createWithText(imported.file.title, imported.file.kind, imported.file.text, notes);
    if (created) {
        (*created)->d->file.keepBase(imported.bytes);
    }
    return created;
}

Result<Replica *> Profile::Private::takeIn(ImportedUpdate &imported)
{
    // Its own text is in it: into a document of another identity it would bring that a second time,
    // and into one of the same identity it brings what is not there yet.
    const std::string identity = imported.identity.toStdString();
    const QString name = BaseTexts::nameOf(
        QByteArray::fromRawData(reinterpret_cast<const char *>(imported.bytes.data()),
                                static_cast<qsizetype>(imported.bytes.size())));
    Replica *const known =
        openKnown([&](const store::DocumentInfo &info, const ReplicaNotes &notes) {
            return identity.empty() ? notes.importedUpdate == name : info.identity == identity;
        });
    if (known != nullptr) {
        if (!identity.empty()) {
            known->d->takeIn(imported.update);
        }
        return known;
    }
    ReplicaNotes notes;
    if (identity.empty()) {
        notes.importedUpdate = name;
    }
    store::DocumentInfo info;
    info.identity = identity;
    Result<void> noted;
    log->together([&] {
        noted = note(info, imported.title, imported.kind, notes);
        if (noted) {
            // It is read like any other: large ones on another thread. What is stored after a
            // checkpoint is decoded on this one, so there is nothing after it.
            const store::Seq seq = log->append(info.id, {}, imported.bytes);
            log->writeCheckpoint(info.id, seq, std::move(imported.bytes));
        }
    });
    if (!noted) {
        return tl::unexpected(noted.error());
    }
    return enter(std::move(info), false);
}

void Profile::importFile(const QString &path, std::function<void(Result<Replica *>)> done)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    onAnotherThread(
        [absolute] { return std::make_shared<Result<Imported>>(readImport(absolute)); },
        [self = QPointer(this), absolute, done](const std::shared_ptr<Result<Imported>> &read) {
            if (!self) {
                return;
            }
            if (!*read) {
                done(tl::unexpected(read->error()));
            } else if (auto *text = std::get_if<ImportedText>(&**read)) {
                done(self->d->takeIn(*text, absolute));
            } else {
                done(self->d->takeIn(std::get<ImportedUpdate>(**read)));
            }
        });
}

void Profile::Private::saveFiles(const std::function<void()> &done)
{
    // Counts itself as well, so that it does not end before all were asked.
    const auto left = std::make_shared<std::size_t>(1);
    const auto countDown = [left, done] {
        if (--*left == 0) {
            done();
        }
    };
    for (const auto &[id, entry] : open) {
        ++*left;
        entry.replica->d->file.finish(countDown);
    }
    countDown();
}

Result<Replica *> Profile::open(DocumentId id)
{
    std::optional<store::DocumentInfo> info = d->log->find(store::DocumentId(id));
    if (!info) {
        return fail(ErrorCode::NotFound, "This document is not on this computer any more.");
    }
    return d->enter(*std::move(info), false);
}

Result<Replica *> Profile::createDocument(const QString &title, DocumentKind kind,
                                          const std::u16string &initialText)
{
    return d->createWithText(title, kind, initialText, {});
}

Result<QString> Profile::serverIn(const QString &address)
{
    return net::parseRoomAddress(address).map(&net::RoomAddress::server);
}

Result<Replica *> Profile::join(const QString &text)
{
    const Result<net::RoomAddress> address = net::parseRoomAddress(text);
    if (!address) {
        return tl::unexpected(address.error());
    }
    for (const store::DocumentInfo &known : d->log->documents()) {
        // The name of a room that is shared from here is nowhere else.
        const std::string room = address->room.toStdString();
        const bool isOwn = known.address.empty() && (known.identity == room || known.key == room);
        if (isOwn) {
            return open(static_cast<DocumentId>(known.id));
        }
        const auto before = net::parseRoomAddress(QString::fromStdString(known.address));
        if (before && net::isSameRoom(*before, *address)) {
            return d->joinAgain(known, *before, *address);
        }
    }
    d->secrets.keep(*address);
    return d->createJoined(*address);
}

Result<Replica *> Profile::Private::createJoined(const net::RoomAddress &address)
{
    Result<Replica *> created =
        create(address.room, DocumentKind::Text, address.toString().toStdString(), {});
    if (created) {
        (*created)->d->keepInvitation();
    }
    return created;
}

Result<Replica *> Profile::Private::joinAgain(const store::DocumentInfo &known,
                                              const net::RoomAddress &before,
                                              const net::RoomAddress &link)
{
    const Result<Replica *> opened = q->open(static_cast<DocumentId>(known.id));
    if (!opened) {
        return opened;
    }
    // A link that asks less of the server never undoes what an earlier one asked.
    const bool isWeaker = (before.encrypted && !link.encrypted) ||
                          (!before.fingerprint.isEmpty() && link.fingerprint.isEmpty());
    net::RoomAddress now = isWeaker ? before : link;
    now.setSecret(link.secret());
    if (now == before) {
        (*opened)->connectNow();
        return opened;
    }
    const Result<void> connected = (*opened)->connectTo(now.toLink());
    if (!connected) {
        q->close(*opened);
        return tl::unexpected(connected.error());
    }
    return opened;
}

Result<Replica *> Profile::openReplacement(Replica &replica)
{
    const Result<net::RoomAddress> address = net::parseRoomAddress(replica.address());
    if (!address || !replica.isReplaced()) {
        return fail(ErrorCode::Busy, "There is no other document at this address.");
    }
    Result<Replica *> created = d->createJoined(*address);
    if (created) {
        replica.d->forgetServer();
    }
    return created;
}

Result<void> Profile::publishAnew(Replica &replica)
{
    Result<net::RoomAddress> address = net::parseRoomAddress(replica.address());
    if (!address || !replica.isReplaced()) {
        return fail(ErrorCode::Busy, "There is no other document at this address.");
    }
    address->room = randomKey(d->rng);
    return replica.connectTo(address->toString());
}

void Profile::close(Replica *replica)
{
    const auto entry = d->open.find(replica->id());
    if (entry != d->open.end() && --entry->second.count == 0) {
        entry->second.replica->d->setVisibility(ReplicaPrivate::Visibility::Hidden);
        d->close(entry);
        d->sender->lookSoon();
    }
}

void Profile::flush()
{
    d->saveFiles([this] {
        d->log->flush([this](const Result<> &stored) {
            Q_EMIT flushed(stored ? QString() : QString::fromStdString(stored.error().message));
        });
    });
}

void Profile::closeAll()
{
    d->host->stop();
    d->sender->stop();
    d->saveFiles([this] {
        while (!d->open.empty()) {
            d->leave(d->open.begin());
        }
        flush();
    });
}

void Profile::Private::forgetInvitation(DocumentId id)
{
    const auto info = log->find(store::DocumentId(id));
    if (!info || !ReplicaNotes::fromJson(info->extra).hasInvitation) {
        return;
    }
    const auto address = net::parseRoomAddress(QString::fromStdString(info->address));
    const std::vector<store::DocumentInfo> all = log->documents();
    // After a room was replaced another document may be of the same address.
    const bool isShared = std::any_of(all.begin(), all.end(), [&](const auto &other) {
        const auto its = net::parseRoomAddress(QString::fromStdString(other.address));
        return other.id != info->id && its && address && net::isSameRoom(*its, *address);
    });
    if (address && !isShared) {
        secrets.forget(*address);
    }
}

Result<void> Profile::removeDocument(DocumentId id)
{
    const auto entry = d->open.find(id);
    if (entry != d->open.end() && entry->second.count > 0) {
        return fail(ErrorCode::Busy, "This document is open. Close it first.");
    }
    d->sender->drop(id);
    d->forgetInvitation(id);
    Result<void> removed = d->log->removeDocument(store::DocumentId(id));
    if (removed) {
        QThreadPool::globalInstance()->start([bases = d->bases, id] { bases.keepOnly(id, {}); });
        d->announceList();
    }
    return removed;
}

} // namespace cowrite::session
