#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/handshake_limit.h"
#include "libsync/net/verdict.h"
#include "libsync/session/admission/invitation_book.h"
#include "libsync/session/admission/visitor.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <chrono>
#include <optional>

#include <tl/expected.hpp>

namespace cowrite::session {

class AuditLog;
class Invitations;

/// Somebody who was not let in.
struct TurnedAway {
    InvitationProblem problem = InvitationProblem::Missing;
    /// They have tried too often with what is no invitation, and may try again after this.
    std::optional<std::chrono::seconds> wait;
};

/// Whether an invitation is needed.
enum class Admission {
    Invited,   ///< only with one
    Everybody, ///< whoever comes may edit; with an invitation, what that says
};

/// Decides who comes into the rooms of a server, whatever they speak.
class Entrance {
public:
    /// `clock` outlives the entrance. Everybody is let in until it is told otherwise.
    explicit Entrance(const Clock &clock);

    /// Both outlive the entrance, or are null. Without invitations nobody has one.
    void set(Admission admission, const Invitations *invitations, AuditLog *audit);
    [[nodiscard]] Admission admission() const { return m_admission; }

    /// Whether who comes from this machine is held to the limits of a user: Exempt, unless told.
    void setLoopback(net::HandshakeLimits::Loopback loopback) { m_loopback = loopback; }
    /// Somebody at `peer` of whom nothing else is known yet.
    [[nodiscard]] Visitor stranger(const QHostAddress &peer) const;
    /// Notes that a visitor was closed for a flood of messages.
    void noteFlood(const Visitor &visitor);

    /// How often a minute one address may show what is no good invitation.
    void setBadTokensPerMinute(int count);

    /// What whoever shows `token` (base64url, empty for none) and comes from `peer` may do in
    /// `room`. A good invitation is never turned away for the bad ones before it.
    [[nodiscard]] tl::expected<Visitor, TurnedAway>
    judge(const QString &room, const QByteArray &token, const QHostAddress &peer);

    /// Whether somebody who was let in may still be here.
    [[nodiscard]] bool isStillIn(const Visitor &visitor) const;

private:
    const Invitations *m_invitations = nullptr;
    AuditLog *m_audit = nullptr;
    Admission m_admission = Admission::Everybody;
    net::HandshakeLimits::Loopback m_loopback = net::HandshakeLimits::Loopback::Exempt;
    net::HandshakeLimit m_badTokens;
};

/// The answer to somebody who was not let in: 401, or 429 with Retry-After, and a sentence.
[[nodiscard]] net::HttpReply replyTo(const TurnedAway &turned);

/// Whether a query carries what may be the token of an invitation. It has no place there: queries
/// are kept by proxies, logs and the histories of browsers.
[[nodiscard]] bool hasTokenInQuery(const QByteArray &query);

} // namespace cowrite::session
