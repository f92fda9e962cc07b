#include "libsync/protocol/sync_machine.h"

#include "libsync/base/check.h"

#include <algorithm>
#include <utility>

namespace cowrite::protocol {

namespace {

constexpr auto kNever = std::chrono::steady_clock::time_point::max();

} // namespace

SyncMachine::SyncMachine(const Context &context) : m_context(context) {}

SyncMachine::~SyncMachine()
{
    if (m_context.owners) {
        m_context.owners->release(this);
    }
}

void SyncMachine::opened(Acknowledgements acknowledgements, Greeting greeting)
{
    closed();
    m_acknowledgements = acknowledgements;
    m_greeting = role() == Role::Server ? greeting : Greeting::AtOnce;
    m_synced = false;
    m_refusedStep2 = false;
    m_answered = false;
    m_receivedCount = m_acknowledgedCount = m_sentCount = m_confirmedCount = 0;
    m_underWay.clear();
    m_openQuestions.clear();
    m_missedMessage = false;
    m_resyncAt.reset();
    m_resyncDelay = kResyncDelay;
    m_resyncs = 0;
    // A server that saw the last connection end remembers the clock, and ignores an equal one.
    if (role() == Role::Client) {
        m_context.awareness.renew();
    }

    m_open = true;
    m_lastSent = m_lastReceived = m_context.clock.steadyNow();
    if (role() == Role::Client && acknowledgements != Acknowledgements::Negotiated) {
        m_access = Access::Edit;
    } else if (role() == Role::Server && acknowledgements == Acknowledgements::Negotiated) {
        send(encodeAccess(m_access));
    }
    if (m_greeting == Greeting::AtOnce) {
        sendStep1();
    }
    const Awareness &awareness = m_context.awareness;
    if (role() == Role::Client && awareness.localState()) {
        const crdt::ClientId own = awareness.clientId();
        send(encodeAwarenessMessage(awareness.encode({&own, 1})));
    } else if (role() == Role::Server && !awareness.states().empty()) {
        send(encodeAwarenessMessage(awareness.encodeAll()));
    }
}

void SyncMachine::localUpdate(ByteView update, crdt::Origin origin)
{
    if (!m_open || origin == this->origin() || (role() == Role::Client && !mayEdit(m_access))) {
        return;
    }
    sendDocumentMessage(encodeSyncUpdate(update));
}

bool SyncMachine::takesShared()
{
    const bool takes = m_open && role() == Role::Server;
    if (takes) {
        m_lastSent = m_context.clock.steadyNow();
    }
    return takes;
}

void SyncMachine::awarenessChanged(const AwarenessChange &change, crdt::Origin origin)
{
    if (!m_open || origin == this->origin()) {
        return;
    }
    std::vector<crdt::ClientId> clients = change.clients();
    // A server knows better than its client when those that it told of are gone.
    if (role() == Role::Client) {
        std::erase_if(clients,
                      [this](crdt::ClientId client) { return m_clients.contains(client); });
    }
    if (!clients.empty()) {
        send(encodeAwarenessMessage(m_context.awareness.encode(clients)));
    }
}

void SyncMachine::persisted(std::uint64_t index)
{
    COWRITE_CHECK(index <= m_receivedCount || !m_open);
    if (!m_open || m_acknowledgements == Acknowledgements::Off || role() == Role::Client ||
        index <= m_acknowledgedCount) {
        return;
    }
    m_acknowledgedCount = index;
    send(encodeAcknowledgement(index));
}

void SyncMachine::setAccess(Access access)
{
    const Access before = std::exchange(m_access, access);
    if (!m_open || before == access) {
        return;
    }
    if (mayEdit(access) && !mayEdit(before)) {
        close(CloseCode::Reset);
    } else if (m_acknowledgements == Acknowledgements::Negotiated) {
        send(encodeAccess(access));
    }
}

void SyncMachine::tick()
{
    if (!m_open) {
        return;
    }
    const TimePoint now = m_context.clock.steadyNow();
    if (role() == Role::Client && now - m_lastReceived >= kWatchdog) {
        close(CloseCode::Timeout);
        return;
    }
    if (m_resyncAt && now >= *m_resyncAt) {
        resync();
    }
    if (now >= probeAt()) {
        sendStep1();
    }
    if (role() == Role::Server && now - m_lastSent >= kKeepalive) {
        send(encodeAwarenessMessage(encodeAwarenessUpdate({})));
    }
}

void SyncMachine::leaving()
{
    if (m_open && role() == Role::Client && m_context.awareness.localState()) {
        send(encodeAwarenessMessage(m_context.awareness.encodeGoodbye()));
    }
}

void SyncMachine::closed()
{
    m_open = false;
    std::erase_if(m_effects, [](const Effect &effect) {
        return std::holds_alternative<Send>(effect) || std::holds_alternative<Close>(effect);
    });
    if (m_context.ledger) {
        m_context.ledger->connectionLost();
    }

    const std::vector<crdt::ClientId> clients = ownedClients();
    m_clients.clear();
    if (m_context.owners) {
        m_context.owners->release(this);
    }
    // All that a client heard of them came from here. A server may still hear old messages of
    // theirs, repeated by others.
    m_context.awareness.removeStates(clients, origin(),
                                     role() == Role::Client ? KeepClocks::No : KeepClocks::Yes);
}

Effects SyncMachine::takeEffects()
{
    return std::exchange(m_effects, {});
}

std::chrono::steady_clock::time_point SyncMachine::nextDeadline() const
{
    if (!m_open) {
        return kNever;
    }
    const TimePoint idle =
        role() == Role::Client ? m_lastReceived + kWatchdog : m_lastSent + kKeepalive;
    return std::min({idle, m_resyncAt.value_or(kNever), probeAt()});
}

std::vector<crdt::ClientId> SyncMachine::ownedClients() const
{
    if (m_context.owners) {
        return m_context.owners->ownedBy(this);
    }
    return {m_clients.begin(), m_clients.end()};
}

void SyncMachine::send(Bytes frame)
{
    m_lastSent = m_context.clock.steadyNow();
    m_effects.push_back(Send{std::move(frame)});
}

/// A server does not ask for what it would not take, except where the dialect wants it.
void SyncMachine::sendStep1()
{
    if (role() == Role::Server && !mayEdit(m_access) && m_greeting == Greeting::AtOnce) {
        return;
    }
    m_openQuestions.push_back(m_sentCount);
    send(encodeSyncStep1(m_context.doc.stateVector()));
}

void SyncMachine::sendDocumentMessage(Bytes frame)
{
    send(std::move(frame));
    if (role() == Role::Server) {
        return;
    }
    ++m_sentCount;
    // Before our step 2 a message may follow on offline edits that the server does not have yet.
    const std::uint64_t edit = m_context.ledger && m_answered ? m_context.ledger->typed() : 0;
    m_underWay.push_back({m_sentCount, edit, m_lastSent});
    if (m_context.ledger) {
        m_context.ledger->sentUpTo(edit);
    }
}

void SyncMachine::close(CloseCode code)
{
    m_open = false;
    m_effects.push_back(Close{code, std::string(describe(code))});
}

void SyncMachine::confirm(std::uint64_t count)
{
    std::uint64_t edit = 0;
    while (!m_underWay.empty() && m_underWay.front().index <= count) {
        edit = std::max(edit, m_underWay.front().edit);
        m_underWay.pop_front();
    }
    m_confirmedCount = std::max(m_confirmedCount, count);
    if (!m_context.ledger) {
        return;
    }
    if (m_acknowledgements == Acknowledgements::Negotiated) {
        m_context.ledger->storedUpTo(edit);
    } else {
        m_context.ledger->receivedUpTo(edit);
    }
}

void SyncMachine::updateResync()
{
    if (!m_missedMessage && !m_context.doc.hasPending()) {
        m_resyncAt.reset();
        m_resyncDelay = kResyncDelay;
        m_resyncs = 0;
        return;
    }
    // Before the first step 2 it is no wonder that something is missing.
    if (m_synced && !m_resyncAt && m_resyncs < kMaxResyncs) {
        m_resyncAt = m_context.clock.steadyNow() + m_resyncDelay;
    }
}

void SyncMachine::resync()
{
    m_resyncAt.reset();
    if (m_missedMessage || m_context.doc.hasPending()) {
        ++m_resyncs;
        m_resyncDelay = std::min(m_resyncDelay * 2, kMaxResyncDelay);
        m_missedMessage = false;
        sendStep1();
    }
    updateResync();
}

SyncMachine::TimePoint SyncMachine::probeAt() const
{
    if (m_acknowledgements == Acknowledgements::Negotiated || !m_context.ledger ||
        m_underWay.empty() || !m_openQuestions.empty()) {
        return kNever;
    }
    return std::min(m_underWay.back().sentAt + kProbeDelay,
                    m_underWay.front().sentAt + kMaxProbeDelay);
}

} // namespace cowrite::protocol
