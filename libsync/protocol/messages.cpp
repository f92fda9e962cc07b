#include "libsync/protocol/messages.h"

#include "libsync/codec/state_vector_codec.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::protocol {

namespace {

enum class SyncKind : std::uint64_t { Step1 = 0, Step2 = 1, Update = 2 };
enum class AuthKind : std::uint64_t { PermissionDenied = 0 };

/// Two bytes of channel and kind, at most eight of length.
constexpr std::size_t kLongestHead = 10;

Bytes encodeSync(SyncKind kind, ByteView payload)
{
    lib0::Encoder encoder;
    encoder.makeRoomFor(payload.size() + kLongestHead);
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Sync));
    encoder.writeVarUint(static_cast<std::uint64_t>(kind));
    encoder.writeVarBytes(payload);
    return encoder.take();
}

} // namespace

MessageReader::MessageReader(ByteView frame, Acknowledgements acknowledgements)
    : m_decoder(frame), m_acknowledgements(acknowledgements)
{}

Result<std::optional<Message>> MessageReader::next()
{
    if (m_ended || m_decoder.remaining() == 0) {
        return std::nullopt;
    }
    if (m_count == kMaxMessagesPerFrame) {
        m_ended = true;
        return fail(ErrorCode::LimitExceeded, "too many messages in one frame",
                    m_decoder.position());
    }
    ++m_count;

    const auto channel = static_cast<Channel>(m_decoder.readVarUint());
    Message message = readOne(channel);
    if (!m_decoder.ok()) {
        m_ended = true;
        if (m_sawQuery) {
            return std::nullopt;
        }
        return tl::unexpected(m_decoder.error());
    }
    m_sawQuery = m_sawQuery || channel == Channel::QueryAwareness;
    return message;
}

Message MessageReader::readOne(Channel channel)
{
    switch (channel) {
    case Channel::Sync:
        return readSync();
    case Channel::Awareness:
        return AwarenessMessage{m_decoder.readVarBytes()};
    case Channel::Auth:
        return readAuth();
    case Channel::QueryAwareness:
        return QueryAwareness{};
    case Channel::Acknowledgement:
        if (m_acknowledgements != Acknowledgements::Off) {
            return Acknowledgement{m_decoder.readVarUint()};
        }
        break;
    case Channel::Access:
        if (m_acknowledgements == Acknowledgements::Negotiated) {
            return readAccess();
        }
        break;
    case Channel::Echo:
        if (m_acknowledgements == Acknowledgements::Negotiated) {
            return Echo{m_decoder.readVarUint()};
        }
        break;
    }
    m_ended = true;
    return UnknownChannel{static_cast<std::uint64_t>(channel)};
}

Message MessageReader::readSync()
{
    const std::size_t start = m_decoder.position();
    const auto kind = static_cast<SyncKind>(m_decoder.readVarUint());
    switch (kind) {
    case SyncKind::Step1:
        return SyncStep1{m_decoder.readVarBytes()};
    case SyncKind::Step2:
        return SyncStep2{m_decoder.readVarBytes()};
    case SyncKind::Update:
        return SyncUpdate{m_decoder.readVarBytes()};
    }
    m_decoder.fail(ErrorCode::Unsupported, "unknown kind of sync message", start);
    return UnknownChannel{};
}

Message MessageReader::readAuth()
{
    const std::size_t start = m_decoder.position();
    const auto kind = static_cast<AuthKind>(m_decoder.readVarUint());
    switch (kind) {
    case AuthKind::PermissionDenied:
        return PermissionDenied{std::string(m_decoder.readVarStringUtf8())};
    }
    m_decoder.fail(ErrorCode::Unsupported, "unknown kind of auth message", start);
    return UnknownChannel{};
}

Message MessageReader::readAccess()
{
    const std::size_t start = m_decoder.position();
    const auto access = accessFromNumber(m_decoder.readVarUint());
    if (m_decoder.ok() && !access) {
        m_decoder.fail(ErrorCode::Unsupported, "unknown kind of access", start);
    }
    return AccessMessage{access.value_or(Access::View)};
}

Bytes encodeSyncStep1(const crdt::StateVector &stateVector)
{
    return encodeSync(SyncKind::Step1, codec::encodeStateVector(stateVector));
}

Bytes encodeSyncStep2(ByteView update)
{
    return encodeSync(SyncKind::Step2, update);
}

Bytes encodeSyncUpdate(ByteView update)
{
    return encodeSync(SyncKind::Update, update);
}

Bytes encodeAwarenessMessage(ByteView awarenessUpdate)
{
    lib0::Encoder encoder;
    encoder.makeRoomFor(awarenessUpdate.size() + kLongestHead);
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Awareness));
    encoder.writeVarBytes(awarenessUpdate);
    return encoder.take();
}

Bytes encodeQueryAwareness()
{
    lib0::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::QueryAwareness));
    return encoder.take();
}

Bytes encodePermissionDenied(std::string_view reason)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Auth));
    encoder.writeVarUint(static_cast<std::uint64_t>(AuthKind::PermissionDenied));
    encoder.writeVarString(reason);
    return encoder.take();
}

Bytes encodeAcknowledgement(std::uint64_t count)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Acknowledgement));
    encoder.writeVarUint(count);
    return encoder.take();
}

Bytes encodeAccess(Access access)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Access));
    encoder.writeVarUint(static_cast<std::uint64_t>(access));
    return encoder.take();
}

Bytes encodeEcho(std::uint64_t number)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(Channel::Echo));
    encoder.writeVarUint(number);
    return encoder.take();
}

} // namespace cowrite::protocol
