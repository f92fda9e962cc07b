#include "libsync/protocol/hocuspocus_socket.h"

#include "libsync/base/limits.h"
#include "libsync/base/overloaded.h"
#include "libsync/protocol/messages.h"

#include <algorithm>
#include <utility>

namespace cowrite::protocol {

using namespace hocuspocus;

namespace {

/// What Hocuspocus says when the client has closed a document.
constexpr std::string_view kClosedByClient = "provider_initiated";

} // namespace

HocuspocusSocket::HocuspocusSocket(const Clock &clock)
    : m_clock(clock), m_withoutDocumentsSince(clock.steadyNow()), m_lastSent(clock.steadyNow())
{}

void HocuspocusSocket::receive(ByteView bytes)
{
    if (m_isClosed) {
        return;
    }
    if (bytes.size() > limits::kMaxMessageBytes) {
        close(CloseCode::TooBig);
        return;
    }
    const Result<Frame> frame = readFrame(bytes);
    if (!frame) {
        close(frame.error().code == ErrorCode::WrongKind ? CloseCode::Unauthorized
                                                         : CloseCode::Malformed);
        return;
    }
    if (std::holds_alternative<Ping>(frame->message)) {
        write({}, Pong{});
    } else if (!std::holds_alternative<Pong>(frame->message)) {
        onFrame(*frame);
    }
}

void HocuspocusSocket::onFrame(const Frame &frame)
{
    auto found = m_documents.find(frame.address);
    if (found == m_documents.end()) {
        // Whatever else is said of it, it is not open.
        if (std::holds_alternative<hocuspocus::Close>(frame.message)) {
            return;
        }
        if (m_documents.size() - m_openDocuments >= kMaxWaitingDocuments ||
            m_documents.size() >= kMaxDocuments) {
            close(CloseCode::TooMany, "too many documents");
            return;
        }
        found = m_documents.emplace(frame.address, Document{}).first;
    }
    onMessage(found->first, found->second, frame.message);
}

void HocuspocusSocket::onMessage(const std::string &address, Document &document,
                                 const hocuspocus::Message &message)
{
    const bool isOpen = document.state == State::Open;
    std::visit(Overloaded{
                   [&](const Wrapped &wrapped) {
                       if (isOpen) {
                           m_effects.push_back(Deliver{
                               address, Bytes(wrapped.message.begin(), wrapped.message.end())});
                       } else if (document.state != State::Denied) {
                           hold(document, wrapped.message);
                       }
                   },
                   [&](const Token &token) { onToken(address, document, token); },
                   [&](const Stateless &stateless) {
                       // Who may only read does not speak to the others either.
                       if (isOpen && document.scope == Scope::ReadWrite) {
                           m_effects.push_back(Relay{address, stateless.payload});
                       }
                   },
                   [&](const hocuspocus::Close &) {
                       const auto closed = m_documents.find(address);
                       const std::string itsAddress = address;
                       erase(closed);
                       if (isOpen) {
                           m_effects.push_back(Leave{itsAddress});
                           write(itsAddress, hocuspocus::Close{std::string(kClosedByClient)});
                       }
                   },
                   // What only servers say, and what we do not know.
                   [](const auto &) {},
               },
               message);
}

void HocuspocusSocket::onToken(const std::string &address, Document &document, const Token &token)
{
    m_understandsPing = m_understandsPing || token.saysVersion;
    if (document.state == State::Asked) {
        return;
    }
    if (document.state != State::Open) {
        document.state = State::Asked;
    }
    m_effects.push_back(Ask{address, token.token});
}

void HocuspocusSocket::hold(Document &document, ByteView message)
{
    m_waitingBytes += message.size();
    ++m_waitingMessages;
    if (m_waitingBytes > kMaxWaitingBytes || m_waitingMessages > kMaxWaitingMessages) {
        close(CloseCode::TooMany, "too much before the token");
        return;
    }
    document.waiting.emplace_back(message.begin(), message.end());
}

void HocuspocusSocket::admit(std::string_view address, Scope scope)
{
    const auto found = m_documents.find(address);
    if (found == m_documents.end() || m_isClosed) {
        return;
    }
    Document &document = found->second;
    const bool wasOpen = document.state == State::Open;
    if (wasOpen && document.scope == scope) {
        return;
    }
    document.scope = scope;
    write(address, Authenticated{scope});
    if (wasOpen) {
        return;
    }
    document.state = State::Open;
    ++m_openDocuments;
    m_effects.push_back(Enter{found->first});
    for (Bytes &message : document.waiting) {
        m_waitingBytes -= message.size();
        --m_waitingMessages;
        m_effects.push_back(Deliver{found->first, std::move(message)});
    }
    document.waiting = {};
}

void HocuspocusSocket::deny(std::string_view address, std::string_view reason)
{
    const auto found = m_documents.find(address);
    if (found == m_documents.end() || m_isClosed) {
        return;
    }
    const std::string itsAddress = found->first;
    const bool wasOpen = found->second.state == State::Open;
    erase(found);
    write(itsAddress, hocuspocus::PermissionDenied{std::string(reason)});
    if (wasOpen) {
        m_effects.push_back(Leave{itsAddress});
        write(itsAddress, hocuspocus::Close{std::string(reason)});
    }
    m_documents[itsAddress].state = State::Denied;
}

void HocuspocusSocket::send(std::string_view address, ByteView message)
{
    const auto found = findOpen(address);
    if (found == m_documents.end()) {
        return;
    }
    MessageReader reader(message, Acknowledgements::Negotiated);
    const auto first = reader.next();
    const protocol::Message *const read = first && *first ? &**first : nullptr;
    if (const auto *access = read ? std::get_if<AccessMessage>(read) : nullptr) {
        const Scope scope = mayEdit(access->access) ? Scope::ReadWrite : Scope::ReadOnly;
        if (std::exchange(found->second.scope, scope) != scope) {
            write(address, Authenticated{scope});
        }
        return;
    }
    // What was refused is told by refused(); this number means something else here.
    if (read && std::holds_alternative<protocol::PermissionDenied>(*read)) {
        return;
    }
    const auto *acknowledgement = read ? std::get_if<Acknowledgement>(read) : nullptr;
    if (!acknowledgement) {
        write(address, Wrapped{message});
        return;
    }
    std::uint64_t &acknowledged = found->second.acknowledged;
    for (; acknowledged < acknowledgement->count; ++acknowledged) {
        write(address, SyncStatus{true});
    }
}

void HocuspocusSocket::refused(std::string_view address, bool addsNothing)
{
    if (findOpen(address) != m_documents.end()) {
        write(address, SyncStatus{addsNothing});
    }
}

void HocuspocusSocket::dismiss(std::string_view address, CloseCode code, std::string_view reason)
{
    const auto found = findOpen(address);
    if (found == m_documents.end()) {
        return;
    }
    const std::string itsAddress = found->first;
    erase(found);
    const std::string why(reason.empty() ? describe(code) : reason);
    write(itsAddress, hocuspocus::Close{why});
    const bool lacksTheRight = code == CloseCode::Unauthorized || code == CloseCode::Forbidden;
    if (!lacksTheRight || m_openDocuments == 0) {
        close(code, why);
        return;
    }
    write(itsAddress, hocuspocus::PermissionDenied{why});
    m_documents[itsAddress].state = State::Denied;
}

void HocuspocusSocket::relay(std::string_view document, std::string_view exceptAddress,
                             std::string_view payload)
{
    if (m_isClosed) {
        return;
    }
    for (const auto &[address, itsDocument] : m_documents) {
        if (itsDocument.state == State::Open && address != exceptAddress &&
            documentOf(address) == document) {
            write(address, Stateless{std::string(payload)});
        }
    }
}

void HocuspocusSocket::tick()
{
    if (m_isClosed) {
        return;
    }
    const TimePoint now = m_clock.steadyNow();
    if (m_openDocuments == 0 && now >= m_withoutDocumentsSince + kDocumentDeadline) {
        close(CloseCode::Timeout);
    } else if (m_understandsPing && now >= m_lastSent + kPingInterval) {
        write({}, Ping{});
    }
}

std::vector<HocuspocusSocket::Effect> HocuspocusSocket::takeEffects()
{
    return std::exchange(m_effects, {});
}

std::chrono::steady_clock::time_point HocuspocusSocket::nextDeadline() const
{
    if (m_isClosed) {
        return TimePoint::max();
    }
    const TimePoint ping = m_understandsPing ? m_lastSent + kPingInterval : TimePoint::max();
    return m_openDocuments == 0 ? std::min(ping, m_withoutDocumentsSince + kDocumentDeadline)
                                : ping;
}

void HocuspocusSocket::erase(Documents::iterator document)
{
    for (const Bytes &message : document->second.waiting) {
        m_waitingBytes -= message.size();
        --m_waitingMessages;
    }
    if (document->second.state == State::Open && --m_openDocuments == 0) {
        m_withoutDocumentsSince = m_clock.steadyNow();
    }
    m_documents.erase(document);
}

HocuspocusSocket::Documents::iterator HocuspocusSocket::findOpen(std::string_view address)
{
    const auto found = m_isClosed ? m_documents.end() : m_documents.find(address);
    return found != m_documents.end() && found->second.state == State::Open ? found
                                                                            : m_documents.end();
}

void HocuspocusSocket::write(std::string_view address, const hocuspocus::Message &message)
{
    m_lastSent = m_clock.steadyNow();
    m_effects.push_back(Send{writeFrame(address, message)});
}

void HocuspocusSocket::close(CloseCode code, std::string_view reason)
{
    m_isClosed = true;
    m_effects.push_back(CloseSocket{code, std::string(reason.empty() ? describe(code) : reason)});
}

} // namespace cowrite::protocol
