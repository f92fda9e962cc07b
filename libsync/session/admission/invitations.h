#pragma once

#include "libsync/session/admission/invitation_book.h"
#include "libsync/session/log/flowing_time.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace cowrite::session {

/// The invitations of a running server: a book that is stored whenever it changes, and the time by
/// which they end.
class Invitations : public QObject {
    Q_OBJECT

public:
    /// Stores what InvitationBook::toJson() gave, readable by this user alone.
    using Save = std::function<Result<void>(const QByteArray &json)>;

    struct Request {
        std::string room; ///< empty for every room
        protocol::Access access = protocol::Access::View;
        /// How long from now it begins, and from then how long it lives; nothing: without end.
        std::chrono::seconds delay{0};
        std::optional<std::chrono::seconds> life;
        QString name;
    };

    /// `clock` and `rng`, which is good enough for secrets, outlive this object.
    Invitations(InvitationBook book, Save save, const Clock &clock, Rng &rng,
                FlowingTime::TimeAsleep timeAsleep);
    /// With the book in `file`, which is made by the first invitation, with mode 0600. Errors, each
    /// a sentence: Io, Malformed for a damaged file, which is never replaced.
    static Result<std::unique_ptr<Invitations>> open(const QString &file, const Clock &clock,
                                                     Rng &rng);

    /// Errors as InvitationBook::mint(), and those of storing; nothing is made then.
    Result<InvitationBook::Minted> mint(const Request &request);
    [[nodiscard]] tl::expected<Pass, InvitationProblem> verify(std::string_view token,
                                                               std::string_view room) const;
    /// See InvitationBook. What is taken back is so at once, also if the error says that it could
    /// not be stored, and so would be back after a restart.
    [[nodiscard]] tl::expected<Pass, InvitationProblem> renew(const Pass &pass) const;
    Result<void> withdraw(InvitationId id);
    Result<void> withdrawKey(InvitationKeyId key);
    Result<void> setAccess(InvitationId id, protocol::Access access);
    /// How long it lives from now; nothing: without end.
    Result<void> setLife(InvitationId id, std::optional<std::chrono::seconds> life);

    [[nodiscard]] std::vector<InvitationRecord> records() const { return m_book.records(); }
    [[nodiscard]] std::optional<std::string> tokenOf(InvitationId id) const
    {
        return m_book.tokenOf(id);
    }
    [[nodiscard]] std::chrono::sys_seconds now() const { return m_time.now(); }

Q_SIGNALS:
    /// Passes that were given may be worth less now, or more: renew() tells.
    void changed();

private:
    Result<void> save();
    Result<void> saveAndTell();

    InvitationBook m_book;
    Save m_save;
    Rng &m_rng;
    FlowingTime m_time;
};

} // namespace cowrite::session
