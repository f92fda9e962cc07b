#include "libsync/session/admission/invitation_book.h"

#include "libsync/base/limits.h"

#include <algorithm>

namespace cowrite::session {

namespace {

using std::chrono::sys_seconds;

/// Of an invitation that ended, so that whoever wonders can still see it in the list.
constexpr std::chrono::hours kKeepEnded{24};

void fill(InvitationSecret &secret, Rng &rng)
{
    for (std::size_t i = 0; i < secret.size(); i += sizeof(std::uint64_t)) {
        const std::uint64_t bits = rng.next();
        std::copy_n(reinterpret_cast<const std::uint8_t *>(&bits), sizeof bits, &secret[i]);
    }
}

bool hasEnded(const std::optional<sys_seconds> &expires, sys_seconds now)
{
    return expires && now >= *expires;
}

} // namespace

QString sentenceFor(InvitationProblem problem)
{
    switch (problem) {
    case InvitationProblem::Missing:
        return QStringLiteral(
            "This document needs an invitation. Ask for a link, and open the whole link.");
    case InvitationProblem::Unreadable:
        return QStringLiteral("This link is damaged. Copy the whole link again.");
    case InvitationProblem::Forged:
        return QStringLiteral("This invitation is not from this server. Ask for a new link.");
    case InvitationProblem::Withdrawn:
        return QStringLiteral("This invitation was withdrawn. Ask for a new link.");
    case InvitationProblem::Expired:
        return QStringLiteral("This invitation has expired. Ask for a new link.");
    case InvitationProblem::NotYet:
        return QStringLiteral("This invitation is not valid yet. Try again later.");
    case InvitationProblem::OtherRoom:
        return QStringLiteral(
            "This invitation is for another document. Ask for a link to this one.");
    }
    return {};
}

std::string_view nameOf(InvitationProblem problem)
{
    switch (problem) {
    case InvitationProblem::Missing:
        return "missing";
    case InvitationProblem::Unreadable:
        return "unreadable";
    case InvitationProblem::Forged:
        return "forged";
    case InvitationProblem::Withdrawn:
        return "withdrawn";
    case InvitationProblem::Expired:
        return "expired";
    case InvitationProblem::NotYet:
        return "not-yet";
    case InvitationProblem::OtherRoom:
        return "other-room";
    }
    return "unknown";
}

Result<InvitationBook::Minted> InvitationBook::mint(const Request &request, sys_seconds now,
                                                    Rng &rng)
{
    if (request.expires && (*request.expires <= now || *request.expires <= request.notBefore)) {
        return fail(ErrorCode::OutOfRange, "This invitation would have ended before it began.");
    }
    if (m_records.size() >= kMaxInvitations) {
        return fail(ErrorCode::LimitExceeded,
                    "There are too many invitations. Withdraw a key to begin anew.");
    }
    const Key &key = keyToSealWith(rng);
    Invitation invitation;
    invitation.key = key.id;
    do {
        invitation.id = rng.below(limits::kMaxSafeInteger);
    } while (m_records.contains(invitation.id));
    invitation.room = request.room;
    invitation.access = request.access;
    invitation.notBefore = request.notBefore;
    invitation.expires = request.expires;
    InvitationRecord record{invitation, now, request.name, request.access, request.expires, false};
    m_records.emplace(invitation.id, record);
    return Minted{sealInvitation(invitation, key.secret), std::move(record)};
}

tl::expected<Pass, InvitationProblem>
InvitationBook::verify(std::string_view token, std::string_view room, sys_seconds now) const
{
    if (token.empty()) {
        return tl::unexpected(InvitationProblem::Missing);
    }
    const std::optional<ReadInvitation> read = readInvitation(token);
    if (!read) {
        return tl::unexpected(InvitationProblem::Unreadable);
    }
    const Invitation &invitation = read->invitation;
    const Key *const key = find(invitation.key);
    // Before anything that it says is taken for true.
    if (!key || !isSealedBy(*read, key->secret)) {
        return tl::unexpected(InvitationProblem::Forged);
    }
    if (!invitation.room.empty() && invitation.room != room) {
        return tl::unexpected(InvitationProblem::OtherRoom);
    }
    if (now + kInvitationSkew < invitation.notBefore) {
        return tl::unexpected(InvitationProblem::NotYet);
    }
    return renew({invitation.key, invitation.id, invitation.access, invitation.expires}, now);
}

tl::expected<Pass, InvitationProblem> InvitationBook::renew(const Pass &pass, sys_seconds now) const
{
    const Key *const key = find(pass.key);
    const auto record = m_records.find(pass.id);
    const bool isWithdrawn =
        !key || key->isWithdrawn || (record != m_records.end() && record->second.isWithdrawn) ||
        std::binary_search(m_withdrawnElsewhere.begin(), m_withdrawnElsewhere.end(), pass.id);
    if (isWithdrawn) {
        return tl::unexpected(InvitationProblem::Withdrawn);
    }
    Pass renewed = pass;
    if (record != m_records.end()) {
        renewed.access = record->second.access;
        renewed.expires = record->second.expires;
    }
    if (hasEnded(renewed.expires, now)) {
        return tl::unexpected(InvitationProblem::Expired);
    }
    return renewed;
}

void InvitationBook::withdraw(InvitationId id)
{
    if (const auto record = m_records.find(id); record != m_records.end()) {
        record->second.isWithdrawn = true;
        return;
    }
    const auto at = std::lower_bound(m_withdrawnElsewhere.begin(), m_withdrawnElsewhere.end(), id);
    if (at == m_withdrawnElsewhere.end() || *at != id) {
        m_withdrawnElsewhere.insert(at, id);
    }
}

Result<void> InvitationBook::withdrawKey(InvitationKeyId id)
{
    const auto key =
        std::find_if(m_keys.begin(), m_keys.end(), [id](const Key &it) { return it.id == id; });
    if (key == m_keys.end()) {
        return fail(ErrorCode::NotFound, "There is no such key.");
    }
    key->isWithdrawn = true;
    // Its bearers are still told that it was withdrawn, but nobody can seal with it any more.
    for (auto &[number, record] : m_records) {
        record.isWithdrawn = record.isWithdrawn || record.invitation.key == id;
    }
    return {};
}

Result<void> InvitationBook::setAccess(InvitationId id, protocol::Access access)
{
    const auto record = m_records.find(id);
    if (record == m_records.end()) {
        return fail(ErrorCode::NotFound, "There is no such invitation.");
    }
    record->second.access = access;
    return {};
}

Result<void> InvitationBook::setExpires(InvitationId id, std::optional<sys_seconds> expires)
{
    const auto record = m_records.find(id);
    if (record == m_records.end()) {
        return fail(ErrorCode::NotFound, "There is no such invitation.");
    }
    record->second.expires = expires;
    return {};
}

std::optional<std::string> InvitationBook::tokenOf(InvitationId id) const
{
    const auto record = m_records.find(id);
    if (record == m_records.end() || record->second.isWithdrawn) {
        return std::nullopt;
    }
    const Key *const key = find(record->second.invitation.key);
    return key ? std::optional(sealInvitation(record->second.invitation, key->secret))
               : std::nullopt;
}

void InvitationBook::prune(sys_seconds now)
{
    std::erase_if(m_records, [now](const auto &entry) {
        const auto &expires = entry.second.expires;
        return expires && now - kKeepEnded >= *expires;
    });
}

std::vector<InvitationRecord> InvitationBook::records() const
{
    std::vector<InvitationRecord> records;
    for (const auto &[id, record] : m_records) {
        records.push_back(record);
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const auto &left, const auto &right) { return left.made < right.made; });
    return records;
}

std::vector<InvitationKeyId> InvitationBook::keys() const
{
    std::vector<InvitationKeyId> ids;
    for (const Key &key : m_keys) {
        if (!key.isWithdrawn) {
            ids.push_back(key.id);
        }
    }
    return ids;
}

const InvitationBook::Key *InvitationBook::find(InvitationKeyId id) const
{
    const auto key =
        std::find_if(m_keys.begin(), m_keys.end(), [id](const Key &it) { return it.id == id; });
    return key == m_keys.end() ? nullptr : &*key;
}

const InvitationBook::Key &InvitationBook::keyToSealWith(Rng &rng)
{
    const auto usable = std::find_if(m_keys.rbegin(), m_keys.rend(),
                                     [](const Key &key) { return !key.isWithdrawn; });
    if (usable != m_keys.rend()) {
        return *usable;
    }
    Key key;
    do {
        key.id = static_cast<InvitationKeyId>(rng.next());
    } while (find(key.id));
    fill(key.secret, rng);
    m_keys.push_back(key);
    return m_keys.back();
}

} // namespace cowrite::session
