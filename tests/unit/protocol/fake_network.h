#pragma once

#include "tests/unit/protocol/machine_peer.h"

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace cowrite::test {

/// A room with a log that commits late, its guests, and connections that are cut at any moment.
/// Nothing waits: a test moves frames, commits and time one by one.
class FakeNetwork {
public:
    FakeNetwork(std::size_t guests, protocol::Acknowledgements acknowledgements);
    ~FakeNetwork();

    /// Guest `guest` inserts a token that nobody has used, or deletes a character.
    void edit(std::size_t guest, Rng &rng);
    void connect(std::size_t guest);
    /// Drops the connection with everything under way.
    void cut(std::size_t guest);
    [[nodiscard]] bool isConnected(std::size_t guest) const;
    /// Delivers the oldest frame under way to the room, or to the guest; false if there is none.
    bool deliverToRoom(std::size_t guest);
    enum class Copies { One, Two };
    bool deliverToGuest(std::size_t guest, Copies copies);
    /// The room's log reaches the disk.
    void commit();
    /// The room is killed: all connections end, and it starts from what was on its disk.
    void crash();
    /// Lets time pass at both ends.
    void advance(std::chrono::milliseconds duration);
    /// Connects everybody and delivers and commits until nothing moves any more.
    void heal();

    /// Empty if all documents are equal in text, state vector and delete set.
    [[nodiscard]] std::string difference();
    /// Tokens of guest `guest` that its ledger calls stored but that the room's disk lacks.
    [[nodiscard]] std::vector<std::string> lost(std::size_t guest);
    [[nodiscard]] const protocol::EditLedger &ledger(std::size_t guest) const;
    /// Who is present for the room.
    [[nodiscard]] std::set<crdt::ClientId> present() const;

private:
    struct Room;
    struct Guest;
    struct Line;

    void pumpRoom();
    void pumpRoom(std::size_t guest);
    void pumpGuest(std::size_t guest);
    void startRoom(const std::vector<Bytes> &log);

    protocol::Acknowledgements m_acknowledgements;
    ManualClock m_clock;
    SeededRng m_rng{1};
    std::unique_ptr<Room> m_room;
    std::vector<std::unique_ptr<Guest>> m_guests;
    std::vector<std::unique_ptr<Line>> m_lines;
};

} // namespace cowrite::test
