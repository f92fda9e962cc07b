#include "libsync/session/admission/invitation.h"

#include "libsync/base/limits.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/net/address.h"

#include <QMessageAuthenticationCode>
#include <QString>

#include <algorithm>

namespace cowrite::session {

namespace {

constexpr std::uint64_t kVersion = 1;
/// What is sealed with these keys is an invitation, and never anything else.
constexpr char kPurpose[] = "cowrite invitation";
/// The end of the year 9999: beyond it dates cannot be shown, and clocks of other units overflow.
constexpr std::uint64_t kLastSecond = 253'402'300'799;

QByteArray bytesOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

InvitationSeal sealOf(ByteView part, const InvitationSecret &secret)
{
    const QByteArray mac = QMessageAuthenticationCode::hash(
        QByteArray(kPurpose) + '\0' + bytesOf(part), bytesOf(secret), QCryptographicHash::Sha256);
    InvitationSeal seal{};
    std::copy(mac.begin(), mac.end(), seal.begin());
    return seal;
}

std::uint64_t secondsOf(std::chrono::sys_seconds time)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}

std::chrono::sys_seconds timeOf(std::uint64_t seconds)
{
    return std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

/// The fields; nothing if they are not what a version 1 has.
std::optional<Invitation> readFields(ByteView part)
{
    lib0::Decoder decoder(part);
    Invitation invitation;
    const std::uint64_t version = decoder.readVarUint();
    const std::uint64_t key = decoder.readVarUint();
    invitation.id = decoder.readVarUint();
    const auto access = protocol::accessFromNumber(decoder.readVarUint());
    const std::uint64_t notBefore = decoder.readVarUint();
    const std::uint64_t expires = decoder.readVarUint();
    invitation.room = std::string(decoder.readVarStringUtf8());
    if (!decoder.ok() || decoder.remaining() > 0 || version != kVersion || key > UINT32_MAX ||
        !access || notBefore > kLastSecond || expires > kLastSecond) {
        return std::nullopt;
    }
    const bool isForEveryRoom = invitation.room.empty();
    if (!isForEveryRoom && !net::isRoomName(QString::fromStdString(invitation.room))) {
        return std::nullopt;
    }
    invitation.key = static_cast<InvitationKeyId>(key);
    invitation.access = *access;
    invitation.notBefore = timeOf(notBefore);
    if (expires > 0) {
        invitation.expires = timeOf(expires);
    }
    return invitation;
}

} // namespace

std::string sealInvitation(const Invitation &invitation, const InvitationSecret &secret)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(kVersion);
    encoder.writeVarUint(invitation.key);
    encoder.writeVarUint(invitation.id);
    encoder.writeVarUint(static_cast<std::uint64_t>(invitation.access));
    encoder.writeVarUint(secondsOf(invitation.notBefore));
    encoder.writeVarUint(invitation.expires ? secondsOf(*invitation.expires) : 0);
    encoder.writeVarString(invitation.room);
    Bytes token = encoder.take();
    const InvitationSeal seal = sealOf(token, secret);
    token.insert(token.end(), seal.begin(), seal.end());
    return bytesOf(token)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

std::optional<ReadInvitation> readInvitation(std::string_view token)
{
    if (!net::isTokenText(
            QString::fromLatin1(token.data(), static_cast<qsizetype>(token.size())))) {
        return std::nullopt;
    }
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(token.data(), static_cast<qsizetype>(token.size())),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() <= static_cast<qsizetype>(InvitationSeal().size())) {
        return std::nullopt;
    }
    ReadInvitation read;
    const auto *const begin = reinterpret_cast<const std::uint8_t *>(decoded.decoded.constData());
    const auto *const end = begin + decoded.decoded.size();
    read.sealedPart.assign(begin, end - read.seal.size());
    std::copy(end - read.seal.size(), end, read.seal.begin());
    const std::optional<Invitation> fields = readFields(read.sealedPart);
    if (!fields) {
        return std::nullopt;
    }
    read.invitation = *fields;
    return read;
}

bool isSealedBy(const ReadInvitation &token, const InvitationSecret &secret)
{
    const InvitationSeal expected = sealOf(token.sealedPart, secret);
    // No early end: how long it takes would tell how much of a guess is right.
    volatile std::uint8_t difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference = difference | static_cast<std::uint8_t>(expected[i] ^ token.seal[i]);
    }
    return difference == 0;
}

} // namespace cowrite::session
