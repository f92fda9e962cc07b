#pragma once

#include "tests/load/guest.h"

#include <functional>
#include <memory>
#include <vector>

namespace cowrite::load {

/// Many guests on one thread, and what they wait for.
class Crowd {
public:
    Crowd();
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    /// One more guest, who comes in. Errors of Guest::open().
    Result<Guest *> add(Guest::Options options);
    /// The same guest, once more.
    Result<void> reopen(Guest &guest);
    void leave(Guest &guest);

    [[nodiscard]] const std::vector<std::unique_ptr<Guest>> &guests() const { return m_guests; }
    [[nodiscard]] Deliveries &deliveries() { return m_deliveries; }

    /// Lets everybody read and send until `isOver`, or `deadline`. Says whether it was over.
    /// Errors: Network when the server has sent somebody away.
    Result<bool> runUntil(const std::function<bool()> &isOver, TimePoint deadline);
    /// Errors: Network, also if it takes longer than a minute.
    Result<void> waitUntilAllAreSynced();

private:
    void watchForWriting(Guest &guest);

    int m_poll = -1;
    Deliveries m_deliveries;
    std::vector<std::unique_ptr<Guest>> m_guests;
};

} // namespace cowrite::load
