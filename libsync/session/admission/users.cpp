#include "libsync/session/admission/users.h"

#include "libsync/net/handshake_limit.h"

#include <QHash>

#include <mutex>

namespace cowrite::session {

namespace {

QString addressOf(const Visitor &visitor)
{
    return net::countedAs(QHostAddress(visitor.address)).toString();
}

QString userOf(const Visitor &visitor)
{
    const QString address = addressOf(visitor);
    return visitor.pass ? idText(visitor.pass->id) + u'@' + address : address;
}

} // namespace

struct Users::Book {
    struct User {
        int connections = 0;
        bool isLimited = true;
        std::shared_ptr<net::MessageAllowance> allowance;
    };

    [[nodiscard]] std::optional<net::MessageLimits> messageLimitsFor(bool isLimited) const
    {
        return isLimited ? std::optional(limits.messages) : std::nullopt;
    }

    std::mutex mutex;
    UserLimits limits;
    int connections = 0;
    QHash<QString, int> addresses;
    QHash<QString, User> users;
};

struct Users::Seat {
    Seat(const std::shared_ptr<Book> &itsBook, const Visitor &visitor)
        : book(itsBook), address(addressOf(visitor)), user(userOf(visitor))
    {}
    ~Seat()
    {
        const std::lock_guard lock(book->mutex);
        --book->connections;
        if (--book->addresses[address] == 0) {
            book->addresses.remove(address);
        }
        if (--book->users[user].connections == 0) {
            book->users.remove(user);
        }
    }
    Seat(const Seat &) = delete;
    Seat &operator=(const Seat &) = delete;

    std::shared_ptr<Book> book;
    QString address;
    QString user;
};

Users::Users(const Clock &clock) : m_clock(clock), m_book(std::make_shared<Book>()) {}

Users::~Users() = default;

void Users::setLimits(const UserLimits &limits)
{
    const std::lock_guard lock(m_book->mutex);
    m_book->limits = limits;
    for (const Book::User &user : std::as_const(m_book->users)) {
        user.allowance->setLimits(m_book->messageLimitsFor(user.isLimited));
    }
}

std::optional<Crowd> Users::crowding(const Visitor &visitor) const
{
    if (!visitor.isLimited) {
        return std::nullopt;
    }
    const std::lock_guard lock(m_book->mutex);
    const UserLimits &limits = m_book->limits;
    if (m_book->connections >= limits.connections) {
        return Crowd::Everybody;
    }
    if (m_book->addresses.value(addressOf(visitor)) >= limits.connectionsPerAddress) {
        return Crowd::Address;
    }
    const auto user = m_book->users.constFind(userOf(visitor));
    return user != m_book->users.constEnd() && user->connections >= limits.connectionsPerUser
               ? std::optional(Crowd::User)
               : std::nullopt;
}

std::shared_ptr<net::MessageAllowance> Users::seat(const Visitor &visitor)
{
    const auto taken = std::make_shared<Seat>(m_book, visitor);
    const std::lock_guard lock(m_book->mutex);
    ++m_book->connections;
    ++m_book->addresses[taken->address];
    Book::User &user = m_book->users[taken->user];
    ++user.connections;
    if (!user.allowance) {
        user.isLimited = visitor.isLimited;
        user.allowance = std::make_shared<net::MessageAllowance>(
            m_clock, m_book->messageLimitsFor(visitor.isLimited));
    }
    // The seat is freed with the last use of the allowance for it.
    return {taken, user.allowance.get()};
}

} // namespace cowrite::session
