#include "libsync/net/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <QThread>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace cowrite::net {

namespace {

Q_LOGGING_CATEGORY(lcLoop, "cowrite.net.loop", QtWarningMsg)

/// In the order of QSocketNotifier::Type. The kernel reports the two of trouble unasked.
constexpr std::array<std::uint32_t, 3> kAsked{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr std::uint32_t kTrouble = EPOLLERR | EPOLLHUP;

std::uint64_t keyOf(int descriptor, std::uint32_t generation)
{
    return std::uint64_t{generation} << 32 | static_cast<std::uint32_t>(descriptor);
}

timespec timespecOf(std::chrono::nanoseconds time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

} // namespace

std::unique_ptr<EpollDispatcher> EpollDispatcher::create()
{
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    const int bell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = keyOf(bell, 0);
    const timespec now = {};
    if (poll < 0 || bell < 0 || ::epoll_ctl(poll, EPOLL_CTL_ADD, bell, &event) != 0 ||
        ::epoll_pwait2(poll, &event, 1, &now, nullptr) != 0) {
        ::close(poll);
        ::close(bell);
        return nullptr;
    }
    return std::unique_ptr<EpollDispatcher>(new EpollDispatcher(poll, bell));
}

EpollDispatcher::EpollDispatcher(int poll, int bell) : m_poll(poll), m_bell(bell) {}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_bell);
    ::close(m_poll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    // Before the events are looked at: whoever posts one from here on ends the wait below.
    m_isWoken = false;
    QCoreApplication::sendPostedEvents();

    timespec patience = {};
    const timespec *timeout = &patience;
    if ((flags & QEventLoop::WaitForMoreEvents) && !m_isInterrupted && !m_isWoken) {
        Q_EMIT aboutToBlock();
        if (const auto next = m_timers.untilNext()) {
            patience = timespecOf(*next);
        } else {
            timeout = nullptr;
        }
    }
    if (m_isInterrupted) {
        return false;
    }
    // It may have been one of this thread who was told that it blocks.
    if (m_isWoken) {
        patience = {};
        timeout = &patience;
    }
    Events events;
    const int count = wait(events, timeout, !(flags & QEventLoop::ExcludeSocketNotifiers));
    for (int i = 0; i < count; ++i) {
        activate(events[static_cast<std::size_t>(i)]);
    }
    return m_timers.activate() + count > 0;
}

int EpollDispatcher::wait(Events &events, const timespec *timeout, bool withSockets) const
{
    if (withSockets) {
        return std::max(0, ::epoll_pwait2(m_poll, events.data(), kEventsAtOnce, timeout, nullptr));
    }
    pollfd bell = {m_bell, POLLIN, 0};
    if (::ppoll(&bell, 1, timeout, nullptr) < 1) {
        return 0;
    }
    events[0].events = EPOLLIN;
    events[0].data.u64 = keyOf(m_bell, 0);
    return 1;
}

void EpollDispatcher::activate(const epoll_event &event)
{
    const auto descriptor = static_cast<int>(event.data.u64 & 0xffffffff);
    const auto generation = static_cast<std::uint32_t>(event.data.u64 >> 32);
    if (descriptor == m_bell) {
        eventfd_t rings = 0;
        (void)::eventfd_read(m_bell, &rings);
        return;
    }
    for (std::size_t type = 0; type < kAsked.size(); ++type) {
        // What the one before was told may have ended this one.
        const Watch &watch = m_watches[static_cast<std::size_t>(descriptor)];
        QSocketNotifier *const notifier = watch.notifiers[type];
        if (watch.generation != generation || !notifier ||
            (event.events & (kAsked[type] | kTrouble)) == 0) {
            continue;
        }
        QEvent activation(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &activation);
    }
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = static_cast<std::size_t>(notifier->socket());
    if (descriptor >= m_watches.size()) {
        m_watches.resize(descriptor + 1);
    }
    m_watches[descriptor].notifiers[notifier->type()] = notifier;
    update(static_cast<int>(descriptor));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = static_cast<std::size_t>(notifier->socket());
    if (descriptor >= m_watches.size() ||
        m_watches[descriptor].notifiers[notifier->type()] != notifier) {
        return;
    }
    m_watches[descriptor].notifiers[notifier->type()] = nullptr;
    update(static_cast<int>(descriptor));
}

void EpollDispatcher::update(int descriptor)
{
    Watch &watch = m_watches[static_cast<std::size_t>(descriptor)];
    std::uint32_t asked = 0;
    for (std::size_t type = 0; type < kAsked.size(); ++type) {
        asked |= watch.notifiers[type] ? kAsked[type] : 0;
    }
    if (asked == watch.events) {
        return;
    }
    const std::uint32_t before = std::exchange(watch.events, asked);
    epoll_event event = {};
    event.events = asked;
    if (asked == 0) {
        // One that is closed by now has left epoll by itself.
        (void)::epoll_ctl(m_poll, EPOLL_CTL_DEL, descriptor, &event);
        watch.generation = 0;
        return;
    }
    if (before == 0) {
        watch.generation = ++m_lastGeneration;
    }
    event.data.u64 = keyOf(descriptor, watch.generation);
    if (::epoll_ctl(m_poll, before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) != 0) {
        qCWarning(lcLoop, "cannot watch descriptor %d: %s", descriptor, std::strerror(errno));
    }
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                    QObject *object)
{
    m_timers.add(timerId, std::chrono::milliseconds(interval), timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto left = m_timers.untilDue(timerId);
    return left ? static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(*left).count())
                : -1;
}

void EpollDispatcher::wakeUp()
{
    // This thread looks at what woke it before it waits; others have to ring.
    if (!m_isWoken.exchange(true) && QThread::currentThread() != thread()) {
        (void)::eventfd_write(m_bell, 1);
    }
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    // Also if it is woken already: that may be over before it sees that it is interrupted.
    (void)::eventfd_write(m_bell, 1);
}

} // namespace cowrite::net
