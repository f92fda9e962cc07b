#pragma once

#include "libsync/base/clock.h"
#include "libsync/session/room/histogram.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace cowrite::session {

/// How late the thread it lives on comes to what it has to do.
class LoopLag : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kInterval{500};

    /// `clock` outlives this object.
    explicit LoopLag(const Clock &clock, QObject *parent = nullptr)
        : QObject(parent), m_clock(clock)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_lag.observe(std::max<std::chrono::nanoseconds>(m_clock.steadyNow() - m_due,
                                                             std::chrono::nanoseconds(0)));
            start();
        });
    }

    void start()
    {
        m_due = m_clock.steadyNow() + kInterval;
        m_timer.start(kInterval);
    }
    void stop() { m_timer.stop(); }
    [[nodiscard]] const Histogram &lag() const { return m_lag; }

private:
    const Clock &m_clock;
    QTimer m_timer;
    std::chrono::steady_clock::time_point m_due;
    Histogram m_lag;
};

} // namespace cowrite::session
