#include "libsync/protocol/hocuspocus.h"

#include "libsync/base/check.h"
#include "libsync/base/overloaded.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::protocol::hocuspocus {

namespace {

enum class AuthKind : std::uint64_t { Token = 0, PermissionDenied = 1, Authenticated = 2 };

constexpr std::string_view kReadOnly = "readonly";
constexpr std::string_view kReadWrite = "read-write";
/// Two lengths of at most eight bytes, a type and a kind.
constexpr std::size_t kLongestHead = 18;

std::string readString(lib0::Decoder &decoder, std::size_t mostBytes)
{
    const std::size_t start = decoder.position();
    const std::string_view text = decoder.readVarStringUtf8();
    if (text.size() > mostBytes) {
        decoder.fail(ErrorCode::LimitExceeded, "too long a text", start);
        return {};
    }
    return std::string(text);
}

Message readAuth(lib0::Decoder &decoder)
{
    const auto kind = decoder.readVarUint();
    switch (static_cast<AuthKind>(kind)) {
    case AuthKind::Token: {
        if (decoder.remaining() == 0) {
            return TokenRequest{};
        }
        Token token{readString(decoder, kMaxTokenBytes), false};
        token.saysVersion = decoder.remaining() > 0;
        return token;
    }
    case AuthKind::PermissionDenied:
        return PermissionDenied{readString(decoder, kMaxTokenBytes)};
    case AuthKind::Authenticated:
        // Whatever else a server may call it one day: less than all is to be read only.
        return Authenticated{decoder.readVarStringUtf8() == kReadWrite ? Scope::ReadWrite
                                                                       : Scope::ReadOnly};
    }
    return Unknown{static_cast<std::uint64_t>(Type::Auth)};
}

Message readMessage(lib0::Decoder &decoder, ByteView frame)
{
    const std::size_t start = decoder.position();
    const auto type = static_cast<Type>(decoder.readVarUint());
    switch (type) {
    case Type::Sync:
    case Type::Awareness:
    case Type::QueryAwareness:
        return Wrapped{frame.subspan(start)};
    case Type::Auth:
        return readAuth(decoder);
    case Type::Stateless:
        return Stateless{readString(decoder, kMaxStatelessBytes)};
    case Type::Close:
        return Close{decoder.remaining() > 0 ? readString(decoder, kMaxTokenBytes) : std::string()};
    case Type::SyncStatus:
        return SyncStatus{decoder.readVarUint() == 1};
    case Type::SyncReply:
    case Type::BroadcastStateless:
    case Type::Ping:
    case Type::Pong:
        break;
    }
    return Unknown{static_cast<std::uint64_t>(type)};
}

void writeMessage(lib0::Encoder &encoder, const Message &message)
{
    const auto type = [&](Type value) { encoder.writeVarUint(static_cast<std::uint64_t>(value)); };
    const auto auth = [&](AuthKind value) {
        type(Type::Auth);
        encoder.writeVarUint(static_cast<std::uint64_t>(value));
    };
    std::visit(Overloaded{
                   [&](const Wrapped &wrapped) { encoder.writeBytes(wrapped.message); },
                   [&](const Token &token) {
                       auth(AuthKind::Token);
                       encoder.writeVarString(token.token);
                   },
                   [&](const TokenRequest &) { auth(AuthKind::Token); },
                   [&](const PermissionDenied &denied) {
                       auth(AuthKind::PermissionDenied);
                       encoder.writeVarString(denied.reason);
                   },
                   [&](const Authenticated &authenticated) {
                       auth(AuthKind::Authenticated);
                       encoder.writeVarString(authenticated.scope == Scope::ReadWrite ? kReadWrite
                                                                                      : kReadOnly);
                   },
                   [&](const Stateless &stateless) {
                       type(Type::Stateless);
                       encoder.writeVarString(stateless.payload);
                   },
                   [&](const Close &close) {
                       type(Type::Close);
                       if (!close.reason.empty()) {
                           encoder.writeVarString(close.reason);
                       }
                   },
                   [&](const SyncStatus &status) {
                       type(Type::SyncStatus);
                       encoder.writeVarUint(status.isApplied ? 1 : 0);
                   },
                   [&](const Ping &) { type(Type::Ping); },
                   [&](const Pong &) { type(Type::Pong); },
                   [](const Unknown &) { COWRITE_CHECK(false); },
               },
               message);
}

} // namespace

Result<Frame> readFrame(ByteView frame)
{
    if (frame.size() == 1 && frame[0] == static_cast<std::uint8_t>(Type::Ping)) {
        return Frame{{}, Ping{}};
    }
    if (frame.size() == 1 && frame[0] == static_cast<std::uint8_t>(Type::Pong)) {
        return Frame{{}, Pong{}};
    }
    lib0::Decoder decoder(frame);
    Frame read;
    read.address = decoder.readVarStringUtf8();
    if (!decoder.ok() || read.address.empty() || read.address.size() > kMaxAddressBytes) {
        return fail(ErrorCode::WrongKind, "no message of Hocuspocus", std::size_t{0});
    }
    read.message = readMessage(decoder, frame);
    if (!decoder.ok()) {
        return tl::unexpected(decoder.error());
    }
    return read;
}

bool isFirstWord(ByteView frame)
{
    const Result<Frame> read = readFrame(frame);
    return read && std::holds_alternative<Token>(read->message);
}

std::string_view documentOf(std::string_view address)
{
    return address.substr(0, address.find('\0'));
}

Bytes writeFrame(std::string_view address, const Message &message)
{
    lib0::Encoder encoder;
    const auto *wrapped = std::get_if<Wrapped>(&message);
    encoder.makeRoomFor(address.size() + kLongestHead + (wrapped ? wrapped->message.size() : 0));
    const bool isAboutNone =
        std::holds_alternative<Ping>(message) || std::holds_alternative<Pong>(message);
    if (!isAboutNone) {
        encoder.writeVarString(address);
    }
    writeMessage(encoder, message);
    return encoder.take();
}

} // namespace cowrite::protocol::hocuspocus
