// The part of ReplicaPrivate that is its connection, and how far the edits have got over it.
#include "libsync/session/replica/replica_private.h"

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
    if (const auto address = net::parseRoomAddress(QString::fromStdString(info.address))) {
        link->start(context.secrets.complete(*address), notes.dialect);
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
    info.address = canonical;
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
