#pragma once

#include "libsync/net/timer_queue.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include <sys/epoll.h>

class QSocketNotifier;

namespace cowrite::net {

/// The event loop of a thread with very many sockets. Qt's own asks the kernel about every one of
/// them each time; this one is told by epoll which are ready, so that a silent one costs nothing.
/// Otherwise it does what Qt's does, except that descriptors of plain files are not watched.
class EpollDispatcher final : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    /// For QCoreApplication::setEventDispatcher() or QThread::setEventDispatcher(). Null where the
    /// kernel has no epoll_pwait2 (before 5.11) or forbids it; there Qt's own has to do.
    [[nodiscard]] static std::unique_ptr<EpollDispatcher> create();
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    /// In milliseconds, rounded up; -1 if there is no such timer.
    int remainingTime(int timerId) override;
    /// From any thread, as is interrupt().
    void wakeUp() override;
    void interrupt() override;

private:
    static constexpr int kEventsAtOnce = 256;
    using Events = std::array<epoll_event, kEventsAtOnce>;

    /// What is registered for a descriptor.
    struct Watch {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        std::uint32_t events = 0;                     ///< that epoll has of it; 0: it has none
        std::uint32_t generation = 0; ///< tells a descriptor from the next of its number
    };

    EpollDispatcher(int poll, int bell);

    /// Tells epoll what is registered for `descriptor` now.
    void update(int descriptor);
    /// Waits for what is ready, at most until `timeout`, for ever if that is null. How many of
    /// `events` it filled.
    int wait(Events &events, const timespec *timeout, bool withSockets) const;
    void activate(const epoll_event &event);

    int m_poll;
    /// An eventfd, by which other threads end a wait.
    int m_bell;
    std::atomic<bool> m_isWoken = false;
    std::atomic<bool> m_isInterrupted = false;
    std::vector<Watch> m_watches; ///< by descriptor
    std::uint32_t m_lastGeneration = 0;
    TimerQueue m_timers;
};

} // namespace cowrite::net
