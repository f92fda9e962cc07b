#pragma once

#include <QAbstractEventDispatcher>
#include <QList>
#include <Qt>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

class QObject;

namespace cowrite::net {

/// The timers of an event loop. Precise ones are due to the nanosecond; coarse ones of 20 ms and
/// more a twentieth of their interval late at most, and never early, so that many become due at
/// once.
class TimerQueue {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object);
    /// False if there is none.
    bool remove(int id);
    /// Those of `object`; false if it has none.
    bool removeAll(const QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;
    /// Until the timer is due, not below zero; nothing if there is none.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> untilDue(int id) const;
    /// The same of the one that is due first.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> untilNext() const;
    /// Tells each that is due now, once. How many there were.
    int activate();

private:
    struct Timer {
        std::chrono::milliseconds interval{};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        TimePoint due;
        std::uint64_t serial = 0; ///< tells it from the next timer of its id
        bool isBeingTold = false;
    };

    /// Tells the timer `id`, if it is the one of this serial and due.
    bool tell(int id, std::uint64_t serial, TimePoint now);

    std::unordered_map<int, Timer> m_timers;
    /// Those that wait. One that is being told does not, so a loop within passes it over.
    std::set<std::pair<TimePoint, int>> m_waiting;
    std::uint64_t m_lastSerial = 0;
};

} // namespace cowrite::net
