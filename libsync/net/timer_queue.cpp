#include "libsync/net/timer_queue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <vector>

namespace cowrite::net {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using TimePoint = TimerQueue::TimePoint;

/// Qt promises that coarse timers keep to their interval within 5 %, and that shorter ones are
/// precise.
constexpr int kCoarseParts = 20;
constexpr milliseconds kShortestCoarse{20};

TimePoint now()
{
    return std::chrono::steady_clock::now();
}

nanoseconds until(TimePoint due)
{
    return std::max<nanoseconds>(due - now(), nanoseconds::zero());
}

/// `earliest`, or later by what the type allows.
TimePoint dueTime(TimePoint earliest, milliseconds interval, Qt::TimerType type)
{
    nanoseconds grid{1};
    if (type == Qt::VeryCoarseTimer) {
        grid = std::chrono::seconds(1);
    } else if (type == Qt::CoarseTimer && interval >= kShortestCoarse) {
        grid = nanoseconds(interval) / kCoarseParts;
    }
    const nanoseconds time = earliest.time_since_epoch();
    return TimePoint((time + grid - nanoseconds(1)) / grid * grid);
}

} // namespace

void TimerQueue::add(int id, milliseconds interval, Qt::TimerType type, QObject *object)
{
    remove(id);
    const TimePoint due = dueTime(now() + interval, interval, type);
    m_timers.emplace(id, Timer{interval, type, object, due, ++m_lastSerial, false});
    m_waiting.emplace(due, id);
}

bool TimerQueue::remove(int id)
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end()) {
        return false;
    }
    m_waiting.erase({timer->second.due, id});
    m_timers.erase(timer);
    return true;
}

bool TimerQueue::removeAll(const QObject *object)
{
    const auto isHis = [object](const auto &timer) { return timer.second.object == object; };
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object) {
            m_waiting.erase({timer.due, id});
        }
    }
    return std::erase_if(m_timers, isHis) > 0;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::of(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> infos;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object) {
            infos.append({id, static_cast<int>(timer.interval.count()), timer.type});
        }
    }
    return infos;
}

std::optional<nanoseconds> TimerQueue::untilDue(int id) const
{
    const auto timer = m_timers.find(id);
    return timer == m_timers.end() ? std::nullopt : std::optional(until(timer->second.due));
}

std::optional<nanoseconds> TimerQueue::untilNext() const
{
    return m_waiting.empty() ? std::nullopt : std::optional(until(m_waiting.begin()->first));
}

int TimerQueue::activate()
{
    const TimePoint time = now();
    // A timer that one of these starts waits for the next time, even if its interval is zero.
    std::vector<std::pair<int, std::uint64_t>> due;
    for (auto it = m_waiting.begin(); it != m_waiting.end() && it->first <= time; ++it) {
        due.emplace_back(it->second, m_timers.at(it->second).serial);
    }
    int told = 0;
    for (const auto &[id, serial] : due) {
        told += tell(id, serial, time) ? 1 : 0;
    }
    return told;
}

bool TimerQueue::tell(int id, std::uint64_t serial, TimePoint time)
{
    const auto find = [&]() -> Timer * {
        const auto timer = m_timers.find(id);
        return timer != m_timers.end() && timer->second.serial == serial ? &timer->second : nullptr;
    };
    Timer *timer = find();
    // A loop within an earlier one may have told it, or be telling it.
    if (!timer || timer->isBeingTold || timer->due > time) {
        return false;
    }
    m_waiting.erase({timer->due, id});
    const TimePoint next = timer->due + timer->interval;
    timer->due = dueTime(next > time ? next : time + timer->interval, timer->interval, timer->type);
    timer->isBeingTold = true;
    QTimerEvent event(id);
    QCoreApplication::sendEvent(timer->object, &event);
    timer = find();
    if (timer) {
        timer->isBeingTold = false;
        m_waiting.emplace(timer->due, id);
    }
    return true;
}

} // namespace cowrite::net
