// What a SyncMachine does with the messages of its peer.

#include "libsync/protocol/sync_machine.h"

#include "libsync/base/limits.h"
#include "libsync/base/overloaded.h"
#include "libsync/codec/snapshot_codec.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/snapshot.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cowrite::protocol {

namespace {

constexpr std::string_view kReadOnlyReason = "With this link you can read, and not write.";

} // namespace

void SyncMachine::receive(ByteView frame)
{
    if (!m_open) {
        return;
    }
    m_lastReceived = m_context.clock.steadyNow();
    if (frame.size() > limits::kMaxMessageBytes) {
        onBadInput({ErrorCode::LimitExceeded, "a message is too big", {}}, CloseCode::TooBig);
        return;
    }

    MessageReader reader(frame, m_acknowledgements);
    Questions questions;
    while (m_open) {
        const Result<std::optional<Message>> message = reader.next();
        if (!message) {
            onBadInput(message.error(), CloseCode::TooMany);
            break;
        }
        if (!*message) {
            break;
        }
        handle(**message, questions);
    }
    if (m_open) {
        answer(questions);
    }
}

void SyncMachine::handle(const Message &message, Questions &questions)
{
    const auto refuse = [this](std::string_view what) {
        m_effects.push_back(Warning{{ErrorCode::Denied, std::string(what), {}}});
    };
    std::visit(Overloaded{
                   [&](const SyncStep1 &step1) { onStep1(step1, questions); },
                   [&](const SyncStep2 &step2) { onUpdate(step2.update, true); },
                   [&](const SyncUpdate &update) { onUpdate(update.update, false); },
                   [&](const AwarenessMessage &awareness) { onAwareness(awareness.update); },
                   [&](const QueryAwareness &) { questions.awareness = true; },
                   [&](const PermissionDenied &denied) {
                       if (role() == Role::Client) {
                           m_effects.push_back(PeerDenied{denied.reason});
                       } else {
                           refuse("a guest sent a message that only servers may send");
                       }
                   },
                   [&](const Acknowledgement &acknowledgement) {
                       if (role() == Role::Client) {
                           onAcknowledgement(acknowledgement.count);
                       } else {
                           refuse("a guest sent a message that only servers may send");
                       }
                   },
                   [&](const AccessMessage &message) {
                       if (role() == Role::Client) {
                           onAccess(message.access);
                       } else {
                           refuse("a guest sent a message that only servers may send");
                       }
                   },
                   [&](const Echo &echo) { questions.echo = echo.number; },
                   [](const UnknownChannel &) {},
               },
               message);
}

void SyncMachine::onStep1(const SyncStep1 &message, Questions &questions)
{
    Result<crdt::StateVector> stateVector = codec::decodeStateVector(message.stateVector);
    if (!stateVector) {
        onBadInput(stateVector.error(), CloseCode::TooMany);
        return;
    }
    questions.stateVector = std::move(*stateVector);
}

void SyncMachine::onUpdate(ByteView update, bool isStep2)
{
    if (role() == Role::Server && !mayEdit(m_access)) {
        refuseUpdate(update, isStep2);
        return;
    }
    crdt::Doc &doc = m_context.doc;
    const std::uint64_t pendingBefore = doc.pendingRevision();
    const Result<void> applied = codec::applyUpdate(doc, update, origin());
    // Also after an error a part of it may be in the document.
    m_context.awareness.setClientId(doc.clientId());
    if (!applied) {
        // Too much that waits for something missing: begin again, and nothing is missing.
        onBadInput(applied.error(), CloseCode::Reset);
        return;
    }
    if (!m_open) {
        return;
    }

    ++m_receivedCount;
    DocumentMessageReceived received{m_receivedCount, {}};
    if (doc.hasPending() && doc.pendingRevision() != pendingBefore) {
        received.pendingUpdate = Bytes(update.begin(), update.end());
    }
    m_effects.push_back(std::move(received));

    if (isStep2) {
        if (!m_openQuestions.empty()) {
            const std::uint64_t before = m_openQuestions.front();
            m_openQuestions.pop_front();
            if (m_acknowledgements != Acknowledgements::Negotiated) {
                confirm(before);
            }
        }
        if (!std::exchange(m_synced, true)) {
            m_effects.push_back(Synced{});
        }
    }
    updateResync();
}

void SyncMachine::onAwareness(ByteView update)
{
    Result<std::vector<AwarenessEntry>> entries = decodeAwarenessUpdate(update);
    if (!entries) {
        onBadInput(entries.error(), CloseCode::TooMany);
        return;
    }
    bool forged = false;
    std::erase_if(*entries, [&](const AwarenessEntry &entry) { return !mayApply(entry, forged); });
    if (forged) {
        m_effects.push_back(
            Warning{{ErrorCode::Denied, "presence of somebody else's client was ignored", {}}});
    }

    const Result<AwarenessChange> change = m_context.awareness.apply(*entries, origin());
    if (!change) {
        onBadInput(change.error(), CloseCode::TooMany);
        return;
    }
    for (const crdt::ClientId client : change->removed) {
        m_clients.erase(client);
        if (m_context.owners) {
            m_context.owners->retire(client, this);
        }
    }
    m_clients.insert(change->added.begin(), change->added.end());
    m_clients.insert(change->updated.begin(), change->updated.end());
}

bool SyncMachine::mayApply(const AwarenessEntry &entry, bool &forged)
{
    const Awareness &awareness = m_context.awareness;
    ClientOwners *owners = m_context.owners;
    if (!owners || entry.client == awareness.clientId()) {
        return true;
    }
    // Clients of y-websocket repeat what they are told; that is no attempt to speak for others.
    const std::uint64_t known = awareness.knownClock(entry.client);
    if (entry.clock < known || (entry.clock == known && entry.state)) {
        return false;
    }
    const bool allowed =
        entry.state ? owners->claim(entry.client, this) : !owners->isForeign(entry.client, this);
    forged = forged || (!allowed && entry.clock > known);
    return allowed;
}

void SyncMachine::onAcknowledgement(std::uint64_t count)
{
    if (count > m_sentCount) {
        onBadInput({ErrorCode::Malformed, "more was acknowledged than was sent", {}},
                   CloseCode::TooMany);
        return;
    }
    if (count <= m_confirmedCount) {
        return;
    }
    confirm(count);
    m_effects.push_back(Acknowledged{count});
}

void SyncMachine::onAccess(Access access)
{
    m_access = access;
    m_effects.push_back(AccessChanged{access});
}

void SyncMachine::refuseUpdate(ByteView update, bool isStep2)
{
    const bool isEmpty = addsNothing(update, isStep2);
    m_effects.push_back(EditRefused{update.size(), isEmpty});
    if (!isEmpty) {
        send(encodePermissionDenied(kReadOnlyReason));
    }
}

bool SyncMachine::addsNothing(ByteView update, bool isStep2)
{
    constexpr std::array<std::uint8_t, 2> kNothing{0, 0};
    if (std::equal(update.begin(), update.end(), kNothing.begin(), kNothing.end())) {
        return true;
    }
    // Yjs always writes all deletions that it knows. Comparing them takes as long as the document
    // is large, so it is done once, for the answer to our question.
    if (!isStep2 || std::exchange(m_refusedStep2, true) || update.empty() || update[0] != 0) {
        return false;
    }
    return codec::snapshotContainsUpdate(crdt::takeSnapshot(m_context.doc), update).value_or(false);
}

void SyncMachine::answer(const Questions &questions)
{
    if (questions.echo && role() == Role::Server) {
        send(encodeEcho(*questions.echo));
    }
    if (questions.stateVector && (role() == Role::Server || mayEdit(m_access))) {
        if (m_greeting == Greeting::WhenAsked) {
            sendStep1();
        }
        // Everything the peer lacks, so every edit so far: also those made while offline.
        m_answered = true;
        sendDocumentMessage(
            encodeSyncStep2(codec::encodeStateAsUpdate(m_context.doc, *questions.stateVector)));
    }
    if (questions.awareness) {
        send(encodeAwarenessMessage(m_context.awareness.encodeAll()));
    }
}

void SyncMachine::onBadInput(const Error &error, CloseCode onLimit)
{
    m_effects.push_back(Warning{error});
    // What a newer version may say: Yjs drops it as well.
    if (error.code == ErrorCode::Unsupported) {
        return;
    }
    if (role() == Role::Server) {
        close(error.code == ErrorCode::LimitExceeded ? onLimit : CloseCode::Malformed);
        return;
    }
    m_missedMessage = true;
    updateResync();
}

} // namespace cowrite::protocol
