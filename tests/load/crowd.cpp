#include "tests/load/crowd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

namespace cowrite::load {

namespace {

constexpr int kEventsAtOnce = 256;
/// Conditions are looked at as often.
constexpr std::chrono::nanoseconds kPatience = std::chrono::milliseconds(5);
constexpr std::chrono::minutes kLongestSync{1};

} // namespace

Crowd::Crowd() : m_poll(::epoll_create1(EPOLL_CLOEXEC)) {}

Crowd::~Crowd()
{
    m_guests.clear();
    ::close(m_poll);
}

Result<Guest *> Crowd::add(Guest::Options options)
{
    m_guests.push_back(std::make_unique<Guest>(std::move(options), m_deliveries));
    Guest *const guest = m_guests.back().get();
    if (const Result<void> opened = reopen(*guest); !opened) {
        return tl::unexpected(opened.error());
    }
    return guest;
}

Result<void> Crowd::reopen(Guest &guest)
{
    if (const Result<void> opened = guest.open(); !opened) {
        return opened;
    }
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.ptr = &guest;
    if (::epoll_ctl(m_poll, EPOLL_CTL_ADD, guest.socket().descriptor(), &event) != 0) {
        return fail(ErrorCode::Network, std::string("epoll: ") + std::strerror(errno));
    }
    return {};
}

void Crowd::leave(Guest &guest)
{
    // Closing the descriptor takes it out of the poll.
    guest.close();
}

Result<bool> Crowd::runUntil(const std::function<bool()> &isOver, TimePoint deadline)
{
    std::array<epoll_event, kEventsAtOnce> events{};
    while (!isOver()) {
        const std::chrono::nanoseconds left = deadline - std::chrono::steady_clock::now();
        if (left <= std::chrono::nanoseconds::zero()) {
            return false;
        }
        const timespec patience{0, std::min(left, kPatience).count()};
        const int count = ::epoll_pwait2(m_poll, events.data(), kEventsAtOnce, &patience, nullptr);
        for (int i = 0; i < count; ++i) {
            Guest &guest = *static_cast<Guest *>(events[static_cast<std::size_t>(i)].data.ptr);
            if ((events[static_cast<std::size_t>(i)].events & EPOLLOUT) != 0) {
                guest.socket().onWritable();
                watchForWriting(guest);
            }
            if (const Result<void> read = guest.onReadable(); !read) {
                return tl::unexpected(read.error());
            }
        }
        // Few ever have to wait, all while everybody returns at once.
        for (const auto &guest : m_guests) {
            if (guest->socket().wantsToWrite()) {
                watchForWriting(*guest);
            }
        }
    }
    return true;
}

void Crowd::watchForWriting(Guest &guest)
{
    epoll_event event = {};
    event.events = EPOLLIN | (guest.socket().wantsToWrite() ? EPOLLOUT : 0U);
    event.data.ptr = &guest;
    (void)::epoll_ctl(m_poll, EPOLL_CTL_MOD, guest.socket().descriptor(), &event);
}

Result<void> Crowd::waitUntilAllAreSynced()
{
    const auto areSynced = [this] {
        return std::all_of(m_guests.begin(), m_guests.end(),
                           [](const auto &guest) { return guest->isSynced(); });
    };
    const Result<bool> synced =
        runUntil(areSynced, std::chrono::steady_clock::now() + kLongestSync);
    if (!synced) {
        return tl::unexpected(synced.error());
    }
    return *synced ? Result<void>() : fail(ErrorCode::Network, "the server does not answer");
}

} // namespace cowrite::load
