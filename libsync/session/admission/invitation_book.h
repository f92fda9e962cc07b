#pragma once

#include "libsync/base/error.h"
#include "libsync/base/rng.h"
#include "libsync/session/admission/invitation.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

#include <tl/expected.hpp>

namespace cowrite::session {

/// Why somebody is not let in.
enum class InvitationProblem {
    Missing,    ///< no token at all
    Unreadable, ///< not a token
    Forged,     ///< sealed by nobody here
    Withdrawn,  ///< taken back, it or the key that sealed it
    Expired,
    NotYet,
    OtherRoom, ///< good, but not for this document
};

/// What to tell the person: what it is, and what to do.
[[nodiscard]] QString sentenceFor(InvitationProblem problem);
/// One word for the audit log.
[[nodiscard]] std::string_view nameOf(InvitationProblem problem);

/// What a good token lets its bearer do.
struct Pass {
    InvitationKeyId key = 0;
    InvitationId id = 0;
    protocol::Access access = protocol::Access::View;
    std::optional<std::chrono::sys_seconds> expires;

    friend bool operator==(const Pass &, const Pass &) = default;
};

/// What a server remembers of an invitation; nothing that would let somebody in by itself.
struct InvitationRecord {
    Invitation invitation;
    std::chrono::sys_seconds made{};
    /// For whom or for what, as whoever made it wrote.
    QString name;
    /// What its bearers may do now; the token says what they could at first.
    protocol::Access access = protocol::Access::View;
    /// When it ends now, likewise.
    std::optional<std::chrono::sys_seconds> expires;
    bool isWithdrawn = false;

    friend bool operator==(const InvitationRecord &, const InvitationRecord &) = default;
};

/// The keys of a server and the invitations it made with them. Reads no clock and no file: `now` is
/// passed in, and the owner stores toJson(), which is as secret as the keys in it.
class InvitationBook {
public:
    struct Request {
        std::string room; ///< empty for every room
        protocol::Access access = protocol::Access::View;
        std::chrono::sys_seconds notBefore{};
        std::optional<std::chrono::sys_seconds> expires;
        QString name;
    };
    struct Minted {
        std::string token;
        InvitationRecord record;
    };

    /// Reads what toJson() wrote. Error Malformed.
    [[nodiscard]] static Result<InvitationBook> fromJson(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;

    /// Makes an invitation, and a key if there is none. `rng` is good enough for secrets. Errors,
    /// each a sentence: OutOfRange if it would end before it begins or before `now`, LimitExceeded
    /// with kMaxInvitations.
    Result<Minted> mint(const Request &request, std::chrono::sys_seconds now, Rng &rng);

    /// What the bearer of `token` may do in `room`.
    [[nodiscard]] tl::expected<Pass, InvitationProblem>
    verify(std::string_view token, std::string_view room, std::chrono::sys_seconds now) const;
    /// Whether a pass is still good, and what it permits now.
    [[nodiscard]] tl::expected<Pass, InvitationProblem> renew(const Pass &pass,
                                                              std::chrono::sys_seconds now) const;

    /// Takes one invitation back. An id that is not in the book is remembered as withdrawn as well:
    /// the book may be older than the invitation.
    void withdraw(InvitationId id);
    /// Takes back all that was sealed with a key, and the key. Error NotFound.
    Result<void> withdrawKey(InvitationKeyId key);
    /// What the bearers of an invitation may do from now on. Error NotFound.
    Result<void> setAccess(InvitationId id, protocol::Access access);
    /// When an invitation ends from now on; nothing: it does not. Error NotFound.
    Result<void> setExpires(InvitationId id, std::optional<std::chrono::sys_seconds> expires);
    /// Forgets invitations that ended more than a day ago.
    void prune(std::chrono::sys_seconds now);

    /// The token of an invitation in the book, once more. Nothing if it was withdrawn.
    [[nodiscard]] std::optional<std::string> tokenOf(InvitationId id) const;
    /// Oldest first.
    [[nodiscard]] std::vector<InvitationRecord> records() const;
    /// Those that are not withdrawn, oldest first.
    [[nodiscard]] std::vector<InvitationKeyId> keys() const;

private:
    struct Key {
        InvitationKeyId id = 0;
        InvitationSecret secret{};
        bool isWithdrawn = false;
    };

    [[nodiscard]] const Key *find(InvitationKeyId id) const;
    const Key &keyToSealWith(Rng &rng);

    std::vector<Key> m_keys;
    std::map<InvitationId, InvitationRecord> m_records;
    std::vector<InvitationId> m_withdrawnElsewhere;
};

/// Invitations in one book; more are a mistake of a script.
inline constexpr std::size_t kMaxInvitations = 10'000;
/// The clocks of a server's machines differ by less.
inline constexpr std::chrono::seconds kInvitationSkew{60};

/// Ids as people write them: hexadecimal.
[[nodiscard]] QString idText(InvitationId id);
[[nodiscard]] QString keyIdText(InvitationKeyId id);
[[nodiscard]] std::optional<InvitationId> idFromText(QStringView text);
[[nodiscard]] std::optional<InvitationKeyId> keyIdFromText(QStringView text);

} // namespace cowrite::session
