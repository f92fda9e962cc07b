#include "libsync/session/replica/replica.h"

#include "libsync/base/check.h"
#include "libsync/session/document/content_root.h"
#include "libsync/session/replica/replica_private.h"

#include <algorithm>
#include <tuple>

namespace cowrite::session {

Replica::Replica(std::unique_ptr<ReplicaPrivate> state) : d(std::move(state))
{
    d->attach(this);
}

Replica::~Replica()
{
    d->attach(nullptr);
}

DocumentId Replica::id() const
{
    return static_cast<DocumentId>(d->info.id);
}

bool Replica::isLoaded() const
{
    return d->logged.isLoaded();
}

int Replica::damagedRows() const
{
    return d->logged.damagedRows();
}

crdt::Doc &Replica::doc()
{
    return d->logged.doc();
}

Chat &Replica::chat()
{
    return d->chat;
}

Comments &Replica::comments()
{
    return d->comments;
}

History &Replica::history()
{
    return d->history();
}

crdt::Text Replica::content()
{
    Result<crdt::Text> text = d->logged.doc().text(d->contentRoot().toStdString());
    // The root is ours to type: nobody else in this program gives it another kind.
    COWRITE_CHECK(text.has_value());
    return *text;
}

TextUndo &Replica::undo()
{
    return *d->undo;
}

QString Replica::contentRoot() const
{
    return d->contentRoot();
}

QStringList Replica::contentChoices() const
{
    return d->meta.id().isEmpty() ? usualRootsIn(d->logged.doc()) : QStringList{d->contentRoot()};
}

void Replica::chooseContentRoot(const QString &root)
{
    d->chooseContentRoot(root);
}

bool Replica::isReadOnly() const
{
    return d->isReadOnly();
}

protocol::Access Replica::access() const
{
    return d->access();
}

QString Replica::title() const
{
    return d->lastTitle;
}

void Replica::setTitle(const QString &title)
{
    d->setTitle(title);
}

DocumentKind Replica::kind() const
{
    return documentKindFromString(QString::fromStdString(d->info.kind));
}

QString Replica::language() const
{
    return d->lastLanguage;
}

void Replica::setLanguage(const QString &language)
{
    d->setLanguage(language);
}

TextForm Replica::textForm() const
{
    return d->notes.form;
}

QString Replica::identityKey() const
{
    return d->meta.id();
}

protocol::Awareness &Replica::awareness()
{
    return d->awareness;
}

const Identity &Replica::self() const
{
    return d->self;
}

std::vector<protocol::Presence> Replica::people() const
{
    std::vector<protocol::Presence> people =
        protocol::presences(d->awareness, protocol::IncludeSelf::Yes);
    const crdt::ClientId me = d->awareness.clientId();
    std::sort(people.begin(), people.end(),
              [me](const protocol::Presence &a, const protocol::Presence &b) {
                  return std::tuple<bool, const std::string &, crdt::ClientId>(a.clientId != me,
                                                                               a.name, a.clientId) <
                         std::tuple<bool, const std::string &, crdt::ClientId>(b.clientId != me,
                                                                               b.name, b.clientId);
              });
    return people;
}

void Replica::setCursor(std::uint32_t anchorOffset, std::uint32_t headOffset)
{
    const crdt::Text text = content();
    d->setCursor(protocol::PresenceCursor{crdt::makeRelativePosition(text, anchorOffset),
                                          crdt::makeRelativePosition(text, headOffset)});
}

void Replica::clearCursor()
{
    d->setCursor(std::nullopt);
}

void Replica::setTyping(protocol::Typing typing)
{
    d->setTyping(typing);
}

void Replica::setFollowing(std::optional<crdt::ClientId> client)
{
    (void)d->awareness.setLocalField("following", protocol::followingToAny(client));
}

void Replica::setViewport(std::uint32_t topOffset, std::uint32_t bottomOffset)
{
    const crdt::Text text = content();
    const protocol::PresenceViewport viewport{crdt::makeRelativePosition(text, topOffset),
                                              crdt::makeRelativePosition(text, bottomOffset)};
    (void)d->awareness.setLocalField("viewport", protocol::viewportToAny(viewport));
}

void Replica::clearViewport()
{
    (void)d->awareness.setLocalField("viewport", protocol::viewportToAny(std::nullopt));
}

EditCounts Replica::edits() const
{
    if (!d->ledger) {
        return {};
    }
    return {d->bursts.count() - d->typedBefore, d->bursts.countAfter(d->ledger->saved()),
            d->waiting()};
}

DiskState Replica::diskState() const
{
    if (!d->loadError.isEmpty()) {
        return DiskState::Failed;
    }
    switch (d->context.log.state()) {
    case store::LogState::Ok:
        return DiskState::Ok;
    case store::LogState::DiskFull:
        return DiskState::Full;
    case store::LogState::ReadOnly:
        return DiskState::ReadOnly;
    case store::LogState::Failed:
        return DiskState::Failed;
    }
    return DiskState::Failed;
}

QString Replica::diskMessage() const
{
    return d->loadError.isEmpty() ? QString::fromStdString(d->context.log.stateMessage())
                                  : d->loadError;
}

LinkState Replica::link() const
{
    return d->linkState();
}

QString Replica::linkMessage() const
{
    return d->link && d->linkState() != LinkState::Hosting ? d->link->message() : QString();
}

bool Replica::isReplaced() const
{
    return link() == LinkState::Refused && d->link->isReplaced();
}

QString Replica::address() const
{
    if (d->roomLink.isEmpty()) {
        return QString::fromStdString(d->info.address);
    }
    const auto parsed = net::parseRoomAddress(d->roomLink);
    return parsed ? parsed->toString() : QString();
}

QString Replica::invitation() const
{
    if (!d->roomLink.isEmpty()) {
        return d->roomLink;
    }
    const auto parsed = net::parseRoomAddress(address());
    return parsed ? d->context.secrets.complete(*parsed).toLink() : QString();
}

QString Replica::pageInvitation() const
{
    const auto parsed = net::parseRoomAddress(invitation());
    return parsed ? parsed->toPageLink() : QString();
}

QString Replica::invitationMessage() const
{
    return d->invitationMessage;
}

QString Replica::serverName() const
{
    const auto parsed = net::parseRoomAddress(address());
    return parsed ? parsed->host : QString();
}

bool Replica::serverConfirms() const
{
    return d->link && d->link->serverConfirms();
}

std::optional<std::chrono::milliseconds> Replica::roundTrip() const
{
    return d->link ? d->link->roundTrip() : std::nullopt;
}

std::optional<std::chrono::milliseconds> Replica::nextAttempt() const
{
    return d->link ? d->link->nextAttempt() : std::nullopt;
}

void Replica::connectNow()
{
    // Without an address it is the keyring that is waited for.
    if (d->link && d->link->address()) {
        d->link->connectNow();
    }
}

Result<void> Replica::connectTo(const QString &address)
{
    return d->connectTo(address);
}

void Replica::disconnectLink()
{
    if (d->link) {
        d->link->stop();
    }
}

QString Replica::filePath() const
{
    return d->notes.file.path;
}

bool Replica::isFileKept() const
{
    return d->notes.file.isKept;
}

Result<void> Replica::keepFile(const QString &path, ExistingText existing)
{
    return d->keepFile(path, existing);
}

void Replica::stopKeepingFile()
{
    d->file.stopKeeping();
}

void Replica::makeFileAgain()
{
    d->file.makeAgain();
}

QString Replica::fileMessage() const
{
    return d->file.message();
}

bool Replica::isFileMissing() const
{
    return d->file.isMissing();
}

} // namespace cowrite::session
