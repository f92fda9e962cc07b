#pragma once

#include <QDateTime>

#include <chrono>

namespace cowrite::session {

/// A time of the log as the window shows it, to the millisecond.
inline QDateTime toDateTime(std::chrono::system_clock::time_point time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

} // namespace cowrite::session
