#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/message_allowance.h"
#include "libsync/session/admission/visitor.h"

#include <memory>
#include <optional>

namespace cowrite::session {

/// What a server bears of its users. Not held to it: programs of the server's own machine, unless
/// the entrance counts them.
struct UserLimits {
    net::MessageLimits messages; ///< of one user
    int connections = 10'000;    ///< of all together
    int connectionsPerUser = 20;
    int connectionsPerAddress = 100;
};

/// Who has too many connections already.
enum class Crowd { Everybody, Address, User };

/// Who uses a server, and how much of it. A user is an invitation and the address that it comes
/// from, as one link may be sent to a whole group; without an invitation, the address. An IPv6
/// address stands for its network of 64 bits. The seats may be freed on any thread.
class Users {
public:
    /// `clock` outlives this object and all seats.
    explicit Users(const Clock &clock);
    ~Users();

    /// Counts at once, also for those who are here.
    void setLimits(const UserLimits &limits);

    /// Nothing if this visitor may have one more connection.
    [[nodiscard]] std::optional<Crowd> crowding(const Visitor &visitor) const;
    /// One more connection of this visitor, which counts until this is destroyed, and what they may
    /// say over all of theirs.
    [[nodiscard]] std::shared_ptr<net::MessageAllowance> seat(const Visitor &visitor);

private:
    struct Book;
    struct Seat;

    const Clock &m_clock;
    std::shared_ptr<Book> m_book;
};

} // namespace cowrite::session
