// The part of ReplicaPrivate that is its connection, and how far the edits have got over it.
#include "libsync/session/replica/replica_private.h"

#include <QPointer>

#include <utility>

namespace cowrite::session {

void ReplicaPrivate::setUpLink(std::uint64_t saved, std::uint64_t unsaved)
{
    link.reset();
    ledger = std::make_unique<protocol::EditLedger>(saved);
    for (; unsaved > 0; --unsaved) {
        ledger->recordEdit();
    }
    m_ledgerSubscription = ledger->changed.connect([this] { onLedgerChanged(); });
    link = std::make_unique<Link>(
        Link::Context{
            logged, awareness, *ledger, context.clock, context.rng,
            [this] { return m_isIdentityOpen ? QString() : QString::fromStdString(info.identity); },
            [this] { return notes.hasJoined; }},
        context.connector);
    connect(link.get(), &Link::synced, this, &ReplicaPrivate::onSynced);
    link->assumeAccess(notes.access);
    connect(link.get(), &Link::changed, this, &ReplicaPrivate::onLinkChanged);
}

void ReplicaPrivate::onLinkChanged()
{
    if (link->state() != LinkState::Online && !info.identity.empty()) {
        m_isIdentityOpen = false;
    }
    if (link->dialect() != notes.dialect) {
        notes.dialect = link->dialect();
        saveInfoSoon();
    }
    noteAccess();
    if (q) {
        Q_EMIT q->linkChanged();
    }
}

void ReplicaPrivate::startLink()
{
    if (info.address.empty()) {
        return;
    }
    const auto address = net::parseRoomAddress(QString::fromStdString(info.address));
    if (!address) {
        return;
    }
    if (!address->secret().isEmpty()) {
        // It was stored by a version that took it for a part of the address.
        context.secrets.keep(*address);
        info.address = address->toString().toStdString();
        saveInfo();
        keepInvitation();
    }
    const net::RoomAddress complete = context.secrets.complete(*address);
    if (complete.secret().isEmpty() && notes.hasInvitation) {
        fetchInvitation(*address);
    } else {
        link->start(complete, notes.dialect);
    }
}

namespace {

QString whyNotInKeyring(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unsupported:
        return ReplicaPrivate::tr("This computer has no keyring");
    case ErrorCode::NotFound:
        return ReplicaPrivate::tr("The keyring has no invitation to this document any more");
    default:
        return ReplicaPrivate::tr("The keyring was not opened");
    }
}

} // namespace

void ReplicaPrivate::fetchInvitation(const net::RoomAddress &address)
{
    const auto go = [self = QPointer(this), address](const Result<void> &fetched) {
        if (!self || self->m_isShutDown || !self->link ||
            self->info.address != address.toString().toStdString()) {
            return;
        }
        if (!fetched) {
            self->setInvitationMessage(tr("%1: open the link to this document again to come in.")
                                           .arg(whyNotInKeyring(fetched.error())));
        }
        // Maybe everybody is let in by now. Otherwise the server says what is missing.
        self->link->start(self->context.secrets.complete(address), self->notes.dialect);
    };
    context.secrets.fetch(address, go);
}

void ReplicaPrivate::keepInvitation()
{
    const auto address = net::parseRoomAddress(QString::fromStdString(info.address));
    if (!address || context.secrets.complete(*address).secret().isEmpty()) {
        return;
    }
    notes.hasInvitation = true;
    saveInfoSoon();
    context.secrets.store(*address, [self = QPointer(this)](const Result<void> &stored) {
        if (!self) {
            return;
        }
        self->setInvitationMessage(
            stored ? QString()
                   : tr("%1: the invitation to this document is forgotten when Cowrite ends. Keep "
                        "the link, to come back with it.")
                         .arg(whyNotInKeyring(stored.error())));
    });
}

void ReplicaPrivate::setInvitationMessage(const QString &message)
{
    if (std::exchange(invitationMessage, message) != message && q) {
        Q_EMIT q->invitationChanged();
    }
}

Result<void> ReplicaPrivate::connectTo(const QString &text)
{
    const Result<net::RoomAddress> address = net::parseRoomAddress(text);
    if (!address) {
        return tl::unexpected(address.error());
    }
    const std::string canonical = address->toString().toStdString();
    if (m_room) {
        return fail(ErrorCode::Busy, "This document is shared from here. Stop sharing first.");
    }
    context.secrets.keep(*address);
    const bool isElsewhere = info.address != canonical;
    const auto before = net::parseRoomAddress(QString::fromStdString(info.address));
    if (before && !net::isSameRoom(*before, *address)) {
        notes.hasInvitation = false;
    }
    info.address = canonical;
    if (!address->secret().isEmpty()) {
        keepInvitation();
    }
    context.listChanged();
    if (!logged.isLoaded()) {
        return {};
    }
    if (isElsewhere) {
        notes.access = protocol::Access::Edit;
        // What one server has confirmed, another one has not.
        info.acknowledged = 0;
        notes.dialect.reset();
        notes.hasJoined = false;
        setUpLink(ledger->saved(), ledger->unsaved());
    }
    startLink();
    saveInfo();
    return {};
}

void ReplicaPrivate::forgetServer()
{
    info.address.clear();
    info.acknowledged = 0;
    notes.dialect.reset();
    notes.hasJoined = false;
    notes.hasInvitation = false;
    notes.access = protocol::Access::Edit;
    setUpLink(ledger->saved(), ledger->unsaved());
    saveInfo();
    if (q) {
        Q_EMIT q->linkChanged();
        Q_EMIT q->editsChanged();
        Q_EMIT q->readOnlyChanged();
    }
}

void ReplicaPrivate::setRoom(Room *room, const QString &itsLink)
{
    m_room = room;
    roomLink = itsLink;
    Q_EMIT q->linkChanged();
    Q_EMIT q->editsChanged();
}

void ReplicaPrivate::noteShared(bool isShared)
{
    if (std::exchange(notes.isShared, isShared) != isShared) {
        saveInfoSoon();
    }
}

void ReplicaPrivate::noteAnnounced(bool isAnnounced)
{
    if (std::exchange(notes.isAnnounced, isAnnounced) != isAnnounced) {
        saveInfoSoon();
    }
}

quint64 ReplicaPrivate::waiting() const
{
    return info.address.empty() || !ledger ? 0 : bursts.countAfter(ledger->received());
}

LinkState ReplicaPrivate::linkState() const
{
    if (m_room) {
        return LinkState::Hosting;
    }
    if (link && link->address()) {
        return link->state();
    }
    return info.address.empty() ? LinkState::Local : LinkState::Connecting;
}

protocol::Access ReplicaPrivate::access() const
{
    return info.address.empty() ? protocol::Access::Edit : notes.access;
}

void ReplicaPrivate::noteAccess()
{
    // Until a server has said so, what is known stays.
    if (!link->isAccessKnown() || std::exchange(notes.access, link->access()) == link->access()) {
        return;
    }
    saveInfoSoon();
    (void)awareness.setLocalField("access", protocol::accessToAny(access()));
    if (q) {
        Q_EMIT q->readOnlyChanged();
    }
}

void ReplicaPrivate::onLedgerChanged()
{
    while (!m_waiting.empty() && m_waiting.front().number <= ledger->received()) {
        info.acknowledged = m_waiting.front().seq;
        m_waiting.pop_front();
    }
    const bool isDone = ledger->waiting() == 0;
    if (isDone) {
        info.acknowledged = logged.lastSeq();
        noteIdentity();
        noteJoined();
    }
    if (!info.address.empty() && isDone != (notes.waiting == 0)) {
        saveInfoSoon();
    }
    announceSoon(m_editsPending, &Replica::editsChanged);
}

/// From here on the room is known to be this document; see Link. An identity of our own make
/// counts once the server has it: until then somebody else's may win.
void ReplicaPrivate::noteIdentity()
{
    if (!link || link->state() != LinkState::Online || meta.id().isEmpty()) {
        return;
    }
    const std::string identity = meta.id().toStdString();
    if (info.identity != identity) {
        info.identity = identity;
        saveInfo();
    }
}

/// From here on a room of another program is known to have what this replica has.
void ReplicaPrivate::noteJoined()
{
    if (!notes.hasJoined && link && link->state() == LinkState::Online && meta.id().isEmpty() &&
        !logged.doc().stateVector().empty()) {
        notes.hasJoined = true;
        saveInfoSoon();
    }
}

void ReplicaPrivate::onSynced()
{
    noteIdentity();
    // An empty room on a Cowrite server: whoever comes first is its creator. Rooms of other
    // programs get none of our roots.
    if (meta.id().isEmpty() && !m_hasForeignContent && link->serverConfirms() &&
        mayEdit(access())) {
        const QString title = lastTitle.isEmpty() ? tr("Untitled") : lastTitle;
        // Others may come first in the same moment: one of the identities wins for all.
        m_isIdentityOpen = true;
        meta.create(title, DocumentKind::Markdown, context.clock, context.rng);
    }
    refreshContentRoot();
    onLedgerChanged();
    logged.onPeerSynced();
    saveInfoSoon();
}

} // namespace cowrite::session
