#include "libsync/session/admission/entrance.h"

#include "libsync/net/address.h"
#include "libsync/session/admission/audit_log.h"
#include "libsync/session/admission/invitations.h"

#include <QUrl>

namespace cowrite::session {

namespace {

/// reliability.md, "Access".
constexpr int kBadTokensPerMinute = 5;

} // namespace

Entrance::Entrance(const Clock &clock)
    : m_badTokens(clock, {kBadTokensPerMinute, net::HandshakeLimits::Loopback::Counted})
{}

void Entrance::set(Admission admission, const Invitations *invitations, AuditLog *audit)
{
    m_admission = admission;
    m_invitations = invitations;
    m_audit = audit;
}

void Entrance::setBadTokensPerMinute(int count)
{
    m_badTokens.setLimits({count, net::HandshakeLimits::Loopback::Counted});
}

tl::expected<Visitor, TurnedAway> Entrance::judge(const QString &room, const QByteArray &token,
                                                  const QHostAddress &peer)
{
    Visitor visitor = stranger(peer);
    tl::expected<Pass, InvitationProblem> pass = tl::unexpected(InvitationProblem::Missing);
    if (m_invitations) {
        pass = m_invitations->verify({token.constData(), static_cast<std::size_t>(token.size())},
                                     room.toStdString());
    }
    if (pass) {
        visitor.access = pass->access;
        visitor.pass = *pass;
        return visitor;
    }
    if (m_admission == Admission::Everybody) {
        return visitor;
    }
    TurnedAway turned{pass.error(), {}};
    if (turned.problem != InvitationProblem::Missing) {
        turned.wait = m_badTokens.take(peer);
    }
    // Beyond the limit there is nothing new to note, and the log would only grow.
    if (m_audit && !turned.wait) {
        const std::string_view problem = nameOf(turned.problem);
        m_audit->note(
            "turned-away", room, visitor,
            {{QStringLiteral("problem"),
              QString::fromUtf8(problem.data(), static_cast<qsizetype>(problem.size()))}});
    }
    return tl::unexpected(turned);
}

Visitor Entrance::stranger(const QHostAddress &peer) const
{
    const bool isExempt = peer.isLoopback() && m_loopback == net::HandshakeLimits::Loopback::Exempt;
    return {protocol::Access::Edit, {}, peer.toString(), !isExempt};
}

void Entrance::noteFlood(const Visitor &visitor)
{
    if (m_audit) {
        m_audit->note("flooded", {}, visitor);
    }
}

bool Entrance::isStillIn(const Visitor &visitor) const
{
    return !visitor.pass || !m_invitations || m_invitations->renew(*visitor.pass).has_value();
}

net::HttpReply replyTo(const TurnedAway &turned)
{
    net::HttpReply reply;
    reply.status = turned.wait ? 429 : 401;
    reply.body = sentenceFor(turned.problem).toUtf8() + '\n';
    if (turned.wait) {
        reply.headers.append({"Retry-After", QByteArray::number(qlonglong{turned.wait->count()})});
    }
    return reply;
}

bool hasTokenInQuery(const QByteArray &query)
{
    for (const QByteArray &part : query.split('&')) {
        const qsizetype equals = part.indexOf('=');
        const QString name = QUrl::fromPercentEncoding(part.left(equals));
        const QByteArray value =
            equals < 0 ? part : QUrl::fromPercentEncoding(part.mid(equals + 1)).toUtf8();
        if (net::isSecretParameter(name) ||
            readInvitation({value.constData(), static_cast<std::size_t>(value.size())})) {
            return true;
        }
    }
    return false;
}

} // namespace cowrite::session
