#pragma once

#include "libsync/session/room/histogram.h"

#include <QByteArray>
#include <QJsonObject>

#include <cstddef>
#include <cstdint>

namespace cowrite::session {

/// What went through the rooms of a server, since it started.
struct Traffic {
    std::uint64_t guests = 0; ///< who came in
    std::uint64_t messagesReceived = 0;
    std::uint64_t bytesReceived = 0;
    std::uint64_t messagesSent = 0;
    std::uint64_t bytesSent = 0;
    /// From a change to its place on the disk.
    Histogram commits;

    Traffic &operator+=(const Traffic &other);
};

/// How a server of rooms is doing.
struct Figures {
    int rooms = 0; ///< in memory
    int guests = 0;
    int eventReaders = 0;
    std::uint64_t bytesWaitingForDisk = 0;
    Traffic traffic;
    /// How late the server's thread came to what it had to do.
    Histogram lag;
};

/// In the text format of Prometheus, version 0.0.4, with what the process takes.
[[nodiscard]] QByteArray toPrometheus(const Figures &figures);
inline constexpr char kPrometheusType[] = "text/plain; version=0.0.4; charset=utf-8";

/// The same for the dashboard, which draws the differences between two of them.
[[nodiscard]] QJsonObject toJson(const Figures &figures);

/// What this process takes; zeros where the system does not tell.
struct ProcessUsage {
    double cpuSeconds = 0;
    std::size_t residentBytes = 0;
};
[[nodiscard]] ProcessUsage processUsage();

} // namespace cowrite::session
