#pragma once

#include "libsync/base/signal.h"

#include <cstdint>

namespace cowrite::protocol {

/// Where the edits made on this computer are: typed, saved here, on the server. An edit is one
/// local transaction; edits are numbered from 1 in the order in which they were made, and each
/// figure says that all edits up to this number have got so far. Belongs to a replica and outlives
/// its connections, so that offline edits are counted until the server has them.
class EditLedger {
public:
    /// `waiting` edits of earlier runs are in the local log but not yet on the server.
    explicit EditLedger(std::uint64_t waiting = 0);

    /// A local transaction was committed; returns its number. Call it before the connection's
    /// SyncMachine::localUpdate() for the same transaction.
    std::uint64_t recordEdit();
    /// The local log has committed every edit up to this number.
    void savedUpTo(std::uint64_t edit);

    // The next four are called by the connection's SyncMachine.

    /// Given to the socket.
    void sentUpTo(std::uint64_t edit);
    /// The server has processed them, which is all that a server without acknowledgements can show.
    void receivedUpTo(std::uint64_t edit);
    /// On the server's disk.
    void storedUpTo(std::uint64_t edit);
    /// What was sent but not confirmed may be lost; it is sent again by the next connection.
    void connectionLost();

    [[nodiscard]] std::uint64_t typed() const { return m_typed; }
    [[nodiscard]] std::uint64_t saved() const { return m_saved; }
    [[nodiscard]] std::uint64_t sent() const { return m_sent; }
    [[nodiscard]] std::uint64_t received() const { return m_received; }
    [[nodiscard]] std::uint64_t stored() const { return m_stored; }

    /// Edits that are not in the local log yet.
    [[nodiscard]] std::uint64_t unsaved() const { return m_typed - m_saved; }
    /// Edits that wait for the server: not known to have reached it.
    [[nodiscard]] std::uint64_t waiting() const { return m_typed - m_received; }
    /// Edits of which no server said that they are on its disk; with a server without
    /// acknowledgements it only grows.
    [[nodiscard]] std::uint64_t notStored() const { return m_typed - m_stored; }

    /// A figure changed.
    Signal<> changed;

private:
    std::uint64_t m_typed;
    std::uint64_t m_saved;
    std::uint64_t m_sent = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_stored = 0;
};

} // namespace cowrite::protocol
