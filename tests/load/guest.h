#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "tests/load/dialect.h"
#include "tests/load/web_socket.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace cowrite::load {

using TimePoint = std::chrono::steady_clock::time_point;

/// What all guests of a run have heard of each other.
struct Deliveries {
    bool isCounting = false;
    /// From sending to delivery, in nanoseconds.
    std::vector<std::int64_t> delays;
};

/// Somebody in a room, who has no document: reads along, and writes tokens that carry the time when
/// they were sent. A merged or re-encoded update still holds them as they are.
class Guest {
public:
    struct Options {
        Dialect dialect = Dialect::YWebSocket;
        std::uint16_t port = 0;
        std::string room;
        /// The client id; no two guests of a run share one.
        std::uint32_t client = 0;
        /// What it has already, encoded; an empty document if there is nothing.
        Bytes stateVector{0};
    };

    Guest(Options options, Deliveries &deliveries);

    Result<void> open();
    void close() { m_socket.close(); }

    /// The server's first answer to what the guest has is here.
    [[nodiscard]] bool isSynced() const { return m_isSynced; }
    [[nodiscard]] TimePoint syncedAt() const { return m_syncedAt; }
    [[nodiscard]] std::size_t bytesReceived() const { return m_bytesReceived; }

    /// Tells once more what it has; synced again when that is answered, which is after the server
    /// has taken all that was sent before.
    void ask(ByteView stateVector);
    /// Inserts one more token at the end of its own text.
    void writeToken();
    /// Sends an update as it is.
    void sendUpdate(ByteView update);

    [[nodiscard]] WebSocket &socket() { return m_socket; }
    Result<void> onReadable();

private:
    void onMessage(ByteView message);
    void countTokens(ByteView message);

    Options m_options;
    Deliveries &m_deliveries;
    WebSocket m_socket;
    std::uint64_t m_clock = 0;
    bool m_isSynced = false;
    TimePoint m_syncedAt{};
    std::size_t m_bytesReceived = 0;
};

} // namespace cowrite::load
